// Figures, related cases, contacts, documents, in Albanian: what the first page needs.
export const day_first = {
  'nav.statistics': 'Statistika',
  'help.statistics': 'kërkesat dhe përgjigjet në shifra',
  'nav.find': 'Kërko',
  'palette.find': 'Kërko “{text}”',
  'help.find': 'kërko një person, mjet, numër',
  'error.malformed.sought': 'Shkruani emrin me të dy pjesët, një targë, një dokument, një telefon ose numrin e çështjes.',
  'nav.directory': 'Kontaktet',
  'help.directory': 'kë të kontaktoni në çdo Palë',
  'act.direct-contact-copy-sent': 'Kopje e kontaktit të drejtpërdrejtë për të dy Njësitë Qendrore Kombëtare: {authority}',
  'act.direct-contact-copy-received': 'Erdhi kopja e një kontakti të drejtpërdrejtë: {authority}',
  'act.exported': 'Doli në letër ({what}, {format}), nr. {n}: {reason}',
  'error.malformed.authority': 'Regjistrimi emërton autoritetin.',
  'error.malformed.telephones': 'Jepni një telefon ose një adresë e-maili.',
  'error.conflict.contacts': 'Lista jonë ende nuk ka regjistrime.',
  'error.malformed.alsoMask': 'Një emër për t\'u fshehur ka 2 deri në 100 shenja; jo më shumë se 50 emra.',
  'error.conflict.piece': 'Çështja nuk ka përgjigje për shtypje.',
};
