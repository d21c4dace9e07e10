/** How pressing a clock is. Amber and red are a Party's setting later; these are the first values. */
export type ClockLevel = 'calm' | 'amber' | 'red' | 'over' | 'open';
export type ClockShown = { level: ClockLevel; text: string; minutes: number };

export const red_minutes = 60;
export const amber_minutes = 6 * 60;
/** Announced aloud, once each; a clock that speaks every minute is turned off. */
export const announced_minutes = [15, 5, 0];

const day_minutes = 24 * 60;

/** Time left until an instant, in milliseconds since the epoch. A started minute counts as whole. */
export function clock_down(due: number, now: number): ClockShown {
  const minutes = Math.ceil((due - now) / 60_000);
  if (due <= now) return { level: 'over', text: `\u2212${hours_and_minutes(-minutes)}`, minutes };
  const level = minutes <= red_minutes ? 'red' : minutes <= amber_minutes ? 'amber' : 'calm';
  return { level, text: hours_and_minutes(minutes), minutes };
}

/** "Immediately" has no number: what has gone by is measured and shown. `seconds` once it stopped. */
export function clock_up(started: number, now: number, seconds?: number): ClockShown {
  const elapsed = Math.max(0, seconds ?? (now - started) / 1000);
  const minutes = Math.floor(elapsed / 60);
  const text = elapsed < 60 ? `${elapsed < 10 ? tenths(elapsed) : Math.floor(elapsed)} s` : hours_and_minutes(minutes);
  return { level: 'open', text, minutes };
}

/** The announced threshold that was crossed between two readings, or null. */
export function crossed(before_minutes: number, now_minutes: number): number | null {
  return announced_minutes.find((at) => before_minutes > at && now_minutes <= at) ?? null;
}

function hours_and_minutes(minutes: number): string {
  if (minutes >= 2 * day_minutes) return `${Math.floor(minutes / day_minutes)} d`;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function tenths(seconds: number): string {
  return (Math.floor(seconds * 10) / 10).toFixed(1);
}
