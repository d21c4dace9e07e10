// What Parties owe each other, in Serbian: what the first page needs.
export const claims_first = {
  'nav.claims': 'Потраживања',
  'message-kind.damage-claim': 'Захтев за штету',
  'message-kind.reimbursement-request': 'Захтев за трошкове',
  'message-kind.settlement': 'Реч о потраживању',
  'act.cost-entered': 'Уписан трошак: {amount}',
  'act.claim-drafted': 'Нацрт потраживања {claim}: {amount}',
  'act.claim-proposed': 'Предложено потраживање {claim}',
  'act.claim-dropped': 'Потраживање {claim} није послато',
  'act.damage-claim-sent': 'Послато потраживање {claim}: {amount}',
  'act.damage-claim-received': 'Стигло потраживање {claim}: {amount}',
  'act.reimbursement-request-sent': 'Послато потраживање {claim}: {amount}',
  'act.reimbursement-request-received': 'Стигло потраживање {claim}: {amount}',
  'act.settlement-sent': 'Наша реч о {claim} послата',
  'act.settlement-received': 'Стигла реч о {claim}',
};
