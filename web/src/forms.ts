import type { MemberForm, RequestForms, StructForm } from './api';

/** What is typed into a form: the JSON of a struct, still with holes. */
export type Content = Record<string, unknown>;

/** Not typed by hand: the node writes them, or they name a further part of the message. */
const never_typed = new Set(['Attachment', 'MessageReference', 'FollowUp', 'OralRequestConfirmation']);

export function typed_by_hand(member: MemberForm): boolean {
  if (member.form === 'any' || member.form === 'uuid' || member.form === 'sha256' || member.form === 'base64') return false;
  if (member.name === 'latitudeMicrodegrees' || member.name === 'longitudeMicrodegrees') return false;
  return !never_typed.has(member.of ?? '');
}

/** The members that a form shows, in the order of the names, or of the struct. */
export function shown_members(struct: StructForm | undefined, names?: readonly string[]): MemberForm[] {
  const members = (struct?.members ?? []).filter(typed_by_hand);
  if (!names) return members;
  return names.flatMap((name) => members.filter((it) => it.name === name));
}

/** Whether files may go with a message of this struct: it, or one within it, has a place that names them. */
export function takes_files(forms: RequestForms, of: string): boolean {
  const names = (struct: string | undefined): boolean => (forms.structs[struct ?? '']?.members ?? []).some((it) => it.of === 'Attachment');
  return names(of) || (forms.structs[of]?.members ?? []).some((it) => it.form === 'object' && !it.items && names(it.of));
}

/** "query.person.identities[0].kind" as the id of its element. */
export function id_of(path: string): string {
  return path.replace(/[.[\]]+/g, '-').replace(/-$/, '');
}

/** What is sent: trimmed, nothing that is empty, and every list that the struct must have. */
export function given_content(forms: RequestForms, of: string, value: Content): Content {
  const struct = forms.structs[of];
  const out: Content = {};
  for (const member of struct?.members ?? []) {
    const given = given_member(forms, member, value[member.name]);
    if (given !== undefined) out[member.name] = given;
  }
  return out;
}

function given_member(forms: RequestForms, member: MemberForm, value: unknown): unknown {
  if (member.items) {
    const items = (Array.isArray(value) ? value : [])
      .map((it) => given_one(forms, member, it))
      .filter((it) => it !== undefined);
    return items.length > 0 ? items : undefined;
  }
  return given_one(forms, member, value);
}

function given_one(forms: RequestForms, member: MemberForm, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (member.form === 'object') {
    const inner = given_content(forms, member.of ?? '', value as Content);
    return Object.keys(inner).length > 0 ? with_lists(forms, member.of ?? '', inner) : undefined;
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return value;
}

/** A struct that was begun has every list that it must have, be it empty. */
export function with_lists(forms: RequestForms, of: string, value: Content): Content {
  const out = { ...value };
  for (const member of forms.structs[of]?.members ?? [])
    if (member.items && !member.optional && member.items[0] === 0 && out[member.name] === undefined) out[member.name] = [];
  return out;
}

/** The civil time that the clocks of a zone show, as <input type="datetime-local"> wants it. */
export function local_time(instant: string | undefined, zone: string): string {
  if (!instant) return '';
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).format(at).replace(' ', 'T');
}

/** The instant of a civil time in a zone; of the two that a clock shows twice, the first. */
export function instant_of(local: string, zone: string): string | undefined {
  const guess = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? Date.parse(`${local}:00Z`) : NaN;
  if (Number.isNaN(guess)) return undefined;
  const offset = (at: number): number => Date.parse(`${local_time(new Date(at).toISOString(), zone)}:00Z`) - Math.floor(at / 60_000) * 60_000;
  const first = guess - offset(guess);
  return new Date(guess - offset(first)).toISOString().replace('.000Z', '.000000Z');
}
