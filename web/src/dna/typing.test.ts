import { describe, expect, test } from 'vitest';
import { read_typing } from './typing';

const known = ['D3S1358', 'VWA', 'TH01', 'Penta D', 'SE33'];
const loci = (text: string): string[] => read_typing(text, known).loci.map((it) => `${it.name} ${it.allele1} ${it.allele2 ?? ''}`);

describe('a sheet of a laboratory', () => {
  test('has a locus a line, however its columns are parted', () => {
    expect(loci('D3S1358 15 18\nvWA\t17,18\nTH01: 6/9.3')).toEqual(['D3S1358 15 18', 'VWA 17 18', 'TH01 6 9.3']);
  });
  test('writes a homozygote once or twice', () => expect(loci('VWA 17\nTH01 6 6')).toEqual(['VWA 17 17', 'TH01 6 6']));
  test('may name a locus in two words', () => expect(loci('Penta D 9 13\npenta-d')).toEqual(['Penta D 9 13']));
  test('may have decimal commas', () => expect(loci('TH01 6 9,3')).toEqual(['TH01 6 9.3']));
  test('keeps wildcards', () => expect(loci('SE33 * 27.2')).toEqual(['SE33 * 27.2']));
  test('names the lines that it cannot read', () => {
    expect(read_typing('D3S1358 15 18\n\nD99 1 2\nVWA\nTH01 6 7 8\nD3S1358 15 18', known).wrong.map((it) => it.line)).toEqual([3, 4, 5, 6]);
  });
});
