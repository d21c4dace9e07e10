// Figures, related cases, contacts, documents, in English: what the first page needs.
export const day_first = {
  'nav.statistics': 'Figures',
  'help.statistics': 'requests and answers in figures',
  'nav.find': 'Look up',
  'palette.find': 'Look up “{text}”',
  'help.find': 'look up a person, a vehicle, a number',
  'error.malformed.sought': 'Type a name with both its parts, a plate, a document, a telephone or a case number.',
  'nav.directory': 'Contacts',
  'help.directory': 'whom to reach in each Party',
  'act.direct-contact-copy-sent': 'Copy of the direct contact for both National Central Units: {authority}',
  'act.direct-contact-copy-received': 'Copy of a direct contact came: {authority}',
  'act.exported': 'Left on paper ({what}, {format}), no. {n}: {reason}',
  'error.malformed.authority': 'The entry names its authority.',
  'error.malformed.telephones': 'Give a telephone or an e-mail address.',
  'error.conflict.contacts': 'Our directory has no entry yet.',
  'error.malformed.alsoMask': 'A name to hide has 2 to 100 signs; 50 names at most.',
  'error.conflict.piece': 'This case has no answer to print.',
};
