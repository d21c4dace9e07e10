import { expect, test } from 'vitest';
import { article_number, article_shown } from './article';

test.each([
  ['A4(5)(a)-1', 'Art. 4(5)(a)', 'чл. 4, ал. 5, б. „а“', 'art. 4.5 a)'],
  ['A31(4)(d)', 'Art. 31(4)(d)', 'чл. 31, ал. 4, б. „г“', 'art. 31.4 d)'],
  ['A4(5)-open', 'Art. 4(5)', 'чл. 4, ал. 5', 'art. 4.5'],
  ['A3.1(e)', 'Art. 3(1)(e)', 'чл. 3, ал. 1, б. „д“', 'art. 3.1 e)'],
  ['A1', 'Art. 1', 'чл. 1', 'art. 1'],
  ['RES-BG', 'RES-BG', 'RES-BG', 'RES-BG'],
])('%s is cited as a jurist does', (id, en, bg, es) => {
  expect([article_shown(id, 'en'), article_shown(id, 'bg'), article_shown(id, 'es')]).toEqual([en, bg, es]);
});

test.each([
  ['A4(5)(a)-1', 'art. 4 alin. (5) lit. a)', 'čl. 4(5)(a)', 'чл. 4(5)(a)', 'neni 4(5)(a)'],
  ['A1', 'art. 1', 'čl. 1', 'чл. 1', 'neni 1'],
  ['RES-BG', 'RES-BG', 'RES-BG', 'RES-BG', 'RES-BG'],
])('%s is cited in Romanian, Serbian and Albanian', (id, ...shown) => {
  expect((['ro', 'sr-Latn', 'sr-Cyrl', 'sq'] as const).map((it) => article_shown(id, it))).toEqual(shown);
});

test.each([
  ['A31(4)(b)-1', 31], ['A3.1(e)', 3], ['A1', 1], ['RES-HR(2)', 41], ['ANX-0', 37], ['ANX-32-L1', 32], ['PRE-1', 0],
  ['A43', null], ['setting', null], ['', null],
])('%s belongs to article %s', (id, number) => expect(article_number(id)).toBe(number));
