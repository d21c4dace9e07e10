import type { Language } from './words';

const bulgarian_letters: Record<string, string> = {
  a: 'а', b: 'б', c: 'в', d: 'г', e: 'д', f: 'е', g: 'ж', h: 'з', i: 'и', j: 'й', k: 'к', l: 'л', m: 'м',
};

/** "A4(5)(a)-1" as a jurist of that language cites it; what is no article comes back as it is. */
export function article_shown(provision: string, language: Language): string {
  const match = /^A(\d+)(?:\.(\d+))?((?:\([0-9a-z]+\))*)(?:-.+)?$/.exec(provision);
  if (!match?.[1]) return provision;
  const parts = [...(match[3] ?? '').matchAll(/\(([0-9a-z]+)\)/g)].map((part) => part[1] ?? '');
  if (match[2]) parts.unshift(match[2]);
  if (language === 'bg') return [`чл. ${match[1]}`, ...parts.map(bulgarian_part)].join(', ');
  if (language === 'es') return `art. ${match[1]}${parts.map(spanish_part).join('')}`;
  return `Art. ${match[1]}${parts.map((part) => `(${part})`).join('')}`;
}

/** The article that a provision belongs to; null for what is no provision's id. As the node has it. */
export function article_number(provision: string): number | null {
  if (provision.startsWith('RES-')) return 41;
  if (provision === 'ANX-0') return 37;
  if (provision.startsWith('PRE-')) return 0;
  const number = /^(?:A|ANX-)(\d+)/.exec(provision)?.[1];
  return number !== undefined && Number(number) <= 42 ? Number(number) : null;
}

function bulgarian_part(part: string): string {
  return /^\d/.test(part) ? `ал. ${part}` : `б. „${bulgarian_letters[part] ?? part}“`;
}

function spanish_part(part: string): string {
  return /^\d/.test(part) ? `.${part}` : ` ${part})`;
}
