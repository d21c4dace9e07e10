import { describe, expect, test } from 'vitest';
import { catalogues as accounts_catalogues } from './accounts/words';
import { catalogues as forms_catalogues } from './forms_words';
import { catalogues as health_catalogues } from './health/words';
import { catalogues as treaty_catalogues } from './treaty/words';
import { catalogues as first_catalogues, label, languages, locales, say, type Message } from './words';

const all = (language: (typeof languages)[number]): Record<string, Message> => ({ ...first_catalogues[language], ...treaty_catalogues[language], ...health_catalogues[language], ...forms_catalogues[language], ...accounts_catalogues[language] });
const catalogues = { en: all('en'), bg: all('bg'), es: all('es') };
const keys = Object.keys(catalogues.en);
const forms = (message: Message | undefined): string[] => (message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message));
const names = (message: Message | undefined): string[] => [...new Set(forms(message).flatMap((it) => it.match(/\{\w+\}/g) ?? []))].sort();

describe.each(languages)('the catalogue %s', (language) => {
  const catalogue = catalogues[language];
  test('has no key twice', () => {
    const parts = [first_catalogues, treaty_catalogues, health_catalogues, forms_catalogues, accounts_catalogues].flatMap((it) => Object.keys(it[language]));
    expect(parts.filter((key, at) => parts.indexOf(key) !== at)).toEqual([]);
  });
  test('has every key and no other', () => expect(Object.keys(catalogue).sort()).toEqual([...keys].sort()));
  test('has no empty text', () => {
    expect(keys.filter((key) => forms(catalogue[key]).some((it) => it.trim() === ''))).toEqual([]);
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

test('Bulgarian and Spanish are not English left over', () => {
  const same_allowed = /^(app\.name|(vehicle|field)\.vin|provision\.none)$/;
  for (const language of ['bg', 'es'] as const) {
    const same = keys.filter((key) => !same_allowed.test(key) && forms(catalogues[language][key]).join() === forms(catalogues.en[key]).join());
    expect(same.filter((key) => forms(catalogues.en[key]).join().length > 5)).toEqual([]);
  }
});
test('Bulgarian words stand in Cyrillic', () => {
  const latin_allowed = /^(app\.name|(vehicle|field)\.vin)$/;
  const latin = keys.filter((key) => !latin_allowed.test(key) && !/[\u0400-\u04ff]/.test(forms(catalogues.bg[key]).join()));
  expect(latin.filter((key) => /[a-z]/i.test(forms(catalogues.bg[key]).join().replace(/\{\w+\}/g, '')))).toEqual([]);
});
test('the count picks the form of the language', () => {
  expect(say('en', 'strip.queued', { count: 1 })).toBe('1 message waiting');
  expect(say('en', 'strip.queued', { count: 2 })).toBe('2 messages waiting');
  expect(say('bg', 'strip.queued', { count: 1 })).toBe('чака 1 съобщение');
  expect(say('bg', 'strip.queued', { count: 2 })).toBe('чакат 2 съобщения');
  expect(say('es', 'strip.queued', { count: 0 })).toBe('0 mensajes en espera');
});
test('numbers are written as the language writes them', () => {
  expect(say('en', 'strip.register', { count: 12345 })).toBe('12,345 entries');
  expect(say('es', 'strip.register', { count: 12345 })).toBe('12.345 asientos');
});
test('a word that no catalogue has stays as it is', () => {
  expect(label('bg', 'fact', 'something-new')).toBe('something-new');
  expect(label('bg', 'fact', 'erase-by')).toBe('ден за унищожаване');
  expect(label('en', 'fact', 'constructor')).toBe('constructor');
});
test('a value that is not given is seen, not swallowed', () => {
  expect(say('en', 'case.title')).toBe('Case {number}');
});
