import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { health as english } from '../words/en/health';

export type HealthKey = keyof typeof english;

/** The words of this page in the language that the desk shows now. */
export const health_words =
  (desk: Desk) =>
  (key: HealthKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
