import type { InboxItem, Peer } from './api';

/** As much of its item as tells whether a list shows it as it is now. */
export type CaseMoved = Pick<InboxItem, 'state' | 'dueAt' | 'receivedAt' | 'version'>;

export type LiveEvent =
  | { name: 'inbox' }
  | { name: 'case'; number: string; moved: CaseMoved | null }
  | { name: 'register'; size: number }
  | { name: 'peer'; peer: Peer };

const wait_seconds_first = 1;
const wait_seconds_max = 30;

/** Puts it last; which one was forgotten, where there were more than `most`. */
export function keep_newest<T>(kept: Map<string, T>, number: string, value: T, most: number): string | undefined {
  kept.delete(number);
  kept.set(number, value);
  const oldest = kept.size > most ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  return oldest;
}

/** One event of the stream, or null for one this desk does not know. */
export function read_event(name: string, data: string): LiveEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (name === 'inbox') return { name };
  if (name === 'case' && 'number' in value)
    return { name, number: String(value.number), moved: 'version' in value ? (value as unknown as CaseMoved) : null };
  if (name === 'register' && 'size' in value) return { name, size: Number(value.size) };
  if (name === 'peer' && 'party' in value) return { name, peer: value as Peer };
  return null;
}

/**
 * Follows the node's events until the returned function is called. The browser resumes by itself with
 * Last-Event-ID; where it gives up (an HTTP error), we open anew, waiting twice as long each time.
 */
export function follow(
  url: string,
  on_event: (event: LiveEvent) => void,
  on_live: (live: boolean) => void,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait_seconds = wait_seconds_first;
  const open = (): void => {
    source = new EventSource(url);
    source.onopen = () => {
      wait_seconds = wait_seconds_first;
      on_live(true);
    };
    source.onerror = () => {
      on_live(false);
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait_seconds * 1000);
      wait_seconds = Math.min(wait_seconds * 2, wait_seconds_max);
    };
    for (const name of ['inbox', 'case', 'register', 'peer'])
      source.addEventListener(name, (raw: MessageEvent<string>) => {
        const event = read_event(name, raw.data);
        if (event) on_event(event);
      });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
