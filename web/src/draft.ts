import type { RequestDraft } from './api';

export type DraftField = keyof RequestDraft;

/** What is sent: trimmed, and no field that is empty, so that the node sees it as not known. */
export function given(draft: RequestDraft): RequestDraft {
  const entries = Object.entries(draft as Record<string, string | undefined>)
    .map(([name, value]) => [name, (value ?? '').trim()] as const)
    .filter(([, value]) => value !== '');
  return Object.fromEntries(entries) as RequestDraft;
}

/** The civil date `months` after the day that the clocks of a zone show now; the end of a short month. */
export function date_after_months(now: number, zone: string, months: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const last_day = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last_day))).toISOString().slice(0, 10);
}
