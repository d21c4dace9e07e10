import { desk as bg_desk } from './words/bg/desk';
import { law as bg_law } from './words/bg/law';
import { accounts_first as bg_accounts } from './words/bg/accounts';
import { desk as en_desk } from './words/en/desk';
import { law as en_law } from './words/en/law';
import { accounts_first as en_accounts } from './words/en/accounts';
import { desk as es_desk } from './words/es/desk';
import { law as es_law } from './words/es/law';
import { accounts_first as es_accounts } from './words/es/accounts';

export type Language = 'en' | 'bg' | 'es';
export const languages: Language[] = ['en', 'bg', 'es'];
/** One form, or one for each plural rule of the language; {name} is filled in, {count} picks the form. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Values = Record<string, string | number>;

const english = { ...en_desk, ...en_law, ...en_accounts };
export type Key = keyof typeof english;
export type Catalogue = Record<Key, Message>;

export const catalogues: Record<Language, Catalogue> = {
  en: english,
  bg: { ...bg_desk, ...bg_law, ...bg_accounts },
  es: { ...es_desk, ...es_law, ...es_accounts },
};
/** For Intl: dates, numbers, names of States. */
export const locales: Record<Language, string> = { en: 'en-GB', bg: 'bg-BG', es: 'es-ES' };
export const own_names: Record<Language, string> = { en: 'English', bg: 'Български', es: 'Español' };

export function say(language: Language, key: Key, values: Values = {}): string {
  return said(catalogues[language][key], language, values);
}

/** A message of any catalogue: a part of the desk that is loaded later brings its own. */
export function said(message: Message, language: Language, values: Values = {}): string {
  if (typeof message === 'string') return filled(message, language, values);
  const rule = new Intl.PluralRules(locales[language]).select(Number(values['count'] ?? 0));
  return filled(message[rule] ?? message.other, language, values);
}

/** A label for a word that came from the node ("kind", "vehicle-owner"); unknown words stay as they are. */
export function label(language: Language, group: string, word: string): string {
  const key = `${group}.${word}`;
  return is_key(key) ? say(language, key) : word;
}

export function is_key(key: string): key is Key {
  return Object.hasOwn(english, key);
}

function filled(text: string, language: Language, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) return `{${name}}`;
    return typeof value === 'number' ? value.toLocaleString(locales[language]) : value;
  });
}
