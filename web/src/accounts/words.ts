import type { Desk } from '../desk.svelte';
import { said, type Language, type Message, type Values } from '../words';
import { accounts as bg } from '../words/bg/accounts';
import { accounts as en } from '../words/en/accounts';
import { accounts as es } from '../words/es/accounts';

export type AccountsKey = keyof typeof en;
export const catalogues: Record<Language, Record<AccountsKey, Message>> = { en, bg, es };

/** The words of these pages in the language that the desk shows now. */
export const accounts_words =
  (desk: Desk) =>
  (key: AccountsKey, values?: Values): string =>
    said(catalogues[desk.language][key], desk.language, values);

/** The label of a word that came from the node; one that no catalogue has stays as it is. */
export const accounts_label =
  (desk: Desk) =>
  (group: 'role' | 'compartment' | 'outcome' | 'way', word: string): string => {
    const key = `${group}.${word}`;
    return Object.hasOwn(en, key) ? said(catalogues[desk.language][key as AccountsKey], desk.language) : word;
  };
