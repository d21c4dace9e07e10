// Titles of cases and what parameters say, in another language (data/treaty/words/cases): found by the very
// English sentence, as treaty::Wording does it. Loaded only where cases or parameters are shown.
import { translated, type Filled, type Row } from './law_words';

export class Wording {
  private readonly rows_ = new Map<string, string>();
  private readonly open_: Row[] = [];

  /** `tsv`: english, words. */
  constructor(tsv: string) {
    const lines = tsv.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines.slice(1)) {
      const [english = '', words = ''] = line.split('\t');
      this.rows_.set(english, words);
      if (english.includes('{')) this.open_.push({ english, words });
    }
  }
  /** A row's own sentence, one whose open places fit, or one with ids in brackets after it, which stay. */
  of(english: string, filled: Filled): string | undefined {
    const own = this.whole(english, filled);
    if (own !== undefined) return own;
    const ids = english.endsWith(')') ? english.lastIndexOf(' (') : -1;
    const words = ids < 0 ? undefined : this.whole(english.slice(0, ids), filled);
    return words === undefined ? undefined : words + english.slice(ids);
  }
  private whole(english: string, filled: Filled): string | undefined {
    const own = this.rows_.get(english);
    if (own !== undefined) return own;
    for (const row of this.open_) {
      const words = translated(row, english, (name, text) => this.rows_.get(text) ?? filled(name, text));
      if (words !== undefined) return words;
    }
    return undefined;
  }
}
