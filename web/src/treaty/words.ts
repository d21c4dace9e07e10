import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { treaty as english } from '../words/en/treaty';

export type TreatyKey = keyof typeof english;

export function is_treaty_key(key: string): key is TreatyKey {
  return Object.hasOwn(english, key);
}

/** The explorer's own words, in the language that the desk shows now. */
export type TreatyWords = {
  say: (key: TreatyKey, values?: Values) => string;
  /** A word from the node ("measure", "hot-pursuit"); one that no catalogue has is shown itself. */
  label: (group: string, word: string) => string;
};

export function treaty_words(desk: Desk): TreatyWords {
  const say = (key: TreatyKey, values?: Values): string => said(desk.later(key) ?? english[key], desk.language, values);
  return {
    say,
    label: (group, word) => {
      const key = `${group}.${word}`;
      return is_treaty_key(key) ? say(key) : word;
    },
  };
}
