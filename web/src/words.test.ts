import { describe, expect, test } from 'vitest';
import { load_first, load_later } from './catalogues';
import { accounts } from './words/en/accounts';
import { claims } from './words/en/claims';
import { day } from './words/en/day';
import { dna } from './words/en/dna';
import { files } from './words/en/files';
import { forms } from './words/en/forms';
import { health } from './words/en/health';
import { rights } from './words/en/rights';
import { run } from './words/en/run';
import { security } from './words/en/security';
import { treaty } from './words/en/treaty';
import { work } from './words/en/work';
import { english, label, language_of, languages, locales, measured, say, type Catalogue, type Language, type Message } from './words';

const first = Object.fromEntries(await Promise.all(languages.map(async (it) => [it, await load_first(it)]))) as Record<Language, Catalogue>;
const later = Object.fromEntries(await Promise.all(languages.map(async (it) => [it, await load_later(it)]))) as Record<Language, Record<string, Message>>;
const whole = (it: Language): [Language, Record<string, Message>] => [it, { ...first[it], ...later[it] }];
const catalogues = Object.fromEntries(languages.map(whole)) as Record<Language, Record<string, Message>>;
const keys = Object.keys(catalogues.en);
const forms_of = (message: Message | undefined): string[] => (message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message));
const names = (message: Message | undefined): string[] => [...new Set(forms_of(message).flatMap((it) => it.match(/\{\w+\}/g) ?? []))].sort();

test('no key stands in two parts', () => {
  const parts = [english, accounts, claims, day, dna, files, forms, health, rights, run, security, treaty, work].flatMap((it) => Object.keys(it));
  expect(parts.filter((key, at) => parts.indexOf(key) !== at)).toEqual([]);
});
describe.each(languages)('the catalogue %s', (language) => {
  const catalogue = catalogues[language];
  test('has every key and no other', () => expect(Object.keys(catalogue).sort()).toEqual([...keys].sort()));
  test('has no empty text', () => {
    expect(keys.filter((key) => forms_of(catalogue[key]).some((it) => it.trim() === ''))).toEqual([]);
  });
  test('fills in the same values as the English one', () => {
    expect(keys.filter((key) => String(names(catalogue[key])) !== String(names(catalogues.en[key])))).toEqual([]);
  });
  test('has a form for every plural rule of whole numbers that its language uses', () => {
    const rules = new Intl.PluralRules(locales[language]);
    const used = new Set(Array.from({ length: 200 }, (_, count) => rules.select(count)));
    const lacking = keys.filter((key) => {
      const message = catalogue[key];
      return typeof message === 'object' && [...used].some((rule) => !(rule in message) && rule !== 'other');
    });
    expect(lacking).toEqual([]);
  });
});

// What is the same word in both languages, by the English one; and no English left over.
const same_allowed = /^(Comity|VIN|Mediu?m|Person|Festival|Period|Periodic|E-mail|Transport|Model|Document|Accident|Municion)$/i;
test.each(languages.filter((it) => it !== 'en'))('%s is not English left over', (language) => {
  const same = keys.filter((key) => forms_of(catalogues[language][key]).join() === forms_of(catalogues.en[key]).join());
  const long = same.filter((key) => forms_of(catalogues.en[key]).join().replace(/\{\w+\}/g, '').trim().length > 5);
  expect(long.filter((key) => !same_allowed.test(forms_of(catalogues.en[key]).join()))).toEqual([]);
});
test.each(['bg', 'sr-Cyrl'] as const)('%s stands in Cyrillic', (language) => {
  const latin_allowed = /^(app\.name|(vehicle|field)\.vin)$/;
  const latin = keys.filter((key) => !latin_allowed.test(key) && !/[\u0400-\u04ff]/.test(forms_of(catalogues[language][key]).join()));
  expect(latin.filter((key) => /[a-z]/i.test(forms_of(catalogues[language][key]).join().replace(/\{\w+\}/g, '')))).toEqual([]);
});
test.each(['en', 'es', 'ro', 'sr-Latn', 'sq'] as const)('%s stands in Latin letters', (language) => {
  expect(keys.filter((key) => /[\u0400-\u04ff]/.test(forms_of(catalogues[language][key]).join()))).toEqual([]);
});
test('Romanian writes ș and ț with a comma', () => {
  expect(keys.filter((key) => /[şţŞŢ]/.test(forms_of(catalogues.ro[key]).join()))).toEqual([]);
});
test('Serbian uses no letter of another Cyrillic alphabet', () => {
  expect(keys.filter((key) => /[йщъыьэюяЙЩЪЫЬЭЮЯ]/.test(forms_of(catalogues['sr-Cyrl'][key]).join()))).toEqual([]);
});
const said = (language: Language, ...rest: [Parameters<typeof say>[2], Parameters<typeof say>[3]?]): string => say(first[language], language, ...rest);
test('the count picks the form of the language', () => {
  expect(said('en', 'strip.queued', { count: 1 })).toBe('1 message waiting');
  expect(said('en', 'strip.queued', { count: 2 })).toBe('2 messages waiting');
  expect(said('bg', 'strip.queued', { count: 1 })).toBe('чака 1 съобщение');
  expect(said('bg', 'strip.queued', { count: 2 })).toBe('чакат 2 съобщения');
  expect(said('es', 'strip.queued', { count: 0 })).toBe('0 mensajes en espera');
  expect(said('sq', 'strip.queued', { count: 1 })).toBe('1 mesazh në pritje');
  expect(said('sq', 'strip.queued', { count: 3 })).toBe('3 mesazhe në pritje');
});
test.each([[0, '0 înregistrări'], [1, '1 înregistrare'], [19, '19 înregistrări'], [20, '20 de înregistrări'], [101, '101 înregistrări']])(
  'Romanian counts %i', (count, text) => expect(said('ro', 'strip.register', { count })).toBe(text),
);
test.each([[1, '1 година', '1 godina'], [2, '2 године', '2 godine'], [5, '5 година', '5 godina'], [11, '11 година', '11 godina'], [21, '21 година', '21 godina'], [22, '22 године', '22 godine']])(
  'Serbian counts %i, in both scripts', (count, cyrillic, latin) => {
    expect(said('sr-Cyrl', 'request.years', { count })).toBe(cyrillic);
    expect(said('sr-Latn', 'request.years', { count })).toBe(latin);
  },
);
test('numbers are written as the language writes them', () => {
  expect(said('en', 'strip.register', { count: 12345 })).toBe('12,345 entries');
  expect(said('es', 'strip.register', { count: 12345 })).toBe('12.345 asientos');
  expect(said('ro', 'strip.register', { count: 12345 })).toBe('12.345 de înregistrări');
  expect(said('sr-Cyrl', 'strip.register', { count: 12345 })).toBe('12.345 записа');
});
test('dates and States stand in the script of the language', () => {
  const day = (language: Language): string => new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(2026, 3, 17));
  expect(day('sr-Latn')).toMatch(/apr|4/);
  expect(day('sr-Cyrl')).not.toMatch(/[a-z]/i);
  const state = (language: Language): string | undefined => new Intl.DisplayNames(locales[language], { type: 'region' }).of('RS');
  expect([state('ro'), state('sr-Latn'), state('sr-Cyrl')]).toEqual(['Serbia', 'Srbija', 'Србија']);
});
test('an amount stands with its unit', () => {
  expect([measured('en', 5, 'minute'), measured('sr-Latn', 5, 'minute'), measured('sq', 5, 'hour')]).toEqual([expect.stringMatching(/^5 min/), expect.stringMatching(/^5 min/), '5 orë']);
});
test('the language of a browser is found with its script', () => {
  expect(['bg-BG', 'en', 'sr', 'sr-RS', 'sr-Latn-RS', 'sr-latn', 'sq-AL', 'ro-MD', 'fr-FR'].map(language_of)).toEqual(
    ['bg', 'en', 'sr-Cyrl', 'sr-Cyrl', 'sr-Latn', 'sr-Latn', 'sq', 'ro', null],
  );
});
test('a word that no catalogue has stays as it is', () => {
  expect(label(first.bg, 'bg', 'fact', 'something-new')).toBe('something-new');
  expect(label(first.bg, 'bg', 'fact', 'erase-by')).toBe('ден за унищожаване');
  expect(label(english, 'en', 'fact', 'constructor')).toBe('constructor');
});
test('a value that is not given is seen, not swallowed', () => {
  expect(said('en', 'case.title')).toBe('Case {number}');
});
