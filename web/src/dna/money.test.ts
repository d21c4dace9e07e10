import { expect, test } from 'vitest';
import { minor_units, money_text } from './money';

test.each([
  ['340', 'EUR', 34000], ['340,5', 'EUR', 34050], ['340.55', 'EUR', 34055], ['1 340', 'RON', 134000], ['340', 'JPY', 340], ['0', 'EUR', 0],
] as const)('%s %s is %i of its smallest unit', (typed, currency, minor) => expect(minor_units(typed, currency)).toBe(minor));
test.each([['', 'EUR'], ['340.555', 'EUR'], ['340.5', 'JPY'], ['-1', 'EUR'], ['12345678901', 'EUR'], ['x', 'EUR']])(
  '"%s" %s is no sum', (typed, currency) => expect(minor_units(typed, currency)).toBeNull(),
);
test('a sum stands as the language writes it', () => {
  expect(money_text('en-GB', 34000, 'EUR')).toBe('€340.00');
  expect(money_text('en-GB', 34000, 'EU')).toBe('340.00 EU');
});
