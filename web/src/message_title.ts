import type { MessageLine } from './api';
import type { Desk } from './desk.svelte';

/** "request no. 17"; a queued message has no number yet. */
export function message_title(desk: Desk, message: MessageLine): string {
  const kind = desk.label('message-kind', message.kind);
  return message.seq === undefined
    ? desk.say('message.title-queued', { kind })
    : desk.say('message.title', { kind, seq: desk.number(message.seq) });
}
