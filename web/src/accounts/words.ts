import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { accounts as english } from '../words/en/accounts';

export type AccountsKey = keyof typeof english;

/** The words of these pages in the language that the desk shows now. */
export const accounts_words =
  (desk: Desk) =>
  (key: AccountsKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);

/** The label of a word that came from the node; one that no catalogue has stays as it is. */
export const accounts_label =
  (desk: Desk) =>
  (group: 'role' | 'compartment' | 'outcome' | 'way', word: string): string => {
    const key = `${group}.${word}`;
    return Object.hasOwn(english, key) ? accounts_words(desk)(key as AccountsKey) : word;
  };
