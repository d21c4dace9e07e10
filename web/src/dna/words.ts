import type { Desk } from '../desk.svelte';
import { locales, said, type Values } from '../words';
import { dna as english } from '../words/en/dna';

export type DnaKey = keyof typeof english;

/** The words of comparisons in the language that the desk shows now. */
export const dna_words =
  (desk: Desk) =>
  (key: DnaKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);

/** A word of a family's member in the language of the desk; another node's own word stays as it is. */
export function member_label(desk: Desk, word: string): string {
  const key = `dna.member-${word}`;
  return key in english ? dna_words(desk)(key as DnaKey) : word;
}

/** A share as a percentage, never quite 0 or 100. */
export function share_text(desk: Desk, value: number): string {
  const shown = Math.min(0.999, Math.max(0.001, value));
  return shown.toLocaleString(locales[desk.language], { style: 'percent', maximumFractionDigits: 1 });
}

/** "0.013", "12", "2,400". */
export function count_text(desk: Desk, value: number): string {
  const least = 1e-6;
  const shown = Math.max(value, least).toLocaleString(locales[desk.language], { maximumSignificantDigits: 2 });
  return value < least ? `< ${shown}` : shown;
}
