import { expect, test } from 'vitest';
import { keep_newest, read_event } from './live';

test('the four events are read', () => {
  expect(read_event('inbox', '{}')).toEqual({ name: 'inbox' });
  expect(read_event('case', '{"number":"2026-0417"}')).toEqual({ name: 'case', number: '2026-0417', moved: null });
  const moved = { number: '2026-0417', state: 'received', receivedAt: '2026-04-17T09:00:00Z', version: '1' };
  expect(read_event('case', JSON.stringify(moved))).toEqual({ name: 'case', number: '2026-0417', moved });
  expect(read_event('register', '{"size":12}')).toEqual({ name: 'register', size: 12 });
  expect(read_event('peer', '{"party":"RO","unit":"","reachable":false,"queued":1}')).toMatchObject({ name: 'peer' });
});
test('what the desk does not know is passed over', () => {
  for (const [name, data] of [['case', '{}'], ['case', '[1'], ['inbox', 'null'], ['new', '{}'], ['peer', '3']] as const)
    expect(read_event(name, data)).toBeNull();
});
test('of cases that moved so many are remembered, and what moved again stays', () => {
  const kept = new Map<string, number>();
  expect(keep_newest(kept, '1', 1, 2)).toBeUndefined();
  expect(keep_newest(kept, '2', 2, 2)).toBeUndefined();
  expect(keep_newest(kept, '1', 3, 2)).toBeUndefined();
  expect(keep_newest(kept, '3', 4, 2)).toBe('2');
  expect([...kept]).toEqual([['1', 3], ['3', 4]]);
});
