import { expect, test } from 'vitest';
import { corrected, members_of, path_words } from './members';

test('every single value has its path', () => {
  expect(members_of({ result: 'hit', vehicles: [{ colour: 'blue', stolen: false, owner: { familyName: 'TEST' } }] })).toEqual([
    { path: 'result', value: 'hit' },
    { path: 'vehicles[0].colour', value: 'blue' },
    { path: 'vehicles[0].stolen', value: 'false' },
    { path: 'vehicles[0].owner.familyName', value: 'TEST' },
  ]);
});
test('decisions are the node’s own and nothing is made of nothing', () => {
  expect(members_of({ decision: { verdict: 'x' }, requestDecision: {}, text: null })).toEqual([]);
  expect(members_of('TEST')).toEqual([]);
});
test('a file is named alone, anything else with what is right', () => {
  const members = members_of({ text: 'TEST', attachments: [{ part: 1, name: 'a.jpg', mediaType: 'image/jpeg' }] });
  expect(members).toEqual([{ path: 'text', value: 'TEST' }, { path: 'attachments[0]', value: 'a.jpg', file: true }]);
  expect(corrected(members, 'attachments[0]', '')).toEqual({ path: 'attachments[0]' });
  expect(corrected(members, 'text', 'right')).toEqual({ path: 'text', correctValue: 'right' });
});
test('a path is read in words, a list from one', () => {
  const words: Record<string, string> = { vehicles: 'Vehicles', owner: 'Owner', familyName: 'Family name' };
  const desk = { member: (_: string, name: string) => words[name] ?? name, say: () => 'Destroy by' };
  expect(path_words(desk, 'vehicles[1].owner.familyName')).toBe('Vehicles 2 · Owner · Family name');
  expect(path_words(desk, 'eraseBy')).toBe('Destroy by');
});
