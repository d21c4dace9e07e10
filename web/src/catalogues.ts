// One language at a time: what a desk does not speak is not loaded.
import { by_rows } from './law_columns';
import { serbian_latin } from './serbian';
import type { claims } from './words/en/claims';
import type { day } from './words/en/day';
import type { forms } from './words/en/forms';
import type { health } from './words/en/health';
import type { persons } from './words/en/persons';
import type { rights } from './words/en/rights';
import type { run } from './words/en/run';
import type { security } from './words/en/security';
import type { treaty } from './words/en/treaty';
import type { work } from './words/en/work';
import { english, type Catalogue, type Language, type Message } from './words';

export type LaterKey = keyof typeof claims | keyof typeof day | keyof typeof forms | keyof typeof health | keyof typeof persons | keyof typeof rights | keyof typeof run | keyof typeof security | keyof typeof treaty | keyof typeof work;
export type LaterCatalogue = Record<LaterKey, Message>;

const first_parts = {
  bg: () => import('./words/bg/first'),
  es: () => import('./words/es/first'),
  ro: () => import('./words/ro/first'),
  sr: () => import('./words/sr/first'),
  sq: () => import('./words/sq/first'),
};
const later_parts = {
  en: () => import('./words/en/later'),
  bg: () => import('./words/bg/later'),
  es: () => import('./words/es/later'),
  ro: () => import('./words/ro/later'),
  sr: () => import('./words/sr/later'),
  sq: () => import('./words/sq/later'),
};
// The tables that the node's own program reads too (data/treaty/words); the build turns them by columns.
const laws = {
  bg: () => import('../../data/treaty/words/bg.tsv?raw'),
  es: () => import('../../data/treaty/words/es.tsv?raw'),
  ro: () => import('../../data/treaty/words/ro.tsv?raw'),
  sr: () => import('../../data/treaty/words/sr.tsv?raw'),
  sq: () => import('../../data/treaty/words/sq.tsv?raw'),
};

// Titles of cases and what parameters say, where there is more than the node's English.
const cases = {
  bg: () => import('../../data/treaty/words/cases/bg.tsv?raw'),
  es: () => import('../../data/treaty/words/cases/es.tsv?raw'),
};

/** Serbian is written once, in Cyrillic. */
type Source = keyof typeof later_parts;
const source_of = (language: Language): Source => (language === 'sr-Latn' || language === 'sr-Cyrl' ? 'sr' : language);
const script_of = (language: Language): ((text: string) => string) => (language === 'sr-Latn' ? serbian_latin : (text) => text);

/** What the first page needs. */
export async function load_first(language: Language): Promise<Catalogue> {
  const source = source_of(language);
  if (source === 'en') return english;
  return written((await first_parts[source]()).words, script_of(language));
}
/** What a form, the explorer and the page of health need. */
export async function load_later(language: Language): Promise<LaterCatalogue> {
  return written((await later_parts[source_of(language)]()).words, script_of(language));
}
/** The law, sentence by sentence (law_words.ts); null for English, which is what the node says. */
export async function load_law(language: Language): Promise<string | null> {
  const source = source_of(language);
  return source === 'en' ? null : by_rows((await laws[source]()).default);
}
/** Cases and parameters (wording.ts); null for a language that has no words of them. */
export async function load_cases(language: Language): Promise<string | null> {
  return language === 'bg' || language === 'es' ? by_rows((await cases[language]()).default) : null;
}

function written<K extends string>(catalogue: Record<K, Message>, script: (text: string) => string): Record<K, Message> {
  const form = (it: Message): Message =>
    typeof it === 'string' ? script(it) : (Object.fromEntries(Object.entries(it).map(([rule, text]) => [rule, script(text)])) as Message);
  return Object.fromEntries(Object.entries<Message>(catalogue).map(([key, it]) => [key, form(it)])) as Record<K, Message>;
}
