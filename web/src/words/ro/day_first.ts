// Figures, related cases, contacts, documents, in Romanian: what the first page needs.
export const day_first = {
  'nav.statistics': 'Statistică',
  'help.statistics': 'cererile și răspunsurile în cifre',
  'nav.find': 'Căutare',
  'palette.find': 'Caută „{text}”',
  'help.find': 'caută o persoană, un vehicul, un număr',
  'error.malformed.sought': 'Scrieți un nume cu ambele părți, un număr de înmatriculare, un document, un telefon sau un număr de dosar.',
  'nav.directory': 'Contacte',
  'help.directory': 'pe cine să contactați în fiecare Parte',
  'act.direct-contact-copy-sent': 'Copie a contactului direct pentru ambele Unități Centrale Naționale: {authority}',
  'act.direct-contact-copy-received': 'A sosit copia unui contact direct: {authority}',
  'act.exported': 'A ieșit pe hârtie ({what}, {format}), nr. {n}: {reason}',
  'error.malformed.authority': 'Înregistrarea numește autoritatea.',
  'error.malformed.telephones': 'Indicați un telefon sau o adresă de e-mail.',
  'error.conflict.contacts': 'Lista noastră nu are încă nicio înregistrare.',
  'error.malformed.alsoMask': 'Un nume de ascuns are între 2 și 100 de semne; cel mult 50 de nume.',
  'error.conflict.piece': 'Dosarul nu are un răspuns de tipărit.',
};
