import { expect, test } from 'vitest';
import { clock_down as down, clock_up as up, crossed } from './clock';

const minute = 60_000;
const levels = { amberLeftMinutes: 90, redLeftMinutes: 20, amberGoneMinutes: 5, redGoneMinutes: 10 };
const clock_down = (due: number, now: number) => down(due, now, levels);
const clock_up = (started: number, now: number, seconds?: number) => up(started, now, levels, seconds);
const level = (left_ms: number): string => clock_down(left_ms, 0).level;

test('a clock turns amber and red at the Party\'s minutes, not a millisecond before', () => {
  expect(level(90 * minute + 1)).toBe('calm');
  expect(level(90 * minute)).toBe('amber');
  expect(level(20 * minute + 1)).toBe('amber');
  expect(level(20 * minute)).toBe('red');
  expect(level(1)).toBe('red');
  expect(level(0)).toBe('over');
  expect(level(-1)).toBe('over');
});
test('hours and minutes up to two days, then days, then years', () => {
  expect(clock_down(41 * minute, 0)).toMatchObject({ unit: 'clock', text: '00:41' });
  expect(clock_down((48 * 60 - 1) * minute, 0)).toMatchObject({ unit: 'clock', text: '47:59' });
  expect(clock_down(48 * 60 * minute, 0)).toMatchObject({ unit: 'day', amount: 2 });
  expect(clock_down(729 * 24 * 60 * minute, 0)).toMatchObject({ unit: 'day', amount: 729 });
  expect(clock_down(730 * 24 * 60 * minute, 0)).toMatchObject({ unit: 'year', amount: 2 });
});
test('a started minute still counts as left', () => {
  expect(clock_down(40 * minute + 1, 0)).toMatchObject({ text: '00:41' });
});
test('an overdue clock shows by how much', () => {
  expect(clock_down(-75 * minute, 0)).toMatchObject({ level: 'over', text: '01:15' });
});
test('a clock without a number counts upward, and stands when it has stopped', () => {
  expect(clock_up(0, 1_490)).toMatchObject({ unit: 'second', amount: 1.4 });
  expect(clock_up(0, 10_900)).toMatchObject({ unit: 'second', amount: 10 });
  expect(clock_up(0, 59_999)).toMatchObject({ unit: 'second', amount: 59 });
  expect(clock_up(0, 60_000)).toMatchObject({ unit: 'clock', text: '00:01' });
  expect(clock_up(0, 999_999, 3)).toMatchObject({ unit: 'second', amount: 3 });
  expect(clock_up(1_000, 0)).toMatchObject({ unit: 'second', amount: 0 });
});
test('what must be done immediately turns amber and red by what has gone by, and stays so once done', () => {
  expect(clock_up(0, 5 * minute - 1).level).toBe('calm');
  expect(clock_up(0, 5 * minute).level).toBe('amber');
  expect(clock_up(0, 10 * minute - 1).level).toBe('amber');
  expect(clock_up(0, 10 * minute).level).toBe('red');
  expect(clock_up(0, 99 * minute, 5 * 60).level).toBe('amber');
});
test('only 15, 5 and 0 minutes are announced, each when it is crossed', () => {
  expect(crossed(16, 15)).toBe(15);
  expect(crossed(15, 14)).toBeNull();
  expect(crossed(6, 5)).toBe(5);
  expect(crossed(1, 0)).toBe(0);
  expect(crossed(0, -1)).toBeNull();
  expect(crossed(20, 20)).toBeNull();
});
