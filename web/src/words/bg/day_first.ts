// Figures, related cases, contacts, documents, in Bulgarian: what the first page needs.
export const day_first = {
  'nav.statistics': 'Статистика',
  'help.statistics': 'молбите и отговорите в числа',
  'nav.find': 'Справка',
  'palette.find': 'Справка за „{text}“',
  'help.find': 'справка за лице, кола, номер',
  'error.malformed.sought': 'Напишете име с двете му части, номер на кола, документ, телефон или номер на преписка.',
  'nav.directory': 'Контакти',
  'help.directory': 'с кого да се свържете във всяка страна',
  'act.direct-contact-copy-sent': 'Копие от прекия контакт до двете национални централни звена: {authority}',
  'act.direct-contact-copy-received': 'Дойде копие от пряк контакт: {authority}',
  'act.exported': 'Излезе на хартия ({what}, {format}), № {n}: {reason}',
  'error.malformed.authority': 'Записът посочва органа.',
  'error.malformed.telephones': 'Посочете телефон или електронен адрес.',
  'error.conflict.contacts': 'Нашият указател още няма записи.',
  'error.malformed.alsoMask': 'Скривано име има от 2 до 100 знака; най-много 50 имена.',
  'error.conflict.piece': 'Преписката няма отговор за печат.',
};
