import type { Situation, TreatyFact } from '../api';

/** What the clocks of a zone show at an instant: "2026-04-17T12:14", as a form field takes it. */
export function local_of(instant: string, zone: string): string {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).format(new Date(instant));
  return shown.replace(' ', 'T');
}

/** The instant at which the clocks of a zone show so: the first of two, and after a gap where they skip it. */
export function instant_of(local: string, zone: string): string | null {
  const as_utc = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) || Number.isNaN(as_utc)) return null;
  const offset_at = (at: number): number => Date.parse(`${local_of(new Date(at).toISOString(), zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const day_ms = 86_400_000;
  // The offset before any change near by, then the one after it: the earlier reading that fits wins.
  const candidates = [offset_at(as_utc - day_ms), offset_at(as_utc + day_ms)].map((offset) => as_utc - offset);
  const fitting = candidates.filter((at) => local_of(new Date(at).toISOString(), zone) === local.slice(0, 16));
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The next value of a fact as it was typed; undefined for nothing, which is the same as not told. */
export function fact_value(fact: TreatyFact, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  if (fact.type === 'boolean') return text === 'yes';
  if (fact.type === 'integer') return Number(text);
  return fact.type === 'text' ? typed : text;
}

export function with_fact(situation: Situation, name: string, value: unknown): Situation {
  const { [name]: _, ...others } = situation.facts;
  return { ...situation, facts: value === undefined ? others : { ...others, [name]: value } };
}

/** Dates where the slider stands still: those of the law, today, and the one that is shown. Rising. */
export function stops_with(stops: string[], ...others: string[]): string[] {
  return [...new Set([...stops, ...others])].sort();
}
