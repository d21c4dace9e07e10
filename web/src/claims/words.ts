import { money_text } from '../dna/money';
import type { Desk } from '../desk.svelte';
import { locales, said, type Values } from '../words';
import { claims as english } from '../words/en/claims';

export type ClaimsKey = keyof typeof english;

/** The words of what Parties owe each other in the language that the desk shows now. */
export const claims_words =
  (desk: Desk) =>
  (key: ClaimsKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);

export const money = (desk: Desk, amount: number, currency: string): string => money_text(locales[desk.language], amount, currency);
