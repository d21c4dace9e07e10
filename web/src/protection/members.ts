/** A single value of a content, by its path as a correction names it. */
export type Member = { path: string; value: string };

const own_to_the_node = new Set(['decision', 'requestDecision']);

/** Every value that a correction may name: `vehicles[0].colour`. */
export function members_of(content: unknown, path = ''): Member[] {
  if (Array.isArray(content)) return content.flatMap((each, i) => members_of(each, `${path}[${i}]`));
  if (content !== null && typeof content === 'object')
    return Object.entries(content).flatMap(([name, value]) =>
      path === '' && own_to_the_node.has(name) ? [] : members_of(value, path === '' ? name : `${path}.${name}`));
  return content === null || content === undefined || path === '' ? [] : [{ path, value: String(content) }];
}
