import { describe, expect, test } from 'vitest';
import type { Situation, TreatyFact } from '../api';
import { fact_value, instant_of, local_of, stops_with, with_fact } from './situation';

describe('the clocks of a zone', () => {
  test.each([
    ['2026-04-17T12:14', 'Europe/Sofia', '2026-04-17T09:14:00Z'],
    ['2026-01-17T12:14', 'Europe/Sofia', '2026-01-17T10:14:00Z'],
    ['2026-04-17T11:14', 'Europe/Vienna', '2026-04-17T09:14:00Z'],
  ])('%s in %s is %s, both ways', (local, zone, instant) => {
    expect(instant_of(local, zone)).toBe(instant);
    expect(local_of(instant, zone)).toBe(local);
  });
  test('of an hour that comes twice the first is meant', () => {
    expect(instant_of('2026-10-25T03:30', 'Europe/Sofia')).toBe('2026-10-25T00:30:00Z');
  });
  test('an hour that is skipped lies after the gap', () => {
    expect(instant_of('2026-03-29T03:30', 'Europe/Sofia')).toBe('2026-03-29T01:30:00Z');
  });
  test('what is no time is none', () => {
    expect(instant_of('', 'Europe/Sofia')).toBeNull();
    expect(instant_of('2026-13-01T00:00', 'Europe/Sofia')).toBeNull();
  });
});

test('a fact is told in its own type, and an empty one not at all', () => {
  const fact = (type: TreatyFact['type']): TreatyFact => ({ name: 'x', type, meaning: '', namesAuthority: false });
  expect(fact_value(fact('boolean'), 'yes')).toBe(true);
  expect(fact_value(fact('boolean'), 'no')).toBe(false);
  expect(fact_value(fact('boolean'), '')).toBeUndefined();
  expect(fact_value(fact('integer'), '3')).toBe(3);
  expect(fact_value(fact('text'), 'a b ')).toBe('a b ');
  expect(fact_value(fact('text'), '  ')).toBeUndefined();
});

test('telling a fact leaves the others, and forgetting it takes it away', () => {
  const situation: Situation = { measure: 'refusal', requesting: 'BG', requested: 'RO', at: '', facts: { a: 1 } };
  expect(with_fact(situation, 'b', false).facts).toEqual({ a: 1, b: false });
  expect(with_fact(situation, 'a', undefined).facts).toEqual({});
});

test('the slider stops where the law changes, today, and where it stands', () => {
  expect(stops_with(['2010-01-01', '2012-01-01'], '2011-05-05', '2012-01-01')).toEqual(['2010-01-01', '2011-05-05', '2012-01-01']);
});
