import type { KindForm, RequestDraft, RequestForms } from './api';
import { given_content } from './forms';

export type DraftField = keyof RequestDraft;
/** What the officer states where he writes straight to an authority (Art. 4(4)). */
export const direct_facts = ['direct-expedient', 'border-region', 'threat-immediate', 'usual-channel-too-late'] as const;

/** What is sent: trimmed, and no field that is empty, so that the node sees it as not known. */
export function given(draft: RequestDraft, forms?: RequestForms | null): RequestDraft {
  const { query, facts, files, ...words } = draft;
  const entries: [string, unknown][] = Object.entries(words as Record<string, string | undefined>)
    .map(([name, value]) => [name, (value ?? '').trim()] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, value]);
  const kind = forms?.kinds.find((it) => it.kind === draft.kind);
  if (forms && kind) entries.push(...of_kind(kind, forms, query ?? {}, facts ?? {}, draft.directGround ? direct_facts : []));
  if (files && files.length > 0) entries.push(['files', files]);
  return Object.fromEntries(entries) as RequestDraft;
}

/** Of what was typed for one kind or another, what belongs to this one. */
function of_kind(kind: KindForm, forms: RequestForms, query: Record<string, unknown>, facts: Record<string, unknown>, more: readonly string[]): [string, unknown][] {
  const asked = [...kind.subjects, ...kind.extras];
  const kept = Object.entries(given_content(forms, 'Request', query)).filter(([name]) => asked.includes(name));
  const stated = Object.entries(facts).filter(([name]) => kind.facts.includes(name) || more.includes(name));
  const out: [string, unknown][] = [['query', Object.fromEntries(kept)]];
  if (stated.length > 0) out.push(['facts', Object.fromEntries(stated)]);
  return out;
}

/** The civil date `months` after the day that the clocks of a zone show now; the end of a short month. */
export function date_after_months(now: number, zone: string, months: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const last_day = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last_day))).toISOString().slice(0, 10);
}
