import type { Desk } from '../desk.svelte';
import { said, type Values } from '../words';
import { security as english } from '../words/en/security';

export type SecurityKey = keyof typeof english;

/** The words of this page in the language that the desk shows now. */
export const security_words =
  (desk: Desk) =>
  (key: SecurityKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);
