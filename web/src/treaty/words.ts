import type { Desk } from '../desk.svelte';
import { said, type Language, type Message, type Values } from '../words';
import { treaty as bg } from '../words/bg/treaty';
import { treaty as en } from '../words/en/treaty';
import { treaty as es } from '../words/es/treaty';

export type TreatyKey = keyof typeof en;
export const catalogues: Record<Language, Record<TreatyKey, Message>> = { en, bg, es };

export function is_treaty_key(key: string): key is TreatyKey {
  return Object.hasOwn(en, key);
}

/** The explorer's own words, in the language that the desk shows now. */
export type TreatyWords = {
  say: (key: TreatyKey, values?: Values) => string;
  /** A word from the node ("measure", "hot-pursuit"); one that no catalogue has is shown itself. */
  label: (group: string, word: string) => string;
};

export function treaty_words(desk: Desk): TreatyWords {
  const say = (key: TreatyKey, values?: Values): string => said(catalogues[desk.language][key], desk.language, values);
  return {
    say,
    label: (group, word) => {
      const key = `${group}.${word}`;
      return is_treaty_key(key) ? say(key) : word;
    },
  };
}
