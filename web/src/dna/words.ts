import type { Desk } from '../desk.svelte';
import { said, type Language, type Message, type Values } from '../words';
import { dna as bg } from '../words/bg/dna';
import { dna as en } from '../words/en/dna';
import { dna as es } from '../words/es/dna';

export type DnaKey = keyof typeof en;
export const catalogues: Record<Language, Record<DnaKey, Message>> = { en, bg, es };

/** The words of comparisons in the language that the desk shows now. */
export const dna_words =
  (desk: Desk) =>
  (key: DnaKey, values?: Values): string =>
    said(catalogues[desk.language][key], desk.language, values);
