import { expect, test } from 'vitest';
import { latin_line } from './latin';

test.each([
  ['Железаров', 'BG', 'Zhelezarov'], ['Щилиян Юриев', 'BG', 'Shtiliyan Yuriev'], ['Мария', 'BG', 'Maria'],
  ['Царевец', 'BG', 'Tsarevets'], ['ЦВЕТАНОВ ЖЕЛЮ', 'BG', 'TSVETANOV ZHELYU'], ['Ъгъл', 'BG', 'Agal'],
  ['Ђорђевић', 'RS', 'Djordjevic'], ['Живота', 'RS', 'Zivota'], ['Шумадија Г', 'RS', 'Sumadija G'],
  ['Ѓорѓи Ќосев', 'MK', 'Gjorgji Kjosev'],
  ['Ștefănescu', 'RO', 'Stefanescu'], ['Đorđević', 'RS', 'Djordjevic'],
])('%s of %s is read as %s', (original, state, latin) => expect(latin_line(original, state)).toBe(latin));

test('plain Latin has no second line', () => {
  expect(latin_line('Ionescu TEST 12-A', 'RO')).toBeNull();
  expect(latin_line('', 'BG')).toBeNull();
});
test('figures and marks stay in place', () => {
  expect(latin_line('ж.к. Младост 1, бл. 33', 'BG')).toBe('zh.k. Mladost 1, bl. 33');
});
