import type { use_desk } from '../desk.svelte';

/** A single value of a content, by its path as a correction names it. */
export type Member = { path: string; value: string; file?: true };

const own_to_the_node = new Set(['decision', 'requestDecision']);

/** What a correction says of a member: what is right, of a file nothing. */
export const corrected = (members: Member[], path: string, right: string): { path: string; correctValue?: string } =>
  members.some((it) => it.path === path && it.file) ? { path } : { path, correctValue: right };

/** Every value that a correction may name: `vehicles[0].colour`. */
export function members_of(content: unknown, path = ''): Member[] {
  if (Array.isArray(content)) return content.flatMap((each, i) => members_of(each, `${path}[${i}]`));
  // A file beside the message is named alone: who has it destroys it or keeps it (A31(4)(c)).
  if (content !== null && typeof content === 'object' && 'mediaType' in content && 'name' in content) return [{ path, value: String(content.name), file: true }];
  if (content !== null && typeof content === 'object')
    return Object.entries(content).flatMap(([name, value]) =>
      path === '' && own_to_the_node.has(name) ? [] : members_of(value, path === '' ? name : `${path}.${name}`));
  return content === null || content === undefined || path === '' ? [] : [{ path, value: String(content) }];
}

/** The path as an officer reads it: `vehicles[0].colour` is "Vehicles 1 · Colour". */
export const path_words = (desk: Pick<ReturnType<typeof use_desk>, 'member' | 'say'>, path: string): string =>
  path.replace(/\[(\d+)\]/g, (_, index: string) => ` ${Number(index) + 1}`).split('.')
    .map((part) => part.replace(/^\w+/, (name) => (name === 'eraseBy' ? desk.say('request.eraseBy') : desk.member('', name)))).join(' · ');
