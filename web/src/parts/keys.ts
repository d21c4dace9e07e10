/** A key that belongs to what one types into, never to us. */
export function typing(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}

export function plain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** Letters are the same key whatever the keyboard's script: J is where J is printed. */
export function letter(event: KeyboardEvent): string {
  return event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key;
}

/** Which neighbour J, K and the arrows go to; null for any other key. */
export function moved(event: KeyboardEvent, at: number, count: number): number | null {
  if (count === 0 || !plain(event)) return null;
  const pressed = event.key.startsWith('Arrow') ? event.key : letter(event);
  if (pressed === 'j' || pressed === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (pressed === 'k' || pressed === 'ArrowUp') return Math.max(at - 1, 0);
  return null;
}
