import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Finding } from './api';
import { by_columns, by_rows } from './law_columns';
import { LawWords } from './law_words';

const finding = (provision: string, result: Finding['result'], reason: string): Finding =>
  ({ provision, effect: 'requires', result, reason, source: 'Convention', facts: [] }) as unknown as Finding;
const as_it_is = (_: string, text: string): string => text;
const words = new LawWords(
  [
    '# TEST',
    'id\tpart\tenglish\twords',
    '*\tbecause\tNot known: {missing}.\tОще: {missing}.',
    '*\tbecause\t{sender} has no marking.\t{sender} няма гриф.',
    'A1\ttitle\tScope\tОбхват',
    'A1\tlaw\tParties cooperate.\tСтраните си сътрудничат.',
    'A1\tholds\tIt holds.\tВажи.',
    'A2\tholds\t{requested} (on {requested-date}) answers {requesting}.\t{requesting} от {requested}, {requested-date}',
    'A3\tfails\tIn force for {requesting}{requesting-since}.\tВ сила{requesting-since} за {requesting}',
    '',
  ].join('\n'),
);

test('a language that says only titles is known', () => {
  expect(words.whole()).toBe(true);
  expect(new LawWords('id\tpart\tenglish\twords\n*\tbecause\tNo.\tNu.\nA1\ttitle\tScope\tDomeniu\n').whole()).toBe(false);
});
test('a title is found by provision', () => {
  expect(words.title('A1')).toBe('Обхват');
  expect(words.title('A2')).toBeUndefined();
});
test('a reason is found by provision and result', () => {
  expect(words.reason(finding('A1', 'holds', 'It holds.'), as_it_is)).toBe('Важи.');
});
test('another sentence of the node is not translated', () => {
  expect(words.reason(finding('A1', 'holds', 'It holds now.'), as_it_is)).toBeUndefined();
  expect(words.reason(finding('A1', 'fails', 'It holds.'), as_it_is)).toBeUndefined();
});
test('Parties and dates go to the places where the other language has them', () => {
  const reason = 'RS (on 2026-04-17) answers BG.';
  expect(words.reason(finding('A2', 'holds', reason), as_it_is)).toBe('BG от RS, 2026-04-17');
  expect(words.reason(finding('A2', 'holds', reason), (name, text) => `<${name}=${text}>`)).toBe(
    '<requesting=BG> от <requested=RS>, <requested-date=2026-04-17>',
  );
});
test('where nobody acts, the Parties stand by what they do', () => {
  const roles = (_: string, text: string): string | undefined => ({ 'the requested Party': 'другата', 'The requesting Party': 'тази' })[text];
  const law = new LawWords('id\tpart\tenglish\twords\nA1\tholds\t{requesting} asks {requested}.\t{requesting} пита {requested}.\n');
  expect(law.sentence('A1', 'holds', 'The requesting Party asks the requested Party.', roles)).toBe('Тази пита другата.');
  expect(law.sentence('A1', 'holds', 'The requesting Party asks the sending Party.', roles)).toBeUndefined();
  expect(law.sentence('A1', 'holds', 'A Party asks the sending Party.', roles)).toBeUndefined();
});
test('a reason that a case expects is found by its provision or among those of rules', () => {
  expect(words.reason_expected('A1', 'It holds.', as_it_is)).toBe('Важи.');
  expect(words.reason_expected('A2', 'It holds.', as_it_is)).toBeUndefined();
  expect(words.reason_expected('A2', 'RO has no marking.', as_it_is)).toBe('RO няма гриф.');
});
test('a day since which something is in force may be absent', () => {
  expect(words.reason(finding('A3', 'fails', 'In force for BG since 2007-10-10.'), as_it_is)).toBe('В сила since 2007-10-10 за BG');
  expect(words.reason(finding('A3', 'fails', 'In force for BG.'), as_it_is)).toBe('В сила за BG');
});
test('what a rule says of its own is found by its sentence', () => {
  expect(words.reason(finding('A1', 'fails', 'RO has no marking.'), as_it_is)).toBe('RO няма гриф.');
  expect(words.reason(finding('A9', 'missing', 'Not known: purpose, kind.'), as_it_is)).toBe('Още: purpose, kind.');
});
test('the tables of the node are read whole', () => {
  for (const language of ['bg', 'es']) {
    const tsv = readFileSync(new URL(`../../data/treaty/words/${language}.tsv`, import.meta.url), 'utf8');
    const read = new LawWords(tsv);
    const rows = tsv.split('\n').filter((line) => /^(A|RES)/.test(line)).map((line) => line.split('\t'));
    expect(rows.length).toBeGreaterThan(1500);
    for (const [id = '', part = '', english = '', said = ''] of rows)
      expect(read.sentence(id, part, filled(english), (name) => `{${name}}`)).toBe(said);
  }
});

test('a table comes out by rows as it went in by columns', () => {
  expect(by_columns('# TEST\na\tb\nc\td\n')).toBe('a\nc\fb\nd');
  for (const language of ['bg', 'es', 'ro', 'sr', 'sq'] as const) {
    const tsv = readFileSync(new URL(`../../data/treaty/words/${language}.tsv`, import.meta.url), 'utf8');
    const rows = tsv.split('\n').filter((line) => line !== '' && !line.startsWith('#')).join('\n');
    expect(by_rows(by_columns(tsv))).toBe(rows);
  }
});
test('a fact and its words are found by their names', () => {
  const facts = new LawWords('id\tpart\tenglish\twords\nroute\tfact\troute\tпът\nroute.direct\tword\tdirect\tпряко\n');
  expect(facts.fact('route')).toBe('път');
  expect(facts.fact('direct')).toBeUndefined();
  expect(facts.fact_word('route', 'direct')).toBe('пряко');
  expect(facts.fact_word('route', 'route')).toBeUndefined();
});
test('where a catalogue names a fact or its word too, both say the same', async () => {
  const of = {
    bg: [await import('./words/bg/law'), await import('./words/bg/treaty')],
    es: [await import('./words/es/law'), await import('./words/es/treaty')],
  };
  for (const [language, modules] of Object.entries(of)) {
    const law = new LawWords(readFileSync(new URL(`../../data/treaty/words/${language}.tsv`, import.meta.url), 'utf8'));
    const said = modules.flatMap((module) => Object.values(module).flatMap((words) => Object.entries(words)));
    const both = said.filter(([key]) => /^(fact|word)\./.test(key));
    expect(both.length).toBeGreaterThan(50);
    for (const [key, words] of both) {
      const [group, fact = '', word = ''] = key.split('.');
      expect(group === 'fact' ? law.fact(fact) : law.fact_word(fact, word), `${language} ${key}`).toBe(words);
    }
  }
});

/** An English sentence as the node fills it. */
function filled(english: string): string {
  return english.replace(/\{([a-z-]+)\}/g, (_, name: string) => (name.endsWith('-since') ? ' since 2007-10-10' : name.endsWith('-date') ? '2026-04-17' : 'BG'));
}
