// What Parties owe each other, in English: what the first page needs.
export const claims_first = {
  'nav.claims': 'Claims',
  'message-kind.damage-claim': 'Claim for damage',
  'message-kind.reimbursement-request': 'Claim for costs',
  'message-kind.settlement': 'Word on a claim',
  'act.cost-entered': 'Cost entered: {amount}',
  'act.claim-drafted': 'Claim {claim} drafted: {amount}',
  'act.claim-proposed': 'Claim {claim} proposed',
  'act.claim-dropped': 'Claim {claim} not sent',
  'act.damage-claim-sent': 'Claim {claim} sent: {amount}',
  'act.damage-claim-received': 'Claim {claim} came: {amount}',
  'act.reimbursement-request-sent': 'Claim {claim} sent: {amount}',
  'act.reimbursement-request-received': 'Claim {claim} came: {amount}',
  'act.settlement-sent': 'Our word on claim {claim} sent',
  'act.settlement-received': 'Word on claim {claim} came',
};
