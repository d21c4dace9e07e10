import { describe, expect, test } from 'vitest';
import { draw_family, member_word } from './pedigree';

const family = {
  members: [
    { member: 'fathers-mother' }, { member: 'fathers-father' }, { member: 'mother', profileNumber: 'R-1' },
    { member: 'father', father: 'fathers-father', mother: 'fathers-mother' }, { member: 'other-parent' },
    { member: 'missing', father: 'father', mother: 'mother' }, { member: 'child', father: 'missing', mother: 'other-parent', profileNumber: 'R-2' },
  ],
  missingMember: 'missing',
};

describe('the picture of a family', () => {
  const drawn = draw_family(family);
  const of = (member: string) => drawn.members.find((it) => it.member === member);
  test('has parents above their children and partners beside each other', () => {
    expect(['fathers-mother', 'father', 'mother', 'missing', 'other-parent', 'child'].map((it) => of(it)?.row)).toEqual([0, 1, 1, 2, 2, 3]);
    expect(drawn.rows).toBe(4);
  });
  test('has every member once, none upon another', () => {
    expect(drawn.members).toHaveLength(7);
    expect(new Set(drawn.members.map((it) => `${it.row} ${it.column}`)).size).toBe(7);
  });
  test('shows who is typed and who is missing', () => {
    expect(drawn.members.filter((it) => it.typed).map((it) => it.member)).toEqual(['mother', 'child']);
    expect(drawn.members.filter((it) => it.missing).map((it) => it.member)).toEqual(['missing']);
  });
  test('of one alone has one place', () => expect(draw_family({ members: [{ member: 'missing' }], missingMember: 'missing' })).toMatchObject({ rows: 1, columns: 2 }));
});
test('a member is a word and perhaps a number', () => {
  expect(member_word('full-sibling-2')).toEqual({ word: 'full-sibling', number: '2' });
  expect(member_word('mother')).toEqual({ word: 'mother', number: '' });
});
