import type { DnaRun } from '../api';
import type { Desk } from '../desk.svelte';
import { measured, said, type Values } from '../words';
import { run as english } from '../words/en/run';

export type RunKey = keyof typeof english;

/** The words of first connections in the language that the desk shows now. */
export const run_words =
  (desk: Desk) =>
  (key: RunKey, values?: Values): string =>
    said(desk.later(key) ?? english[key], desk.language, values);

/** Of the portions, from 0 to 1. */
export function share_done(run: Pick<DnaRun, 'portions' | 'portionsDone'>): number {
  return run.portions === 0 ? 0 : Math.min(1, run.portionsDone / run.portions);
}

/** A time to wait in the largest unit that says it: 40 s, 12 min, 3 h. */
export function wait_text(desk: Desk, seconds: number): string {
  if (seconds < 90) return measured(desk.language, Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 90 * 60) return measured(desk.language, Math.round(seconds / 60), 'minute');
  return measured(desk.language, Math.round(seconds / 3600), 'hour');
}
