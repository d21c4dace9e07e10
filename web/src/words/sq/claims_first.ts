// What Parties owe each other, in Albanian: what the first page needs.
export const claims_first = {
  'nav.claims': 'Llogaritë',
  'message-kind.damage-claim': 'Kërkesë për dëm',
  'message-kind.reimbursement-request': 'Kërkesë për kosto',
  'message-kind.settlement': 'Fjalë për një kërkesë',
  'act.cost-entered': 'Kosto e shënuar: {amount}',
  'act.claim-drafted': 'Draft i kërkesës {claim}: {amount}',
  'act.claim-proposed': 'Kërkesa {claim} u propozua',
  'act.claim-dropped': 'Kërkesa {claim} nuk u dërgua',
  'act.damage-claim-sent': 'Kërkesa {claim} u dërgua: {amount}',
  'act.damage-claim-received': 'Erdhi kërkesa {claim}: {amount}',
  'act.reimbursement-request-sent': 'Kërkesa {claim} u dërgua: {amount}',
  'act.reimbursement-request-received': 'Erdhi kërkesa {claim}: {amount}',
  'act.settlement-sent': 'Fjala jonë për {claim} u dërgua',
  'act.settlement-received': 'Erdhi fjalë për {claim}',
};
