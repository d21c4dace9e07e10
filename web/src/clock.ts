import type { ClockLevels } from './api';

/** How pressing a clock is; when it turns amber and red is the Party's own setting. */
export type ClockLevel = 'calm' | 'amber' | 'red' | 'over';
/** `amount` in `unit`; whole hours and minutes as one text, so that clocks can be read in a column. */
export type ClockShown = { level: ClockLevel; minutes: number; up: boolean } & Amount;
export type Amount =
  | { unit: 'clock'; text: string }
  | { unit: 'second' | 'day' | 'year'; amount: number };

/** Announced aloud, once each; a clock that speaks every minute is turned off. */
export const announced_minutes = [15, 5, 0];

const day_minutes = 24 * 60;

/** Time left until an instant, in milliseconds since the epoch. A started minute counts as whole. */
export function clock_down(due: number, now: number, levels: ClockLevels): ClockShown {
  const minutes = Math.ceil((due - now) / 60_000);
  if (due <= now) return { level: 'over', minutes, up: false, ...amount_of(-minutes) };
  const level = minutes <= levels.redLeftMinutes ? 'red' : minutes <= levels.amberLeftMinutes ? 'amber' : 'calm';
  return { level, minutes, up: false, ...amount_of(minutes) };
}

/** "Immediately" has no number: what has gone by is measured and shown. `seconds` once it stopped. */
export function clock_up(started: number, now: number, levels: ClockLevels, seconds?: number): ClockShown {
  const elapsed = Math.max(0, seconds ?? (now - started) / 1000);
  const minutes = Math.floor(elapsed / 60);
  const level = minutes >= levels.redGoneMinutes ? 'red' : minutes >= levels.amberGoneMinutes ? 'amber' : 'calm';
  if (elapsed >= 60) return { level, minutes, up: true, ...amount_of(minutes) };
  const amount = elapsed < 10 ? Math.floor(elapsed * 10) / 10 : Math.floor(elapsed);
  return { level, minutes, up: true, unit: 'second', amount };
}

/** The announced threshold that was crossed between two readings, or null. */
export function crossed(before_minutes: number, now_minutes: number): number | null {
  return announced_minutes.find((at) => before_minutes > at && now_minutes <= at) ?? null;
}

function amount_of(minutes: number): Amount {
  const days = Math.floor(minutes / day_minutes);
  if (days >= 2 * 365) return { unit: 'year', amount: Math.floor(days / 365) };
  if (days >= 2) return { unit: 'day', amount: days };
  const two = (value: number): string => String(value).padStart(2, '0');
  return { unit: 'clock', text: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}
