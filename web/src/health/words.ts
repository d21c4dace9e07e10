import type { Desk } from '../desk.svelte';
import { said, type Language, type Message, type Values } from '../words';
import { health as bg } from '../words/bg/health';
import { health as en } from '../words/en/health';
import { health as es } from '../words/es/health';

export type HealthKey = keyof typeof en;
export const catalogues: Record<Language, Record<HealthKey, Message>> = { en, bg, es };

/** The words of this page in the language that the desk shows now. */
export const health_words =
  (desk: Desk) =>
  (key: HealthKey, values?: Values): string =>
    said(catalogues[desk.language][key], desk.language, values);
