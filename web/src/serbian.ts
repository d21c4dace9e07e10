// Serbian Cyrillic letters in Serbian Latin ones, one for one but for љ, њ and џ, which become two.
// This way round has no exceptions: н and ј that stand side by side (инјекција) are still two letters.
const letters: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'đ', е: 'e', ж: 'ž', з: 'z', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm',
  н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'ć', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'č', џ: 'dž', ш: 'š',
};

/** What is no Serbian Cyrillic letter stays: {names}, VIN, a Party's code, Bulgarian ъ. */
export function serbian_latin(text: string): string {
  return text.replace(/[\u0400-\u04ff]+/g, (word) => Array.from(word, (letter, i) => latin_letter(letter, word, i)).join(''));
}

function latin_letter(letter: string, word: string, at: number): string {
  const small = letter.toLowerCase();
  const latin = letters[small];
  if (latin === undefined) return letter;
  if (letter === small) return latin;
  // Љ is Lj where small letters stand around it and LJ among capitals: Љубав, ЉУБАВ, КОЊ.
  const beside = word[at + 1] ?? word[at - 1];
  const capital = beside !== undefined && beside !== beside.toLowerCase();
  return capital ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
}
