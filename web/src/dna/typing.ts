// A profile as a laboratory sheet has it: one locus a line, its name and one or two alleles.
import type { DnaProfile } from '../api';

export type Locus = DnaProfile['loci'][number];
export type Typed = { loci: Locus[]; wrong: { line: number; text: string }[] };

const separators = /[\s,;:/|]+/;

/** Decimal commas stay with their number: "9,3" after a blank is one allele, "15,18" is two. */
function alleles_of(words: string[]): string[] {
  return words.map((it) => it.replace(/^(\d{1,2}),(\d)$/, (all, whole: string, part: string) => (Number(part) < 4 && Number(whole) < 60 ? `${whole}.${part}` : all)));
}

/** `known`: names of loci as the node has them; letter case, blanks and hyphens do not matter. */
export function read_typing(text: string, known: readonly string[]): Typed {
  const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
  const names = new Map(known.map((name) => [folded(name), name]));
  const out: Typed = { loci: [], wrong: [] };
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const found = match_name(line, names, folded);
    const alleles = found ? alleles_of(found.rest.split(/[\s;:/|]+/).filter((it) => it !== '')).flatMap((it) => it.split(',')).filter((it) => it !== '') : [];
    const [allele1, allele2, ...more] = alleles;
    if (!found || allele1 === undefined || more.length > 0 || out.loci.some((it) => it.name === found.name)) out.wrong.push({ line: at + 1, text: line });
    else out.loci.push(allele2 === undefined ? { name: found.name, allele1, allele2: allele1 } : { name: found.name, allele1, allele2 });
  }
  return out;
}

/** The longest name that the line begins with: "Penta D 9 13". */
function match_name(line: string, names: Map<string, string>, folded: (name: string) => string): { name: string; rest: string } | undefined {
  const words = line.split(separators);
  for (const count of [2, 1]) {
    const name = names.get(folded(words.slice(0, count).join(' ')));
    if (!name || words.length < count) continue;
    const last = words[count - 1] ?? '';
    const after = count === 1 ? last.length : line.indexOf(last, (words[0] ?? '').length) + last.length;
    return { name, rest: line.slice(after).replace(/^[\s,;:/|]+/, '') };
  }
  return undefined;
}
