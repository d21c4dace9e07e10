// What Parties owe each other, in Romanian: what the first page needs.
export const claims_first = {
  'nav.claims': 'Creanțe',
  'message-kind.damage-claim': 'Cerere de despăgubire',
  'message-kind.reimbursement-request': 'Cerere de rambursare',
  'message-kind.settlement': 'Despre o creanță',
  'act.cost-entered': 'Cheltuială înscrisă: {amount}',
  'act.claim-drafted': 'Ciorna creanței {claim}: {amount}',
  'act.claim-proposed': 'Creanța {claim} propusă',
  'act.claim-dropped': 'Creanța {claim} netrimisă',
  'act.damage-claim-sent': 'Creanța {claim} trimisă: {amount}',
  'act.damage-claim-received': 'A venit creanța {claim}: {amount}',
  'act.reimbursement-request-sent': 'Creanța {claim} trimisă: {amount}',
  'act.reimbursement-request-received': 'A venit creanța {claim}: {amount}',
  'act.settlement-sent': 'Cuvântul nostru despre {claim}, trimis',
  'act.settlement-received': 'A venit răspuns despre {claim}',
};
