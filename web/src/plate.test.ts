import { expect, test } from 'vitest';
import { plate_shown } from './plate';

test('a Latin plate is shown in capitals with single spaces', () => {
  expect(plate_shown('  b  123 abc ')).toEqual({ text: 'B 123 ABC', latin: null });
});
test('a Cyrillic plate keeps its letters and shows the Latin ones beside them', () => {
  expect(plate_shown('СА 4821 ХТ')).toEqual({ text: 'СА 4821 ХТ', latin: 'CA 4821 XT' });
});
test('one Cyrillic letter among Latin ones is seen', () => {
  expect(plate_shown('B 123 АBC').latin).toBe('B 123 ABC');
});
test('all twelve letters of Bulgarian plates are read', () => {
  expect(plate_shown('АВЕКМНОРСТУХ').latin).toBe('ABEKMHOPCTYX');
});
test('Serbian letters stay as they are', () => {
  expect(plate_shown('ČA-123-ŠĐ')).toEqual({ text: 'ČA-123-ŠĐ', latin: null });
  expect(plate_shown('')).toEqual({ text: '', latin: null });
});
