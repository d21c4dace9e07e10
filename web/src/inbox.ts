import type { InboxItem } from './api';
import type { CaseMoved } from './live';

/** States in which a clock runs or somebody has to act; the node lists them first. */
const open_states: ReadonlySet<string> = new Set(['waiting', 'received', 'partly-answered', 'conditions', 'clarification', 'proposed']);

/** Below zero: the first one stands above the other. The node's own order: open ones by time left, then the newest. */
function compared(one: CaseMoved, other: CaseMoved): number {
  const open = open_states.has(one.state);
  if (open !== open_states.has(other.state)) return open ? -1 : 1;
  const due = open ? (one.dueAt ?? '').localeCompare(other.dueAt ?? '') : 0;
  return due || other.receivedAt.localeCompare(one.receivedAt);
}

/** Whether a list of at most so many shows a case that moved otherwise than it is, or lacks it. */
export function outdated(items: readonly InboxItem[], number: string, moved: CaseMoved | null, most: number): boolean {
  const shown = items.find((it) => it.caseNumber === number);
  if (shown || !moved) return shown?.version !== moved?.version;
  const last = items.at(-1);
  return items.length < most || !last || compared(moved, last) < 0;
}

/** The list with one case as it is now; gone where it is null. */
export function merged(items: readonly InboxItem[], number: string, now: InboxItem | null, most: number): InboxItem[] {
  const others = items.filter((it) => it.caseNumber !== number);
  if (!now) return others;
  const found = others.findIndex((it) => compared(now, it) <= 0);
  const at = found < 0 ? others.length : found;
  return [...others.slice(0, at), now, ...others.slice(at)].slice(0, most);
}
