import { accounts_first as en_accounts } from './words/en/accounts';
import { albanian_locale, albanian_unit } from './albanian';
import { claims_first as en_claims } from './words/en/claims_first';
import { day_first as en_day } from './words/en/day_first';
import { desk as en_desk } from './words/en/desk';
import { law as en_law } from './words/en/law';
import { rights_first as en_rights } from './words/en/rights_first';
import { work_first as en_work } from './words/en/work_first';

export const languages = ['en', 'bg', 'es', 'ro', 'sr-Latn', 'sr-Cyrl', 'sq'] as const;
export type Language = (typeof languages)[number];
/** One form, or one for each plural rule of the language; {name} is filled in, {count} picks the form. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Values = Record<string, string | number>;

/** What the first page needs, in the language that is at hand before anything is loaded. */
export const english = { ...en_desk, ...en_law, ...en_accounts, ...en_claims, ...en_day, ...en_rights, ...en_work };
export type Key = keyof typeof english;
export type Catalogue = Record<Key, Message>;

/** For Intl: dates, numbers, names of States. */
export const locales: Record<Language, string> = {
  en: 'en-GB', bg: 'bg-BG', es: 'es-ES', ro: 'ro-RO', 'sr-Latn': 'sr-Latn-RS', 'sr-Cyrl': 'sr-Cyrl-RS', sq: albanian_locale,
};
export const own_names: Record<Language, string> = {
  en: 'English', bg: 'Български', es: 'Español', ro: 'Română', 'sr-Latn': 'Srpski', 'sr-Cyrl': 'Српски', sq: 'Shqip',
};

export function say(catalogue: Catalogue, language: Language, key: Key, values: Values = {}): string {
  return said(catalogue[key], language, values);
}

/** A message of any catalogue: a part of the desk that is loaded later brings its own. */
export function said(message: Message, language: Language, values: Values = {}): string {
  if (typeof message === 'string') return filled(message, language, values);
  const rule = new Intl.PluralRules(locales[language]).select(Number(values['count'] ?? 0));
  return filled(message[rule] ?? message.other, language, values);
}

/** A label for a word that came from the node ("kind", "vehicle-owner"); unknown words stay as they are. */
export function label(catalogue: Catalogue, language: Language, group: string, word: string): string {
  const key = `${group}.${word}`;
  return is_key(key) ? say(catalogue, language, key) : word;
}

export function is_key(key: string): key is Key {
  return Object.hasOwn(english, key);
}

/** "5 min". */
export function measured(language: Language, amount: number, unit: string): string {
  if (language === 'sq') return `${amount.toLocaleString(locales.sq)} ${albanian_unit(unit)}`;
  return new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
}

/** The language of a browser ("bg-BG"), or null where the desk does not speak it. */
export function language_of(tag: string): Language | null {
  const [first, script] = tag.split('-');
  if (first === 'sr') return /^latn$/i.test(script ?? '') ? 'sr-Latn' : 'sr-Cyrl';
  return languages.find((it) => it === first) ?? null;
}

function filled(text: string, language: Language, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) return `{${name}}`;
    return typeof value === 'number' ? value.toLocaleString(locales[language]) : value;
  });
}
