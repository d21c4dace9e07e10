import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { by_columns, by_rows } from './law_columns';
import { Wording } from './wording';

const as_it_is = (_: string, text: string): string => text;
const words = new Wording(
  [
    '# TEST',
    'english\twords',
    'by land\tпо суша',
    'Ministry\tМинистерство',
    'not known\tне е известно',
    'deposit {deposit-day}; published {published-day}\tдепозиране {deposit-day}; публикувано {published-day}',
    'agreement {agreement-id}\tспоразумение {agreement-id}',
    'Art. {articles}; notice {received-date}\tчл. {articles}; {received-date}',
    '',
  ].join('\n'),
);

test('a title is found by its very sentence', () => {
  expect(words.of('by land', as_it_is)).toBe('по суша');
  expect(words.of('By land', as_it_is)).toBeUndefined();
  expect(words.of('by land again', as_it_is)).toBeUndefined();
});
test('ids in brackets stay', () => {
  expect(words.of('Ministry (RO-MAI)', as_it_is)).toBe('Министерство (RO-MAI)');
  expect(words.of('Office (RO-MAI)', as_it_is)).toBeUndefined();
});
test('what stands in open places is shown, or said where a row says it', () => {
  const shown = (name: string, text: string): string => `<${name}=${text}>`;
  expect(words.of('deposit 2011-07-11; published not known', shown)).toBe('депозиране <deposit-day=2011-07-11>; публикувано не е известно');
  expect(words.of('deposit soon; published not known', shown)).toBeUndefined();
  expect(words.of('agreement TEST-BG-RO', as_it_is)).toBe('споразумение TEST-BG-RO');
  expect(words.of('agreement of two', as_it_is)).toBeUndefined();
  expect(words.of('Art. 27, 28; notice 2026-06-01', as_it_is)).toBe('чл. 27, 28; 2026-06-01');
});
test('words of lists in the book are those of the desk', async () => {
  const of = {
    bg: [await import('./words/bg/first'), await import('./words/bg/later')],
    es: [await import('./words/es/first'), await import('./words/es/later')],
  };
  for (const [language, modules] of Object.entries(of)) {
    const said = Object.fromEntries(modules.flatMap(({ words }) => Object.entries<unknown>(words)));
    const tsv = readFileSync(new URL(`../../data/treaty/words/book/${language}.tsv`, import.meta.url), 'utf8');
    const rows = tsv.split('\n').map((line) => line.split('\t')).filter(([key = '']) => /^(measure|about|value|verdict|result)\./.test(key));
    expect(rows.length).toBeGreaterThan(100);
    for (const [key = '', words] of rows) expect(said[key], `${language} ${key}`).toBe(words);
    const listed = Object.keys(said).filter((key) => /^(measure|about|value)\./.test(key));
    expect(listed.filter((key) => !rows.some(([of_row]) => of_row === key))).toEqual([]);
  }
});
test('the tables are read whole, and come out by rows as they went in by columns', () => {
  for (const language of ['bg', 'es']) {
    const tsv = readFileSync(new URL(`../../data/treaty/words/cases/${language}.tsv`, import.meta.url), 'utf8');
    const rows = tsv.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
    expect(rows.length).toBeGreaterThan(1200);
    const read = new Wording(by_rows(by_columns(tsv)));
    for (const [english = '', said] of rows.slice(1)) expect(read.of(english, as_it_is)).toBe(said);
  }
});
