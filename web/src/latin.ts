// The Latin line of a name in another script: ICAO Doc 9303-3 section 6 (Cyrillic) with its exceptions by
// State; Bulgaria by its own transliteration law of 2009, which its documents follow. The node's Latin
// line goes first where it sends one; this one is for reading aloud and is never searched with.
const common: Record<string, string> = {
  А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ж: 'ZH', З: 'Z', И: 'I', Й: 'I', К: 'K', Л: 'L', М: 'M',
  Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH',
  Щ: 'SHCH', Ъ: 'IE', Ь: '', Ю: 'IU', Я: 'IA', Ј: 'J', Љ: 'LJ', Њ: 'NJ', Ѕ: 'DZ',
  Ѝ: 'I', Ђ: 'D', Ћ: 'C', Џ: 'DZ', Ѓ: 'GJ', Ќ: 'KJ',
};
// Serbian Г stays G: the table's H is contradicted by the documents Serbia issues.
const by_state: Record<string, Record<string, string>> = {
  BG: { Щ: 'SHT', Ъ: 'A', Ь: 'Y', Ю: 'YU', Я: 'YA', Ж: 'ZH', Й: 'Y', Х: 'H' },
  RS: { Ж: 'Z', Х: 'H', Ц: 'C', Ч: 'C', Ш: 'S', Џ: 'DZ', Ђ: 'DJ', Ћ: 'C' },
  MK: { Ж: 'ZH', Х: 'H', Ц: 'C', Џ: 'DJ', Ѓ: 'GJ', Ќ: 'KJ' },
};
// Letters that Unicode does not take apart.
const undivided: Record<string, string> = { Đ: 'DJ', Ł: 'L', ß: 'SS', Ø: 'O', Æ: 'AE' };

/** The Latin line, or null where the text already is plain Latin. `state` is who issued it. */
export function latin_line(text: string, state: string): string | null {
  const table = { ...common, ...undivided, ...by_state[state] };
  const line = text.normalize('NFC').replace(/[\p{L}\p{M}]+/gu, (word) => latin_word(word, table, state));
  const bare = line.normalize('NFD').replace(/\p{M}/gu, '');
  return bare === text ? null : bare;
}

function latin_word(word: string, table: Record<string, string>, state: string): string {
  const capitals = word === word.toLocaleUpperCase('en') && word.length > 1;
  // Bulgarian law: a final -ия is written -ia, Мария as Maria.
  const ending = state === 'BG' && /ия$/i.test(word) ? 'ia' : '';
  const stem = ending ? word.slice(0, -2) : word;
  const latin = Array.from(stem, (letter) => latin_letter(letter, table)).join('') + ending;
  return capitals ? latin.toLocaleUpperCase('en') : latin;
}

function latin_letter(letter: string, table: Record<string, string>): string {
  const upper = letter.toLocaleUpperCase('en');
  const mapped = table[letter] ?? table[upper];
  if (mapped === undefined) return letter;
  return letter === upper ? mapped.charAt(0) + mapped.slice(1).toLowerCase() : mapped.toLowerCase();
}
