// What Parties owe each other, in Spanish: what the first page needs.
export const claims_first = {
  'nav.claims': 'Cuentas',
  'message-kind.damage-claim': 'Reclamación de daños',
  'message-kind.reimbursement-request': 'Reclamación de gastos',
  'message-kind.settlement': 'Sobre una reclamación',
  'act.cost-entered': 'Gasto anotado: {amount}',
  'act.claim-drafted': 'Borrador de {claim}: {amount}',
  'act.claim-proposed': 'Reclamación {claim} propuesta',
  'act.claim-dropped': 'Reclamación {claim} no enviada',
  'act.damage-claim-sent': 'Reclamación {claim} enviada: {amount}',
  'act.damage-claim-received': 'Llegó la reclamación {claim}: {amount}',
  'act.reimbursement-request-sent': 'Reclamación {claim} enviada: {amount}',
  'act.reimbursement-request-received': 'Llegó la reclamación {claim}: {amount}',
  'act.settlement-sent': 'Nuestra palabra sobre {claim}, enviada',
  'act.settlement-received': 'Llegó respuesta sobre {claim}',
};
