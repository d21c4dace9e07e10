import { expect, test } from 'vitest';
import { serbian_latin } from './serbian';

test('every letter has its Latin one', () => {
  expect(serbian_latin('абвгдђежзијклљмнњопрстћуфхцчџш')).toBe('abvgdđežzijklljmnnjoprstćufhcčdžš');
  expect(serbian_latin('АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ')).toBe('ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ');
});
test('љ, њ and џ become two letters, capital as their word is', () => {
  expect(serbian_latin('Љубав, љубав, ЉУБАВ')).toBe('Ljubav, ljubav, LJUBAV');
  expect(serbian_latin('Његош, ЊЕГОШ, коњ, КОЊ')).toBe('Njegoš, NJEGOŠ, konj, KONJ');
  expect(serbian_latin('Џеп, ЏЕП, наџак')).toBe('Džep, DŽEP, nadžak');
  expect(serbian_latin('Љ')).toBe('Lj');
});
test('н and ј, д and ж that only stand side by side stay two', () => {
  expect(serbian_latin('инјекција, надживети, конјункција')).toBe('injekcija, nadživeti, konjunkcija');
});
test('what is not Serbian Cyrillic stays', () => {
  expect(serbian_latin('VIN {count} BG, чл. 4(5)(a): TEST')).toBe('VIN {count} BG, čl. 4(5)(a): TEST');
  expect(serbian_latin('ъ')).toBe('ъ');
  expect(serbian_latin('')).toBe('');
});
