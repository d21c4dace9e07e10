// The law in another language than the node's English. What is stored and replayed stays English; what is
// shown is looked up by provision and part, and only for the very sentence that was translated: where the
// node says another one, it is shown as it is.
import type { Finding } from './api';

export type Row = { english: string; words: string };

/** Names of places that a sentence left open, with what stood there; undefined where this language cannot say it. */
export type Filled = (name: string, text: string) => string | undefined;

export class LawWords {
  private readonly rows_ = new Map<string, Row>();
  private readonly because_: Row[] = [];
  private says_law_ = false;

  /** `tsv` as data/treaty/words has it: id, part, english, words. */
  constructor(tsv: string, script: (text: string) => string = (text) => text) {
    const lines = tsv.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines.slice(1)) {
      const [id = '', part = '', english = '', words = ''] = line.split('\t');
      const row = { english, words: script(words) };
      this.says_law_ ||= part === 'law';
      if (part === 'because') this.because_.push(row);
      else this.rows_.set(`${id} ${part}`, row);
    }
  }

  /** Whether it says more than titles. */
  whole(): boolean {
    return this.says_law_;
  }
  /** What a provision is about; undefined where this language does not say it. */
  title(provision: string): string | undefined {
    return this.rows_.get(`${provision} title`)?.words;
  }
  /** The name of a fact. */
  fact(name: string): string | undefined {
    return this.rows_.get(`${name} fact`)?.words;
  }
  /** A word of a word fact. */
  fact_word(name: string, word: string): string | undefined {
    return this.rows_.get(`${name}.${word} word`)?.words;
  }
  /** `text` as the node says it of a provision's part; undefined where it says something else. */
  sentence(provision: string, part: string, text: string, filled: Filled): string | undefined {
    const row = this.rows_.get(`${provision} ${part}`);
    return row && translated(row, text, filled);
  }
  /** The reason of a finding: its provision's own, or one that a rule gives in its place. */
  reason(finding: Finding, filled: Filled): string | undefined {
    return this.sentence(finding.provision, finding.result, finding.reason, filled) ?? this.of_a_rule(finding.reason, filled);
  }
  /** A reason whose result is not told: as a case expects it. */
  reason_expected(provision: string, text: string, filled: Filled): string | undefined {
    for (const result of ['holds', 'fails', 'not-applicable']) {
      const own = this.sentence(provision, result, text, filled);
      if (own !== undefined) return own;
    }
    return this.of_a_rule(text, filled);
  }
  private of_a_rule(text: string, filled: Filled): string | undefined {
    for (const row of this.because_) {
      const words = translated(row, text, filled);
      if (words !== undefined) return words;
    }
    return undefined;
  }
}

const open_place = /\{([a-z-]+)\}/g;

/** The row's words with what stood in the open places of its English; undefined if `text` is another sentence. */
export function translated(row: Row, text: string, filled: Filled): string | undefined {
  const places = [...row.english.matchAll(open_place)].map((found) => found[1] ?? '');
  if (places.length === 0) return row.english === text ? row.words : undefined;
  const found = sentence_with(row.english).exec(text);
  if (!found) return undefined;
  let whole = true;
  const words = row.words.replace(open_place, (_, name: string) => {
    const said = filled(name, found[places.indexOf(name) + 1] ?? '');
    whole &&= said !== undefined;
    return said ?? '';
  });
  if (!whole) return undefined;
  return row.english.startsWith('{') || row.words.startsWith('{') ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

function sentence_with(english: string): RegExp {
  const parts = english.split(/\{[a-z-]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const places = [...english.matchAll(open_place)].map((found) => what_fits(found[1] ?? ''));
  return new RegExp(`^${parts.map((part, i) => part + (places[i] ?? '')).join('')}$`);
}
function what_fits(name: string): string {
  if (name === 'missing') return '(.*)';
  if (name === 'articles') return '([\\d, ]+)';
  if (name.endsWith('-id')) return '([^ ;:]+)';
  if (name.endsWith('-since')) return '((?: since \\d{4}-\\d\\d-\\d\\d)?)';
  if (name.endsWith('-day')) return '(\\d{4}-\\d\\d-\\d\\d|not known)';
  // Where nobody acts, the explorer is told the Parties by what they do.
  if (name.endsWith('-date')) return '(\\d{4}-\\d\\d-\\d\\d|the date there)';
  return '([A-Z]{2}|[Tt]he (?:requesting|requested|sending|receiving) Party)';
}
