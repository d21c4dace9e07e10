import { expect, test } from 'vitest';
import { is_message_id, read_route, write_route, type Route } from './route';

test.each<Route>([
  { page: 'inbox' }, { page: 'inbox', number: '2026-0417' }, { page: 'case', number: 'А/12 %?#' }, { page: 'new' },
  { page: 'register' }, { page: 'register', index: 0 }, { page: 'messages' }, { page: 'messages', id: '0190-ab' },
  { page: 'treaty' }, { page: 'treaty', article: 0 }, { page: 'treaty', article: 42 },
  { page: 'treaty', article: 13, provision: 'A13(6)-2' },
])('%j is read as it was written', (route) => expect(read_route(write_route(route))).toEqual(route));

test.each(['', '#', '#/', '#/nowhere', '#/case', '#/case/', '#/case/%'])('%j leads to the inbox', (hash) => {
  expect(read_route(hash)).toEqual({ page: 'inbox' });
});
test('an article that does not exist leads to the treaty', () => {
  for (const hash of ['#/treaty/43', '#/treaty/-1', '#/treaty/x', '#/treaty/']) expect(read_route(hash)).toEqual({ page: 'treaty' });
  expect(read_route('#/treaty/13/')).toEqual({ page: 'treaty', article: 13 });
});
test('an index that is no number leads to the register', () => {
  expect(read_route('#/register/-1')).toEqual({ page: 'register' });
  expect(read_route('#/register/12a')).toEqual({ page: 'register' });
});

test('what was said by word of mouth has no message to show', () => {
  expect(is_message_id('01a20446-becc-7cb3-bcbe-a73b0a0fb20a')).toBe(true);
  expect(is_message_id('oral-request/BG/CALL-1')).toBe(false);
  expect(is_message_id(undefined)).toBe(false);
});
