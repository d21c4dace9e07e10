// The letters that Cyrillic and Latin plates share (Vienna Convention on Road Traffic, annex 2).
const look_alikes: Record<string, string> = {
  А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', Ј: 'J', Ѕ: 'S', І: 'I',
};

export type PlateShown = {
  /** As typed, in capitals, single spaces. */
  text: string;
  /** The same plate in Latin letters, where any letter was Cyrillic; the node compares by this. */
  latin: string | null;
};

export function plate_shown(plate: string): PlateShown {
  const text = plate.normalize('NFC').toLocaleUpperCase('en').trim().replace(/\s+/g, ' ');
  const latin = Array.from(text, (letter) => look_alikes[letter] ?? letter).join('');
  return { text, latin: latin === text ? null : latin };
}
