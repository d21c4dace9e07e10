// What Parties owe each other, in Bulgarian: what the first page needs.
export const claims_first = {
  'nav.claims': 'Вземания',
  'message-kind.damage-claim': 'Искане за вреди',
  'message-kind.reimbursement-request': 'Искане за разходи',
  'message-kind.settlement': 'Дума по вземане',
  'act.cost-entered': 'Въведен разход: {amount}',
  'act.claim-drafted': 'Чернова на вземане {claim}: {amount}',
  'act.claim-proposed': 'Предложено вземане {claim}',
  'act.claim-dropped': 'Вземане {claim} не се изпраща',
  'act.damage-claim-sent': 'Изпратено вземане {claim}: {amount}',
  'act.damage-claim-received': 'Дошло вземане {claim}: {amount}',
  'act.reimbursement-request-sent': 'Изпратено вземане {claim}: {amount}',
  'act.reimbursement-request-received': 'Дошло вземане {claim}: {amount}',
  'act.settlement-sent': 'Нашата дума по {claim} е изпратена',
  'act.settlement-received': 'Дойде дума по {claim}',
};
