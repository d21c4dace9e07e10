// Figures, related cases, contacts, documents, in Spanish: what the first page needs.
export const day_first = {
  'nav.statistics': 'Estadística',
  'help.statistics': 'solicitudes y respuestas en cifras',
  'nav.find': 'Buscar',
  'palette.find': 'Buscar «{text}»',
  'help.find': 'buscar una persona, un vehículo, un número',
  'error.malformed.sought': 'Escriba un nombre con sus dos partes, una matrícula, un documento, un teléfono o un número de caso.',
  'nav.directory': 'Contactos',
  'help.directory': 'a quién llamar en cada Parte',
  'act.direct-contact-copy-sent': 'Copia del contacto directo para ambas Unidades Centrales Nacionales: {authority}',
  'act.direct-contact-copy-received': 'Llegó copia de un contacto directo: {authority}',
  'act.exported': 'Salió en papel ({what}, {format}), n.º {n}: {reason}',
  'error.malformed.authority': 'La entrada nombra su autoridad.',
  'error.malformed.telephones': 'Indique un teléfono o un correo electrónico.',
  'error.conflict.contacts': 'Nuestro directorio aún no tiene entradas.',
  'error.malformed.alsoMask': 'Un nombre que ocultar tiene de 2 a 100 signos; 50 nombres como máximo.',
  'error.conflict.piece': 'Este caso no tiene respuesta que imprimir.',
};
