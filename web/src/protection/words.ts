import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { rights as english } from '../words/en/rights';

export type RightsKey = keyof typeof english;

/** The words of data protection in the language that the desk shows now. */
export const rights_words =
  (desk: Desk) =>
  (key: RightsKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
