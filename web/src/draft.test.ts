import { expect, test } from 'vitest';
import { date_after_months, given } from './draft';

test('an empty or blank field is not given', () => {
  expect(given({ to: 'RO', plate: '  B 123 ABC ', offence: ' ', purpose: '' })).toEqual({ to: 'RO', plate: 'B 123 ABC' });
});
test('a field that was cleared by the form is not given', () => {
  expect(given({ to: undefined } as never)).toEqual({});
});
test('months end at the end of a short month', () => {
  const last_of_august = Date.UTC(2026, 7, 31, 12);
  expect(date_after_months(last_of_august, 'UTC', 6)).toBe('2027-02-28');
  expect(date_after_months(Date.UTC(2024, 1, 29, 12), 'UTC', 36)).toBe('2027-02-28');
  expect(date_after_months(Date.UTC(2026, 10, 22, 12), 'UTC', 12)).toBe('2027-11-22');
});
test('the day is the one of the node, not of Greenwich', () => {
  const late_evening = Date.UTC(2026, 10, 22, 22, 30);
  expect(date_after_months(late_evening, 'Europe/Sofia', 12)).toBe('2027-11-23');
  expect(date_after_months(late_evening, 'UTC', 12)).toBe('2027-11-22');
});
