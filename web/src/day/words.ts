import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { day as english } from '../words/en/day';

export type DayKey = keyof typeof english;

/** The words of figures, related cases, contacts and documents in the language that the desk shows now. */
export const day_words =
  (desk: Desk) =>
  (key: DayKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
