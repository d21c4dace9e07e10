import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { work as english } from '../words/en/work';

export type WorkKey = keyof typeof english;

/** The words of need to know, second officers and shifts in the language that the desk shows now. */
export const work_words =
  (desk: Desk) =>
  (key: WorkKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
