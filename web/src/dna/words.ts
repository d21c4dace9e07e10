import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { dna as english } from '../words/en/dna';

export type DnaKey = keyof typeof english;

/** The words of comparisons in the language that the desk shows now. */
export const dna_words =
  (desk: Desk) =>
  (key: DnaKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
