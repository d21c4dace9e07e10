import type { Language } from './words';

const bulgarian_letters: Record<string, string> = {
  a: 'а', b: 'б', c: 'в', d: 'г', e: 'д', f: 'е', g: 'ж', h: 'з', i: 'и', j: 'й', k: 'к', l: 'л', m: 'м',
};

const before: Record<Language, string> = {
  en: 'Art.', bg: 'чл.', es: 'art.', ro: 'art.', 'sr-Latn': 'čl.', 'sr-Cyrl': 'чл.', sq: 'neni',
};
const in_brackets = (part: string): string => `(${part})`;
const is_paragraph = (part: string): boolean => /^\d/.test(part);
/** Where a jurist writes more than brackets. */
const part_of: Partial<Record<Language, (part: string) => string>> = {
  bg: (part) => (is_paragraph(part) ? `, ал. ${part}` : `, б. „${bulgarian_letters[part] ?? part}“`),
  es: (part) => (is_paragraph(part) ? `.${part}` : ` ${part})`),
  ro: (part) => (is_paragraph(part) ? ` alin. (${part})` : ` lit. ${part})`),
};

/** "A4(5)(a)-1" as a jurist of that language cites it; what is no article comes back as it is. */
export function article_shown(provision: string, language: Language): string {
  const match = /^A(\d+)(?:\.(\d+))?((?:\([0-9a-z]+\))*)(?:-.+)?$/.exec(provision);
  if (!match?.[1]) return provision;
  const parts = [...(match[3] ?? '').matchAll(/\(([0-9a-z]+)\)/g)].map((part) => part[1] ?? '');
  if (match[2]) parts.unshift(match[2]);
  return `${before[language]} ${match[1]}${parts.map(part_of[language] ?? in_brackets).join('')}`;
}

/** The article that a provision belongs to; null for what is no provision's id. As the node has it. */
export function article_number(provision: string): number | null {
  if (provision.startsWith('RES-')) return 41;
  if (provision === 'ANX-0') return 37;
  if (provision.startsWith('PRE-')) return 0;
  const number = /^(?:A|ANX-)(\d+)/.exec(provision)?.[1];
  return number !== undefined && Number(number) <= 42 ? Number(number) : null;
}
