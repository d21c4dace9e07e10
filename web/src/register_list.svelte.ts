import type { Answer, Failure, RegisterEntry, RegisterPage } from './api';

const page_entries = 50;

/** The register from its newest entry down, as far as one has asked. */
export class RegisterList {
  entries = $state.raw<RegisterEntry[]>([]);
  size = $state(0);
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(private readonly read_: (limit: number, before?: number) => Promise<Answer<RegisterPage>>) {}

  get older(): boolean {
    return (this.entries.at(-1)?.index ?? 0) > 0;
  }
  /** Entries never change, so new ones go on top and a gap of more than a page starts afresh. */
  async load_newest(): Promise<void> {
    const answer = await this.read_(page_entries);
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    const { entries, size } = answer.value;
    const lowest = entries.at(-1)?.index ?? 0;
    const known = this.entries.filter((it) => it.index < lowest);
    this.entries = known[0]?.index === lowest - 1 ? [...entries, ...known] : entries;
    this.size = size;
    this.loaded = true;
  }
  async load_older(): Promise<void> {
    const answer = await this.read_(page_entries, this.entries.at(-1)?.index);
    this.failure = answer.ok ? null : answer.failure;
    if (answer.ok) this.entries = [...this.entries, ...answer.value.entries];
  }
}
