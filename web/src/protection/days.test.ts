import { expect, test } from 'vitest';
import { lines_of, midnight, names_of } from './days';

test('further names stand one a line, family name first', () => {
  expect(names_of('Желязков, Стоян\n\n Zhelyazkov \n, Stoyan')).toEqual([{ family: 'Желязков', given: 'Стоян' }, { family: 'Zhelyazkov' }]);
});
test('documents stand one a line', () => {
  expect(lines_of(' A1 \n\nB2')).toEqual(['A1', 'B2']);
});
test('a day begins at midnight UTC', () => {
  expect(new Date(midnight('2026-05-17')).toISOString()).toBe('2026-05-17T00:00:00.000Z');
});
