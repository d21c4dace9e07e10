import { expect, test } from 'vitest';
import { is_grave, sentence_of, span_of } from './shown';

test('a certificate that ran out is not said to end in days', () => {
  expect(sentence_of({ word: 'certificate-ends', value: 0 }).key).toBe('health.alarm-certificate-ends');
  expect(sentence_of({ word: 'certificate-ends', value: -1 }).key).toBe('health.alarm-certificate-over');
});
test('a clock that is behind differs by as much as one that is ahead', () => {
  expect(sentence_of({ word: 'clock-differs', value: -61 })).toEqual({ key: 'health.alarm-clock-differs', count: 61 });
});
test('two histories are grave, a queue is not', () => {
  expect(is_grave({ word: 'fork' })).toBe(true);
  expect(is_grave({ word: 'register-contradicts' })).toBe(true);
  expect(is_grave({ word: 'queue-long' })).toBe(false);
});
test('a time is told in the unit that a person would use', () => {
  expect(span_of(4_256)).toEqual({ amount: 4.3, unit: 'millisecond' });
  expect(span_of(999_999)).toEqual({ amount: 1000, unit: 'millisecond' });
  expect(span_of(1_000_000)).toEqual({ amount: 1, unit: 'second' });
  expect(span_of(-119_000_000)).toEqual({ amount: 120, unit: 'second' });
  expect(span_of(120_000_000)).toEqual({ amount: 2, unit: 'minute' });
  expect(span_of(7_200_000_000)).toEqual({ amount: 2, unit: 'hour' });
});
