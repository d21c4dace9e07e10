import { getContext, setContext } from 'svelte';
import { albanian_state } from './albanian';
import type { Api, Answer, ClockLevels, Codes, Failure, Finding, NodeState, RequestDraft, RequestForms, Session, Situation } from './api';
import { article_shown } from './article';
import { load_cases, load_first, load_later, load_law, type LaterCatalogue } from './catalogues';
import { LawWords } from './law_words';
import { follow, keep_newest, type CaseMoved, type LiveEvent } from './live';
import { Loading } from './loading.svelte';
import { read_route, write_route, type Route } from './route';
import { serbian_latin } from './serbian';
import { Wording } from './wording';
import { english, is_key, label, language_of, languages, locales, said, say, type Catalogue, type Key, type Language, type Message, type Values } from './words';

/** Cases whose last move is remembered: more than an inbox shows. */
const cases_kept_max = 500;

export type Theme = 'system' | 'light' | 'dark';
/** A sentence as it is shown; `own` where it is in the officer's language. */
export type Shown = { text: string; own: boolean };
/** What outlives a page: who asks, what changed, how it is shown. One per window, made in main.ts. */
export class Desk {
  /** undefined while it is being found out; null when nobody is signed in. */
  session = $state<Session | null | undefined>(undefined);
  session_ended = $state(false);
  node = $state<NodeState | null>(null);
  readonly codes_loading = new Loading<Codes>();
  readonly forms_loading = new Loading<RequestForms>();
  route = $state<Route>({ page: 'inbox' });
  /** English until show_language() has loaded another. */
  language = $state<Language>('en');
  theme = $state<Theme>('system');
  single_keys = $state(true);
  now = $state(Date.now());
  /** undefined until the first connection stands or fails. */
  live = $state<boolean | undefined>(undefined);
  /** Each counts up when what it names has changed; a page that reads one loads again. */
  inbox_changes = $state(0);
  /** Any case may have moved: the line was down, or the node keeps no events that far back. */
  inbox_losses = $state(0);
  register_changes = $state(0);
  reconnections = $state(0);
  case_changes = $state<Record<string, number>>({});
  /** By number, as the last event of each said, the newest of them last; read with case_changes. */
  readonly case_moves = new Map<string, CaseMoved | null>();
  /** How many were heard of: what case_changes says of the last. */
  moves = 0;
  /** Kept while one looks elsewhere or signs in again; gone with the window. */
  draft = $state<RequestDraft>({});
  situation = $state<Situation | null>(null);
  /** What is to be looked up: typed in the palette, in no address. */
  sought = $state('');
  spoken = $state('');
  overlay = $state<'none' | 'palette' | 'keys' | 'account'>('none');

  /** English titles from the node, by id. */
  provision_titles = $state.raw<Record<string, string>>({});

  private first_ = $state.raw<Catalogue>(english);
  private later_ = $state.raw<LaterCatalogue | null>(null);
  private law_ = $state.raw<LawWords | null>(null);
  private cases_ = $state.raw<Wording | null>(null);
  private wanted_: Language;
  private later_asked_ = false;
  private law_asked_ = false;
  private cases_asked_ = false;
  private titles_asked_ = false;
  private draft_owner_ = '';
  private unfollow_: (() => void) | null = null;

  constructor(
    readonly api: Api,
    private readonly storage_: Storage,
    private readonly events_url_: string,
  ) {
    this.wanted_ = this.stored('language', languages, language_of(navigator.language) ?? 'en');
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
    await this.load_words();
    await this.forms_loading.load(async () => this.heed(await this.api.list_request_kinds()));
  };
  private form_word(key: string): string | undefined {
    const message = this.later(key);
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
    return this.law_word(name, word) ?? word;
  }
  may = (action: string): boolean => this.session?.actions.includes(action) ?? false;
  /** Where somebody begins who may not read cases. */
  private begin(): void {
    if (this.may('read-cases') || !['inbox', 'case', 'messages', 'claims'].includes(this.route.page)) return;
    // At once: the address is heard of later, and an inbox in between would ask for what is refused.
    this.route = this.may('read-accounts') ? { page: 'accounts' } : this.may('inform-party') ? { page: 'notice' } : { page: 'treaty' };
    this.go(this.route);
  }
  load_codes = (): Promise<void> => this.codes_loading.load(async () => this.heed(await this.api.read_codes()));
  say = (key: Key, values?: Values): string => say(this.first_, this.language, key, values);
  label = (group: string, word: string): string => label(this.first_, this.language, group, word);
  /** A message of what is loaded after the first page; undefined until it is there. */
  later(key: string): Message | undefined {
    const words: Record<string, Message> | null = this.later_;
    return words && Object.hasOwn(words, key) ? words[key] : undefined;
  }
  private async load_words(): Promise<void> {
    this.later_asked_ = true;
    if (!this.later_) await this.show_language(this.language);
  }
  article = (provision: string): string => article_shown(provision, this.language);

  /** What a provision is about. */
  title_of(provision: string): Shown {
    const words = this.law_?.title(provision);
    if (words !== undefined) return { text: words, own: true };
    return { text: this.provision_titles[provision] ?? '', own: this.language === 'en' };
  }
  /** A sentence that the node says of a provision. */
  law_said(provision: string, part: string, text: string): Shown {
    return this.shown(this.law_?.sentence(provision, part, text, this.filled), text);
  }
  /** Whether the law has more than its titles in this language; true while that is not known. */
  get law_is_own(): boolean {
    return this.law_?.whole() ?? true;
  }
  /** The title of a case, or what a parameter says. */
  case_said(text: string): Shown {
    return this.shown(this.cases_?.of(text, this.filled), text);
  }
  /** The reason that a case expects of a provision. */
  reason_expected(provision: string, text: string): Shown {
    return this.shown(this.law_?.reason_expected(provision, text, this.filled), text);
  }
  reason_of(finding: Finding): Shown {
    return this.shown(this.law_?.reason(finding, this.filled), finding.reason);
  }
  private shown(words: string | undefined, text: string): Shown {
    return { text: words ?? text, own: words !== undefined || this.language === 'en' };
  }
  /** What stood in an open place of a sentence of the law, as this language writes it. */
  private filled = (name: string, text: string): string | undefined => {
    if (/^the /i.test(text)) return this.cases_?.of(text.charAt(0).toLowerCase() + text.slice(1), () => undefined);
    if (name === 'missing') return text.split(', ').map(this.fact).join(', ');
    if (/-(date|day)$/.test(name)) return this.date(text);
    if (name.endsWith('-since')) return text && this.say('law.since', { date: this.date(text.slice(-10)) });
    return text;
  };
  /** The law in this language, with titles from the node where that has none. */
  async load_law(): Promise<void> {
    if (!this.law_asked_) {
      this.law_asked_ = true;
      if (this.language !== 'en') await this.show_language(this.language);
    }
    if (!this.law_) await this.load_titles();
  }
  /** What cases and parameters say, in a language that has words of them. */
  async load_cases(): Promise<void> {
    if (this.cases_asked_) return;
    this.cases_asked_ = true;
    if (this.language !== 'en') await this.show_language(this.language);
  }
  private async load_titles(): Promise<void> {
    if (this.titles_asked_) return;
    this.titles_asked_ = true;
    const answer = this.heed(await this.api.list_provisions());
    if (answer.ok) this.provision_titles = Object.fromEntries(answer.value.provisions.map((it) => [it.id, it.title]));
    else this.titles_asked_ = false;
  }

  /** A fact by its name; the English name is read as words where neither the catalogue nor the law has others. */
  fact = (name: string): string => this.fact_shown(name).text;
  fact_shown(name: string): Shown {
    if (is_key(`fact.${name}`)) return { text: this.label('fact', name), own: true };
    return this.shown(this.law_?.fact(name), name.replaceAll('-', ' '));
  }
  /** A word of a fact as the law's table has it. */
  law_word = (fact: string, word: string): string | undefined => this.law_?.fact_word(fact, word);
  party(code: string): string {
    const own = this.language === 'sq' ? albanian_state(code) : undefined;
    return own ?? new Intl.DisplayNames(locales[this.language], { type: 'region' }).of(code) ?? code;
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
    if (!this.storage_.getItem('comity.language')) await this.show_language(session.language);
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
    if (this.session) this.begin();
  }
  /** Said aloud by a screen reader, once. */
  announce(text: string): void {
    this.spoken = text;
  }

  async choose_language(language: Language): Promise<void> {
    this.storage_.setItem('comity.language', language);
    await this.show_language(language);
  }
  /** In the stored language or the browser's, before anything is drawn. */
  prepare(): Promise<void> {
    return this.show_language(this.wanted_);
  }
  /** Loads what is asked for so far and then shows it at once; what cannot be loaded changes nothing. */
  private async show_language(language: Language): Promise<void> {
    this.wanted_ = language;
    try {
      const parts = [
        load_first(language),
        this.later_asked_ ? load_later(language) : null,
        this.law_asked_ ? load_law(language) : null,
        this.cases_asked_ ? load_cases(language) : null,
      ] as const;
      const [first, later, law, cases] = await Promise.all(parts);
      if (this.wanted_ !== language) return;
      // Of the same language another call may have brought what this one was not asked for.
      const other = this.language !== language;
      this.language = language;
      this.first_ = first;
      if (later || other) this.later_ = later;
      if (law !== null || other) this.law_ = law === null ? null : new LawWords(law, language === 'sr-Latn' ? serbian_latin : undefined);
      if (cases !== null || other) this.cases_ = cases === null ? null : new Wording(cases);
    } catch {
      this.wanted_ = this.language;
      this.announce(this.say('error.unreachable'));
    }
    if (this.law_asked_ && !this.law_) await this.load_titles();
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
      this.inbox_losses++;
      this.announce(this.say('live.inbox'));
    } else if (event.name === 'case') {
      this.case_changes[event.number] = ++this.moves;
      const forgotten = keep_newest(this.case_moves, event.number, event.moved, cases_kept_max);
      if (forgotten !== undefined) delete this.case_changes[forgotten];
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
    this.inbox_losses++;
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

const key = Symbol('desk');
export const provide_desk = (desk: Desk): Desk => setContext(key, desk);
export const use_desk = (): Desk => getContext<Desk>(key);
