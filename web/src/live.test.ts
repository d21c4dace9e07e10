import { expect, test } from 'vitest';
import { read_event } from './live';

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
