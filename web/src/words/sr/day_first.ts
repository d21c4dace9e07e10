// Figures, related cases, contacts, documents, in Serbian: what the first page needs.
export const day_first = {
  'nav.statistics': 'Статистика',
  'help.statistics': 'захтеви и одговори у бројкама',
  'nav.find': 'Претрага',
  'palette.find': 'Потражи „{text}”',
  'help.find': 'потражи лице, возило, број',
  'error.malformed.sought': 'Упишите име са оба дела, таблицу, исправу, телефон или број предмета.',
  'nav.directory': 'Контакти',
  'help.directory': 'кога звати у свакој страни',
  'act.direct-contact-copy-sent': 'Копија непосредног контакта за обе националне централне јединице: {authority}',
  'act.direct-contact-copy-received': 'Стигла копија непосредног контакта: {authority}',
  'act.exported': 'Изашло на папиру ({what}, {format}), бр. {n}: {reason}',
  'error.malformed.authority': 'Упис именује орган.',
  'error.malformed.telephones': 'Наведите телефон или е-адресу.',
  'error.conflict.contacts': 'Наш именик још нема уписа.',
  'error.malformed.alsoMask': 'Име за скривање има од 2 до 100 знакова; највише 50 имена.',
  'error.conflict.piece': 'Предмет нема одговор за штампу.',
};
