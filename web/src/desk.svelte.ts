import { getContext, setContext } from 'svelte';
import type { Api, Answer, ClockLevels, Codes, Failure, NodeState, RequestDraft, RequestForms, Session, Situation } from './api';
import { article_shown } from './article';
import { follow, type LiveEvent } from './live';
import { Loading } from './loading.svelte';
import { read_route, write_route, type Route } from './route';
import { is_key, label, languages, locales, said, say, type Key, type Language, type Message, type Values } from './words';

export type Theme = 'system' | 'light' | 'dark';
/** What outlives a page: who asks, what changed, how it is shown. One per window, made in main.ts. */
export class Desk {
  /** undefined while it is being found out; null when nobody is signed in. */
  session = $state<Session | null | undefined>(undefined);
  session_ended = $state(false);
  node = $state<NodeState | null>(null);
  readonly codes_loading = new Loading<Codes>();
  readonly forms_loading = new Loading<RequestForms>();
  private form_words_ = $state.raw<Record<Language, Record<string, Message>> | null>(null);
  route = $state<Route>({ page: 'inbox' });
  language = $state<Language>('en');
  theme = $state<Theme>('system');
  single_keys = $state(true);
  now = $state(Date.now());
  /** undefined until the first connection stands or fails. */
  live = $state<boolean | undefined>(undefined);
  /** Each counts up when what it names has changed; a page that reads one loads again. */
  inbox_changes = $state(0);
  register_changes = $state(0);
  reconnections = $state(0);
  case_changes = $state<Record<string, number>>({});
  /** Kept while one looks elsewhere or signs in again; gone with the window. */
  draft = $state<RequestDraft>({});
  situation = $state<Situation | null>(null);
  spoken = $state('');
  overlay = $state<'none' | 'palette' | 'keys' | 'account'>('none');

  /** English titles from the node, by id: for a provision that the catalogue does not name yet. */
  provision_titles = $state.raw<Record<string, string>>({});

  private titles_asked_ = false;
  private draft_owner_ = '';
  private unfollow_: (() => void) | null = null;

  constructor(
    readonly api: Api,
    private readonly storage_: Storage,
    private readonly events_url_: string,
  ) {
    this.language = this.stored('language', languages, browser_language());
    this.theme = this.stored('theme', ['system', 'light', 'dark'], 'system');
    this.single_keys = this.stored('single-keys', ['on', 'off'], 'on') === 'on';
  }

  get codes(): Codes | null {
    return this.codes_loading.value;
  }
  get forms(): RequestForms | null {
    return this.forms_loading.value;
  }
  load_forms = async (): Promise<void> => {
    this.form_words_ ??= (await import('./forms_words')).catalogues;
    await this.forms_loading.load(async () => this.heed(await this.api.list_request_kinds()));
  };
  private form_word(key: string): string | undefined {
    const words = this.form_words_?.[this.language];
    const message = words && Object.hasOwn(words, key) ? words[key] : undefined;
    return message === undefined ? undefined : said(message, this.language);
  }
  /** The label of a member of a struct. */
  member(of: string, name: string): string {
    return this.form_word(`field.${of}.${name}`) ?? this.form_word(`field.${name}`) ?? name;
  }
  /** The label of a word of a list. */
  code(group: string, word: string): string {
    return this.form_word(`code.${group}.${word}`) ?? this.label(group, word);
  }
  /** A fact as a question to the officer. */
  fact_asked(name: string): string {
    const key = `ask.${name}`;
    return is_key(key) ? this.say(key) : this.fact(name);
  }
  fact_word(name: string, word: string): string {
    for (const key of [`fact-word.${name}.${word}`, `ground.${word}`]) if (is_key(key)) return this.say(key);
    return word;
  }
  may = (action: string): boolean => this.session?.actions.includes(action) ?? false;
  /** Where somebody begins who may not read cases. */
  private begin(): void {
    if (this.may('read-cases') || this.route.page !== 'inbox') return;
    this.go(this.may('read-accounts') ? { page: 'accounts' } : this.may('inform-party') ? { page: 'notice' } : { page: 'treaty' });
  }
  load_codes = (): Promise<void> => this.codes_loading.load(async () => this.heed(await this.api.read_codes()));
  say = (key: Key, values?: Values): string => say(this.language, key, values);
  label = (group: string, word: string): string => label(this.language, group, word);
  article = (provision: string): string => article_shown(provision, this.language);

  /** What a provision is about; `own` where it is in the officer's language. */
  title_of(provision: string): { text: string; own: boolean } {
    const key = `provision.${provision}`;
    if (is_key(key)) return { text: this.say(key), own: true };
    return { text: this.provision_titles[provision] ?? '', own: false };
  }
  async load_titles(): Promise<void> {
    if (this.titles_asked_) return;
    this.titles_asked_ = true;
    const answer = this.heed(await this.api.list_provisions());
    if (answer.ok) this.provision_titles = Object.fromEntries(answer.value.provisions.map((it) => [it.id, it.title]));
    else this.titles_asked_ = false;
  }

  /** A fact by its name; the English name is read as words where the catalogue has none. */
  fact = (name: string): string => (is_key(`fact.${name}`) ? this.label('fact', name) : name.replaceAll('-', ' '));
  party(code: string): string {
    return new Intl.DisplayNames(locales[this.language], { type: 'region' }).of(code) ?? code;
  }
  /** "17 Apr 2026" of a date without a zone. */
  date(date: string): string {
    const day = new Date(`${date}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? date : this.format(day, { dateStyle: 'medium', timeZone: 'UTC' });
  }
  /** In the zone of the node, whatever the zone of the browser. */
  day(instant: string): string {
    return this.format(new Date(instant), { dateStyle: 'medium' });
  }
  time(instant: string): string {
    return this.format(new Date(instant), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  }
  moment(instant: string): string {
    return `${this.day(instant)}, ${this.time(instant)}`;
  }
  number(value: number): string {
    return value.toLocaleString(locales[this.language]);
  }

  /** What went wrong, by kind and field, in the officer's language. */
  failure(failure: Failure): string {
    const values = { field: this.field(failure.field), message: failure.message };
    const by_field = `error.${failure.kind}.${failure.field}`;
    if (failure.field && is_key(by_field)) return this.say(by_field, values);
    const by_kind = `error.${failure.kind}`;
    return is_key(by_kind) ? this.say(by_kind, values) : failure.message;
  }
  field(field: string): string {
    const key = `request.${field}`;
    if (is_key(key)) return this.say(key);
    // "query.person.identities[0].kind": the member where it went wrong.
    const last = /([A-Za-z0-9]+)(?:\[\d+\])?$/.exec(field)?.[1] ?? field;
    return this.form_word(`field.${last}`) ?? field;
  }

  /** Reads an answer; a session that has ended brings the sign-in, and nothing typed is lost. */
  heed<T>(answer: Answer<T>): Answer<T> {
    if (!answer.ok && answer.failure.kind === 'not-authentic' && this.session) {
      this.session_ended = true;
      this.session = null;
      this.stop_following();
    }
    return answer;
  }

  async start(): Promise<void> {
    const answer = await this.api.read_session();
    if (answer.ok) await this.enter(answer.value);
    else this.session = null;
  }
  async enter(session: Session): Promise<void> {
    if (this.draft_owner_ !== session.account.name) this.forget_typed();
    this.draft_owner_ = session.account.name;
    if (!this.storage_.getItem('comity.language')) this.language = session.language;
    this.session_ended = false;
    this.session = session;
    if (this.may('follow-events')) this.unfollow_ = follow(this.events_url_, (event) => this.heard(event), (live) => this.connected(live));
    this.begin();
    await Promise.all([this.refresh_node(), this.load_codes(), this.load_forms()]);
  }
  async leave(): Promise<void> {
    this.stop_following();
    await this.api.close_session();
    this.forget_typed();
    this.draft_owner_ = '';
    this.node = null;
    this.overlay = 'none';
    this.session = null;
    this.go({ page: 'inbox' });
  }

  go(route: Route): void {
    location.hash = write_route(route);
  }
  arrived(hash: string): void {
    this.route = read_route(hash);
  }
  /** Said aloud by a screen reader, once. */
  announce(text: string): void {
    this.spoken = text;
  }

  choose_language(language: Language): void {
    this.language = language;
    this.storage_.setItem('comity.language', language);
  }
  choose_theme(theme: Theme): void {
    this.theme = theme;
    this.storage_.setItem('comity.theme', theme);
  }
  choose_single_keys(on: boolean): void {
    this.single_keys = on;
    this.storage_.setItem('comity.single-keys', on ? 'on' : 'off');
  }

  private forget_typed(): void {
    this.draft = {};
    this.situation = null;
  }
  private heard(event: LiveEvent): void {
    if (event.name === 'inbox') {
      this.inbox_changes++;
      this.announce(this.say('live.inbox'));
    } else if (event.name === 'case') {
      this.case_changes[event.number] = (this.case_changes[event.number] ?? 0) + 1;
      this.inbox_changes++;
      this.announce(this.say('live.case', { number: event.number }));
    } else if (event.name === 'register') {
      this.register_changes++;
      if (this.node) this.node.register.size = event.size;
    } else if (this.node) {
      const others = this.node.peers.filter((peer) => peer.party !== event.peer.party);
      this.node.peers = [...others, event.peer].sort((a, b) => (a.party < b.party ? -1 : 1));
    }
  }
  /** After a break everything shown may be old, whatever the stream still resumes. */
  private connected(live: boolean): void {
    const back = live && this.live === false;
    this.live = live;
    if (!back) return;
    void this.refresh_node();
    if (!this.codes) void this.load_codes();
    if (!this.forms) void this.load_forms();
    this.inbox_changes++;
    this.register_changes++;
    this.reconnections++;
  }
  /** Until the node has told its own: clocks stay calm rather than guess. */
  get clock_levels(): ClockLevels {
    return this.node?.clocks ?? { amberLeftMinutes: 0, redLeftMinutes: 0, amberGoneMinutes: Infinity, redGoneMinutes: Infinity };
  }
  private async refresh_node(): Promise<void> {
    const answer = this.heed(await this.api.read_node());
    if (answer.ok) this.node = answer.value;
  }
  private stop_following(): void {
    this.unfollow_?.();
    this.unfollow_ = null;
    this.live = undefined;
  }
  private format(instant: Date, options: Intl.DateTimeFormatOptions): string {
    if (Number.isNaN(instant.getTime())) return '';
    const zone = this.node ? { timeZone: this.node.zone } : {};
    return new Intl.DateTimeFormat(locales[this.language], { hourCycle: 'h23', ...zone, ...options }).format(instant);
  }
  private stored<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
    const value = this.storage_.getItem(`comity.${name}`);
    return allowed.find((it) => it === value) ?? otherwise;
  }
}

function browser_language(): Language {
  const first = navigator.language.slice(0, 2);
  return languages.find((it) => it === first) ?? 'en';
}

const key = Symbol('desk');
export const provide_desk = (desk: Desk): Desk => setContext(key, desk);
export const use_desk = (): Desk => getContext<Desk>(key);
