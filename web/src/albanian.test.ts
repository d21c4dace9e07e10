import { expect, test } from 'vitest';
import { albanian_locale, albanian_state, albanian_unit } from './albanian';

test('every Party has its Albanian name', () => {
  for (const code of ['AL', 'AT', 'BA', 'BG', 'HR', 'HU', 'MD', 'ME', 'MK', 'RO', 'RS', 'SI']) expect(albanian_state(code), code).toBeDefined();
  expect(albanian_state('XX')).toBeUndefined();
});
test('every unit of a clock has its Albanian name', () => {
  for (const unit of ['second', 'minute', 'hour', 'day']) expect(albanian_unit(unit)).not.toBe(unit);
});
test('numbers and dates are never American', () => {
  for (const locale of [albanian_locale, 'de-AT']) {
    expect(new Intl.NumberFormat(locale).format(12345)).toMatch(/^12\s345$/);
    expect(new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(2026, 10, 22))).toMatch(/^22/);
  }
});
