import { expect, test } from 'vitest';
import type { InboxItem } from './api';
import { merged, outdated } from './inbox';

const item = (caseNumber: string, state: string, receivedAt: string, dueAt?: string): InboxItem =>
  ({ caseNumber, state, receivedAt, version: state, ...(dueAt ? { dueAt } : {}) }) as InboxItem;
const list = [
  item('C', 'proposed', '2026-04-17T08:00:00Z'),
  item('A', 'received', '2026-04-17T09:00:00Z', '2026-04-17T12:00:00Z'),
  item('B', 'waiting', '2026-04-17T07:00:00Z', '2026-04-17T15:00:00Z'),
  item('D', 'answered', '2026-04-16T07:00:00Z'),
];
const numbers = (items: InboxItem[]): string => items.map((it) => it.caseNumber).join('');

test('a case that moved takes the place that the node would give it', () => {
  expect(numbers(merged(list, 'E', item('E', 'received', '2026-04-17T10:00:00Z', '2026-04-17T13:00:00Z'), 9))).toBe('CAEBD');
  expect(numbers(merged(list, 'E', item('E', 'received', '2026-04-17T10:00:00Z', '2026-04-17T12:00:00Z'), 9))).toBe('CEABD');
  expect(numbers(merged(list, 'E', item('E', 'refused', '2026-04-16T06:00:00Z'), 9))).toBe('CABDE');
  expect(numbers(merged(list, 'E', item('E', 'refused', '2026-04-16T08:00:00Z'), 9))).toBe('CABED');
});

test('it stands once, and goes down when it is answered', () => {
  expect(numbers(merged(list, 'A', item('A', 'answered', '2026-04-17T09:00:00Z'), 9))).toBe('CBAD');
});

test('what is gone leaves the list, and the list grows no longer than it may', () => {
  expect(numbers(merged(list, 'B', null, 9))).toBe('CAD');
  expect(numbers(merged(list, 'X', null, 9))).toBe('CABD');
  expect(numbers(merged(list, 'E', item('E', 'refused', '2026-04-16T08:00:00Z'), 4))).toBe('CABE');
});

test('only what the list shows otherwise, or would show, is asked for', () => {
  const moved = (state: string, receivedAt: string) => item('', state, receivedAt);
  expect(outdated(list, 'A', moved('received', '2026-04-17T09:00:00Z'), 4)).toBe(false);
  expect(outdated(list, 'A', moved('answered', '2026-04-17T09:00:00Z'), 4)).toBe(true);
  expect(outdated(list, 'A', null, 4)).toBe(true);
  expect(outdated(list, 'X', null, 4)).toBe(false);
  expect(outdated(list, 'X', moved('refused', '2026-04-16T06:00:00Z'), 4)).toBe(false);
  expect(outdated(list, 'X', moved('refused', '2026-04-16T06:00:00Z'), 5)).toBe(true);
  expect(outdated(list, 'X', moved('refused', '2026-04-16T08:00:00Z'), 4)).toBe(true);
  expect(outdated(list, 'X', moved('received', '2026-04-01T08:00:00Z'), 4)).toBe(true);
  expect(outdated([], 'X', moved('refused', '2026-04-16T06:00:00Z'), 4)).toBe(true);
});
