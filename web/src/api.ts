// One function per operation of api/openapi.yaml, and the only fetch of the desk.
import type { components } from '../generated/api';
import type {
  DnaAudit, DnaAuditProgress, DnaCase, DnaCategory, DnaConfirmation, DnaConsent, DnaDraft, DnaFacts, DnaFamilyDraft, DnaProfile, DnaRelation, DnaRelative,
  DnaRun, DnaRunDecision, DnaRunDraft, DnaRunLine, DnaRunPage, DnaRunPortion, DnaRunStep, DnaSample, DnaSampleCompared, DnaSampleDraft, DnaSampleStep, KinExpectation,
} from './dna/types';
import type { TreatyArticle, TreatyArticles, TreatyCase, TreatyMeasures, TreatyStatus } from './treaty/types';

type Schemas = components['schemas'];
export type Session = Schemas['Session'];
export type Account = Schemas['Account'];
export type OwnAccount = Schemas['OwnAccount'];
export type Accounts = Schemas['Accounts'];
export type AccountDraft = Schemas['AccountDraft'];
export type AccountChange = Schemas['AccountChange'];
export type CodeOffer = Schemas['CodeOffer'];
export type SessionLine = Schemas['Sessions']['sessions'][number];
export type SignIns = Schemas['SignIns'];
export type AccountChanges = Schemas['AccountChanges'];
export type NodeState = Schemas['Node'];
export type ClockLevels = Schemas['ClockLevels'];
export type NodeHealth = Schemas['NodeHealth'];
export type PeerHealth = Schemas['PeerHealth'];
export type CertificateHealth = Schemas['CertificateHealth'];
export type NodeAlarm = Schemas['NodeAlarm'];
export type Peer = Schemas['Peer'];
export type Codes = Schemas['Codes'];
export type InboxItem = Schemas['InboxItem'];
export type RequestState = Schemas['RequestState'];
export type RequestDraft = Schemas['RequestDraft'];
export type RequestForms = Schemas['RequestForms'];
export type StepForm = Schemas['StepForm'];
export type StructForm = Schemas['StructForm'];
export type MemberForm = Schemas['MemberForm'];
export type StepDraft = Schemas['StepDraft'];
export type StepDecision = Schemas['StepDecision'];
export type NoticeDraft = Schemas['NoticeDraft'];
export type CallDraft = Schemas['CallDraft'];
export type * from './dna/types';
export type * from './treaty/types';
export type CaseContent = Schemas['CaseContent'];
export type Finding = Schemas['Finding'];
export type Decision = Schemas['Decision'];
export type DraftDecision = Schemas['DraftDecision'];
export type Case = Schemas['Case'];
export type CaseAccess = Schemas['CaseAccess'];
export type CaseProtection = Schemas['CaseProtection'];
export type ProtectedItem = Schemas['ProtectedItem'];
export type ProtectionNotice = Schemas['ProtectionNotice'];
export type ProtectionConsent = Schemas['ProtectionConsent'];
export type ProtectionOperation = Schemas['Operation'];
export type Oversight = Schemas['Oversight'];
export type Told = Schemas['Told'];
export type AccessEntry = Schemas['AccessEntry'];
export type Proposal = Schemas['Proposal'];
export type Errand = Schemas['Errand'];
export type Shift = Schemas['Shift'];
export type Statistics = Schemas['Statistics'];
export type RelatedCase = Schemas['RelatedCases']['cases'][number];
export type Contacts = Schemas['Contacts'];
export type ContactLine = Schemas['Contacts']['contacts'][number];
export type ContactDraft = Schemas['ContactDraft'];
export type ContactCopy = Schemas['ContactCopies']['copies'][number];
export type PaperOrder = Schemas['PaperOrder'];
export type PaperPreview = Schemas['PaperPreview'];
export type ExportLine = Schemas['Exports']['exports'][number];
export type Figures = Schemas['Figures'];
export type ShiftCase = Schemas['ShiftCase'];
export type Officers = Schemas['Officers'];
export type CaseClock = Schemas['CaseClock'];
export type Vehicle = Schemas['Vehicle'];
export type Person = Schemas['Person'];
export type TimelineItem = Schemas['TimelineItem'];
export type MessageLine = Schemas['MessageLine'];
export type Message = Schemas['Message'];
export type RegisterPage = Schemas['RegisterPage'];
export type RegisterEntry = Schemas['RegisterEntry'];
export type InclusionProof = Schemas['InclusionProof'];
export type Provision = Schemas['Provision'];
export type Situation = Schemas['Situation'];

/** Why a call gave nothing. `unreachable` is ours: the node did not answer at all. */
export type Failure = {
  kind: Schemas['ErrorKind'] | 'unreachable';
  field: string;
  message: string;
  status: number;
  provision?: string; // What a refusal to the role rests on.
};
export type Answer<T> = { ok: true; value: T; status: number } | { ok: false; failure: Failure };

export type Sent = { sent: true; caseNumber: string; proposed: boolean } | { sent: false; decision: Decision };
export type Transport = (url: string, init: RequestInit) => Promise<Response>;

export class Api {
  private csrf_token_ = '';

  constructor(
    private readonly transport_: Transport,
    private readonly base_: string,
  ) {}

  async open_session(name: string, password: string, code = '', newPassword = ''): Promise<Answer<Session>> {
    return this.keep_token(await this.call('POST', '/session', { name, password, ...(code ? { code } : {}), ...(newPassword ? { newPassword } : {}) }));
  }
  async read_session(): Promise<Answer<Session>> {
    return this.keep_token(await this.call('GET', '/session'));
  }
  async close_session(): Promise<Answer<null>> {
    const answer = await this.call<null>('DELETE', '/session');
    this.csrf_token_ = '';
    return answer;
  }
  read_ways(): Promise<Answer<{ openid: boolean; certificate: boolean }>> {
    return this.call('GET', '/session/ways');
  }
  async open_session_by_certificate(): Promise<Answer<Session>> {
    return this.keep_token(await this.call('POST', '/session/certificate'));
  }
  read_account(): Promise<Answer<OwnAccount>> {
    return this.call('GET', '/account');
  }
  change_own_password(oldPassword: string, newPassword: string): Promise<Answer<null>> {
    return this.call('PUT', '/account/password', { oldPassword, newPassword });
  }
  offer_code(): Promise<Answer<CodeOffer>> {
    return this.call('POST', '/account/code');
  }
  take_code(code: string): Promise<Answer<null>> {
    return this.call('PUT', '/account/code', { code });
  }
  list_own_sessions(): Promise<Answer<{ sessions: SessionLine[] }>> {
    return this.call('GET', '/account/sessions');
  }
  end_own_session(id: string): Promise<Answer<null>> {
    return this.call('DELETE', `/account/sessions/${encodeURIComponent(id)}`);
  }
  list_accounts(): Promise<Answer<Accounts>> {
    return this.call('GET', '/accounts');
  }
  add_account(draft: AccountDraft): Promise<Answer<Account>> {
    return this.call('POST', '/accounts', draft);
  }
  change_account(name: string, change: AccountChange): Promise<Answer<Account>> {
    return this.call('PUT', `/accounts/${encodeURIComponent(name)}`, change);
  }
  close_account(name: string): Promise<Answer<null>> {
    return this.call('DELETE', `/accounts/${encodeURIComponent(name)}`);
  }
  set_password(name: string, password: string): Promise<Answer<null>> {
    return this.call('PUT', `/accounts/${encodeURIComponent(name)}/password`, { password });
  }
  remove_code(name: string): Promise<Answer<null>> {
    return this.call('DELETE', `/accounts/${encodeURIComponent(name)}/code`);
  }
  set_clearance(name: string, clearance: Account['clearance']): Promise<Answer<Account>> {
    return this.call('PUT', `/accounts/${encodeURIComponent(name)}/clearance`, clearance);
  }
  list_sessions(name: string): Promise<Answer<{ sessions: SessionLine[] }>> {
    return this.call('GET', `/accounts/${encodeURIComponent(name)}/sessions`);
  }
  end_session(name: string, id: string): Promise<Answer<null>> {
    return this.call('DELETE', `/accounts/${encodeURIComponent(name)}/sessions/${encodeURIComponent(id)}`);
  }
  list_sign_ins(): Promise<Answer<SignIns>> {
    return this.call('GET', '/sign-ins');
  }
  list_account_changes(): Promise<Answer<AccountChanges>> {
    return this.call('GET', '/account-changes');
  }
  read_node(): Promise<Answer<NodeState>> {
    return this.call('GET', '/node');
  }
  read_health(): Promise<Answer<NodeHealth>> {
    return this.call('GET', '/health');
  }
  read_codes(): Promise<Answer<Codes>> {
    return this.call('GET', '/codes');
  }
  list_inbox(limit: number): Promise<Answer<{ items: InboxItem[] }>> {
    return this.call('GET', `/inbox?limit=${limit}`);
  }
  read_inbox_item(number: string): Promise<Answer<InboxItem>> {
    return this.call('GET', `/inbox/${encodeURIComponent(number)}`);
  }
  read_case(number: string): Promise<Answer<Case>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}`);
  }
  list_officers(): Promise<Answer<Officers>> {
    return this.call('GET', '/officers');
  }
  read_case_access(number: string): Promise<Answer<CaseAccess>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/access`);
  }
  name_officer(number: string, officer: string, reason: string): Promise<Answer<CaseAccess>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/access`, { officer, reason });
  }
  end_officer(number: string, account: string, reason: string): Promise<Answer<CaseAccess>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/access/${encodeURIComponent(account)}/end`, { reason });
  }
  take_case(number: string): Promise<Answer<CaseAccess>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/take`);
  }
  open_in_emergency(number: string, reason: string): Promise<Answer<CaseAccess>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/emergency`, { reason });
  }
  read_case_protection(number: string): Promise<Answer<CaseProtection>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/protection`);
  }
  correct_item(number: string, draft: Schemas['CorrectionDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/corrections`, draft);
  }
  doubt_item(number: string, draft: Schemas['DoubtDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/doubts`, draft);
  }
  report_unlawful_use(number: string, draft: Schemas['UnlawfulUseDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/unlawful-uses`, draft);
  }
  settle_notice(number: string, place: number, draft: Schemas['SettlementDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/notices/${place}/settlement`, draft);
  }
  ask_consent(number: string, draft: Schemas['ConsentDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/consents`, draft);
  }
  answer_consent(number: string, place: number, draft: Schemas['ConsentAnswerDraft']): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/consents/${place}/answer`, draft);
  }
  withdraw_consent(number: string, place: number, reason: string): Promise<Answer<Told>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/consents/${place}/withdrawal`, { reason });
  }
  read_protection(): Promise<Answer<Oversight>> {
    return this.call('GET', '/protection');
  }
  list_operations(by: 'item' | 'officer', whom: string): Promise<Answer<{ operations: ProtectionOperation[] }>> {
    return this.call('GET', `/protection/operations?${by}=${encodeURIComponent(whom)}`);
  }
  sample_operations(seed: string, count: number): Promise<Answer<Schemas['Sample']>> {
    return this.call('POST', '/protection/samples', { seed, count });
  }
  list_person_requests(): Promise<Answer<{ requests: Schemas['PersonLine'][]; comments: Schemas['SenderComment'][] }>> {
    return this.call('GET', '/persons');
  }
  enter_person_request(draft: Schemas['PersonDraft']): Promise<Answer<{ place: number }>> {
    return this.call('POST', '/persons', draft);
  }
  read_person_request(place: string): Promise<Answer<Schemas['PersonRequest']>> {
    return this.call('GET', `/persons/${encodeURIComponent(place)}`);
  }
  /** A step of a person's request; what comes back depends on it. */
  take_person_step<T>(place: string, step: 'deadline' | 'searches' | 'openings' | 'choice' | 'comments' | 'decisions' | 'previews' | 'letters' | 'dispatch', body?: unknown): Promise<Answer<T>> {
    return this.call('POST', `/persons/${encodeURIComponent(place)}/${step}`, body);
  }
  open_comment_request(place: number): Promise<Answer<Schemas['SenderComment']>> {
    return this.call('POST', `/comments/${place}/openings`);
  }
  answer_comment_request(place: number, draft: { position: string; text?: string }): Promise<Answer<Schemas['PersonTold']>> {
    return this.call('POST', `/comments/${place}/answer`, draft);
  }
  list_proposals(number: string): Promise<Answer<{ proposals: Proposal[] }>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/proposals`);
  }
  confirm_proposal(number: string, place: number): Promise<Answer<StepDecision>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/proposals/${place}/confirm`);
  }
  send_back_proposal(number: string, place: number, reason: string): Promise<Answer<{ proposals: Proposal[] }>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/proposals/${place}/send-back`, { reason });
  }
  list_errands(number: string): Promise<Answer<{ errands: Errand[] }>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/errands`);
  }
  add_errand(number: string, draft: { text: string; dueAt?: string; officer?: string }): Promise<Answer<{ errands: Errand[] }>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/errands`, draft);
  }
  finish_errand(number: string, place: number): Promise<Answer<{ errands: Errand[] }>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/errands/${place}/done`);
  }
  list_related(number: string): Promise<Answer<{ cases: RelatedCase[] }>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/related`);
  }
  look_up(sought: string): Promise<Answer<{ cases: RelatedCase[] }>> {
    return this.call('POST', '/look-ups', { sought });
  }
  read_directory(): Promise<Answer<Contacts>> {
    return this.call('GET', '/directory');
  }
  enter_contact(draft: ContactDraft): Promise<Answer<Contacts>> {
    return this.call('POST', '/directory', draft);
  }
  verify_contact(state: string, authority: string): Promise<Answer<Contacts>> {
    return this.call('POST', '/directory/verified', { state, authority });
  }
  end_contact(authority: string): Promise<Answer<Contacts>> {
    return this.call('POST', '/directory/ended', { authority });
  }
  publish_directory(): Promise<Answer<Contacts>> {
    return this.call('POST', '/directory/editions');
  }
  list_direct_contacts(): Promise<Answer<{ copies: ContactCopy[] }>> {
    return this.call('GET', '/direct-contacts');
  }
  preview_case(number: string, order: PaperOrder): Promise<Answer<PaperPreview>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/previews`, order);
  }
  export_case(number: string, order: PaperOrder & { format: 'pdf' | 'html' }): Promise<Answer<Blob>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/exports`, order);
  }
  list_exports(number: string): Promise<Answer<{ exports: ExportLine[] }>> {
    return this.call('GET', `/cases/${encodeURIComponent(number)}/exports`);
  }
  read_statistics(from?: string, to?: string): Promise<Answer<Statistics>> {
    return this.call('GET', `/statistics${period(from, to)}`);
  }
  statistics_file(from: string, to: string): string {
    return `${this.base_}/statistics/file${period(from, to)}`;
  }
  read_shift(): Promise<Answer<Shift>> {
    return this.call('GET', '/shift');
  }
  begin_shift(): Promise<Answer<Shift>> {
    return this.call('POST', '/shift');
  }
  offer_shift(note: string): Promise<Answer<Shift>> {
    return this.call('POST', '/shift/offer', { note });
  }
  take_shift(id: number): Promise<Answer<Shift>> {
    return this.call('POST', `/shifts/${id}/take`);
  }
  list_request_kinds(): Promise<Answer<RequestForms>> {
    return this.call('GET', '/request-kinds');
  }
  try_step(number: string, draft: StepDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/step-decisions`, draft);
  }
  take_step(number: string, draft: StepDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', `/cases/${encodeURIComponent(number)}/steps`, draft);
  }
  try_notice(draft: NoticeDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/notice-decisions', draft);
  }
  send_notice(draft: NoticeDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/notices', draft);
  }
  read_dna(): Promise<Answer<DnaFacts>> {
    return this.call('GET', '/dna');
  }
  try_dna_request(draft: DnaDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/dna/decisions', draft);
  }
  send_dna_request(draft: DnaDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/dna/requests', draft);
  }
  read_dna_case(number: string): Promise<Answer<DnaCase>> {
    return this.call('GET', `/dna/cases/${encodeURIComponent(number)}`);
  }
  confirm_dna_match(number: string, draft: DnaConfirmation): Promise<Answer<{ messageId: string }>> {
    return this.call('POST', `/dna/cases/${encodeURIComponent(number)}/confirmations`, draft);
  }
  list_dna_relatives(): Promise<Answer<{ relatives: DnaRelative[]; relations: DnaRelation[] }>> {
    return this.call('GET', '/dna/relatives');
  }
  add_dna_relative(draft: { profile: DnaProfile; consent: DnaConsent }): Promise<Answer<{ profileNumber: string }>> {
    return this.call('POST', '/dna/relatives', draft);
  }
  withdraw_dna_consent(reference: string): Promise<Answer<{ messages: string[]; cases: string[] }>> {
    return this.call('POST', `/dna/relatives/${encodeURIComponent(reference)}/withdrawal`, {});
  }
  expect_kin(family: DnaFamilyDraft, profiles: number): Promise<Answer<KinExpectation>> {
    return this.call('POST', '/dna/kin/expectations', { family, profiles });
  }
  audit_dna_profiles(category: DnaCategory): Promise<Answer<DnaAudit | DnaAuditProgress>> {
    return this.call('POST', '/dna/audits', { category });
  }
  read_dna_audit(): Promise<Answer<DnaAuditProgress>> {
    return this.call('GET', '/dna/audits');
  }
  try_dna_sample(draft: DnaSampleDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/dna/samples/decisions', draft);
  }
  send_dna_sample(draft: DnaSampleDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/dna/samples', draft);
  }
  read_dna_sample(number: string): Promise<Answer<DnaSample>> {
    return this.call('GET', `/dna/samples/${encodeURIComponent(number)}`);
  }
  take_dna_sample_step(number: string, step: DnaSampleStep): Promise<Answer<StepDecision>> {
    return this.call('POST', `/dna/samples/${encodeURIComponent(number)}/steps`, step);
  }
  compare_dna_sample(number: string): Promise<Answer<DnaSampleCompared>> {
    return this.call('POST', `/dna/samples/${encodeURIComponent(number)}/comparisons`, {});
  }
  list_dna_runs(): Promise<Answer<{ runs: DnaRunLine[] }>> {
    return this.call('GET', '/dna/runs');
  }
  try_dna_run(draft: DnaRunDraft): Promise<Answer<DnaRunDecision>> {
    return this.call('POST', '/dna/runs/decisions', draft);
  }
  propose_dna_run(draft: DnaRunDraft): Promise<Answer<DnaRunDecision>> {
    return this.call('POST', '/dna/runs', draft);
  }
  read_dna_run(number: string): Promise<Answer<DnaRunPage>> {
    return this.call('GET', `/dna/runs/${encodeURIComponent(number)}`);
  }
  read_dna_run_portion(number: string, portion: number): Promise<Answer<DnaRunPortion>> {
    return this.call('GET', `/dna/runs/${encodeURIComponent(number)}/portions/${portion}`);
  }
  take_dna_run_step(number: string, step: DnaRunStep, reason: string): Promise<Answer<{ run: DnaRun; decision?: Decision }>> {
    return this.call('POST', `/dna/runs/${encodeURIComponent(number)}/steps`, reason ? { step, reason } : { step });
  }
  try_call(draft: CallDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/call-decisions', draft);
  }
  keep_call(draft: CallDraft): Promise<Answer<StepDecision>> {
    return this.call('POST', '/calls', draft);
  }
  try_decision(draft: RequestDraft): Promise<Answer<DraftDecision>> {
    return this.call('POST', '/decisions', draft);
  }
  async send_request(draft: RequestDraft): Promise<Answer<Sent>> {
    const answer = await this.call<(Schemas['Sent'] | Schemas['Proposed']) & Schemas['NotSent']>('POST', '/requests', draft);
    if (!answer.ok) return answer;
    const { caseNumber, decision } = answer.value;
    const value: Sent = answer.status === 200 ? { sent: false, decision } : { sent: true, caseNumber, proposed: answer.status === 202 };
    return { ok: true, value, status: answer.status };
  }
  list_messages(limit: number): Promise<Answer<{ messages: MessageLine[] }>> {
    return this.call('GET', `/messages?limit=${limit}`);
  }
  read_message(id: string): Promise<Answer<Message>> {
    return this.call('GET', `/messages/${encodeURIComponent(id)}`);
  }
  list_register(limit: number, before?: number): Promise<Answer<RegisterPage>> {
    return this.call('GET', `/register?limit=${limit}${before === undefined ? '' : `&before=${before}`}`);
  }
  prove_entry(index: number): Promise<Answer<InclusionProof>> {
    return this.call('GET', `/register/${index}/proof`);
  }
  list_provisions(): Promise<Answer<{ provisions: Provision[] }>> {
    return this.call('GET', '/treaty/provisions');
  }
  list_articles(): Promise<Answer<TreatyArticles>> {
    return this.call('GET', '/treaty');
  }
  read_article(number: number, on: string): Promise<Answer<TreatyArticle>> {
    return this.call('GET', `/treaty/articles/${number}?on=${encodeURIComponent(on)}`);
  }
  list_article_cases(number: number): Promise<Answer<{ cases: TreatyCase[] }>> {
    return this.call('GET', `/treaty/articles/${number}/cases`);
  }
  list_measures(): Promise<Answer<TreatyMeasures>> {
    return this.call('GET', '/treaty/measures');
  }
  check_situation(situation: Situation): Promise<Answer<Decision>> {
    return this.call('POST', '/treaty/check', situation);
  }
  read_status(on: string): Promise<Answer<TreatyStatus>> {
    return this.call('GET', `/treaty/status?on=${encodeURIComponent(on)}`);
  }

  private keep_token(answer: Answer<Session>): Answer<Session> {
    if (answer.ok) this.csrf_token_ = answer.value.csrfToken;
    return answer;
  }

  /** A Blob travels as its bytes, everything else as JSON; bytes come back as a Blob. */
  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET' && this.csrf_token_) headers['X-CSRF-Token'] = this.csrf_token_;
    if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json';
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
    if (body !== undefined) init.body = body instanceof Blob ? body : JSON.stringify(body);
    try {
      return await read_answer<T>(await this.transport_(this.base_ + path, init));
    } catch {
      return { ok: false, failure: { kind: 'unreachable', field: '', message: '', status: 0 } };
    }
  }
}

function period(from?: string, to?: string): string {
  const given = Object.entries({ from, to }).filter((it): it is [string, string] => Boolean(it[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

async function read_answer<T>(response: Response): Promise<Answer<T>> {
  const type = response.headers.get('Content-Type') ?? '';
  // A file for the officer: a paper of a case.
  if (response.ok && /^(application\/(pdf|octet-stream)|text\/html)/.test(type)) return { ok: true, value: (await response.blob()) as T, status: response.status };
  const text = await response.text();
  if (response.ok) return { ok: true, value: (text ? JSON.parse(text) : null) as T, status: response.status };
  let failure: Failure = { kind: 'unavailable', field: '', message: text.slice(0, 200), status: response.status };
  try {
    const { error } = JSON.parse(text) as Schemas['ErrorBody'];
    failure = { ...error, status: response.status };
  } catch {
    // Not our shape (a proxy in between): the status must do.
  }
  return { ok: false, failure };
}
