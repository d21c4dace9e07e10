// Where the members of a family stand in a picture: parents above their children, the list's order kept.
import type { DnaFamily } from '../api';

export type Placed = { member: string; row: number; column: number; typed: boolean; missing: boolean; father?: string; mother?: string };
export type Drawing = { members: Placed[]; rows: number; columns: number };

/** Columns are halves of a place, so that each row stands in the middle. */
export function draw_family(family: DnaFamily): Drawing {
  const row = new Map(family.members.map((it) => [it.member, 0]));
  const at = (member: string | undefined): number => row.get(member ?? '') ?? 0;
  // Children under their parents; then partners who came in beside each other. As often as there are members, at most.
  for (let round = 0; round < family.members.length; ++round)
    for (const it of family.members) {
      if (it.father === undefined || it.mother === undefined) continue;
      row.set(it.member, Math.max(at(it.member), Math.max(at(it.father), at(it.mother)) + 1));
      for (const parent of [it.father, it.mother]) row.set(parent, Math.max(at(parent), at(it.member) - 1));
    }
  const rows = Math.max(...row.values(), 0) + 1;
  const of_row = Array.from({ length: rows }, (_, it) => family.members.filter((member) => at(member.member) === it));
  const columns = 2 * Math.max(...of_row.map((it) => it.length), 1);
  const members = of_row.flatMap((list, its_row) =>
    list.map((it, place) => ({
      member: it.member,
      row: its_row,
      column: columns / 2 - list.length + 2 * place + 1,
      typed: it.profileNumber !== undefined,
      missing: it.member === family.missingMember,
      ...(it.father === undefined ? {} : { father: it.father }),
      ...(it.mother === undefined ? {} : { mother: it.mother }),
    })),
  );
  return { members, rows, columns };
}

/** "child-2" is a second child. Another node's words stay as they are. */
export function member_word(member: string): { word: string; number: string } {
  const [, word = member, number = ''] = /^(.*?)(?:-(\d+))?$/.exec(member) ?? [];
  return { word, number };
}
