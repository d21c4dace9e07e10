import { expect, test } from 'vitest';
import { share_done } from './run_words';

test('the share of a run is that of its portions, never over the whole', () => {
  expect(share_done({ portions: 4, portionsDone: 0 })).toBe(0);
  expect(share_done({ portions: 4, portionsDone: 1 })).toBe(0.25);
  expect(share_done({ portions: 4, portionsDone: 4 })).toBe(1);
  expect(share_done({ portions: 4, portionsDone: 5 })).toBe(1);
  expect(share_done({ portions: 0, portionsDone: 0 })).toBe(0);
});
