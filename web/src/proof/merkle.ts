import { equal, join } from './bytes';

export type Hash = Uint8Array<ArrayBuffer>;
/** SHA-256. The caller brings it, since only the browser has one that is fast. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Hash>;

/** One step up the tree: the sibling taken in, on which side it stands, and what came out. */
export type Step = { sibling: Hash; side: 'left' | 'right'; result: Hash };
export type Walk = { root: Hash; steps: Step[] };
export type WalkFault = 'index-outside' | 'path-too-short' | 'path-too-long' | 'malformed';

export const hash_bytes = 32;

/** RFC 6962 section 2.1: a leaf is hashed behind 0x00. */
export function leaf_hash(sha256: Sha256, leaf: Uint8Array): Promise<Hash> {
  return sha256(join(Uint8Array.of(0), leaf));
}

/** RFC 6962 section 2.1: a node is hashed behind 0x01. */
export function node_hash(sha256: Sha256, left: Hash, right: Hash): Promise<Hash> {
  return sha256(join(Uint8Array.of(1), left, right));
}

/** The root that a path leads to, by RFC 9162 section 2.1.3.2. Compare it with the signed one. */
export async function walk_path(
  sha256: Sha256,
  leaf: Hash,
  index: number,
  size: number,
  path: Hash[],
): Promise<Walk | WalkFault> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0) return 'malformed';
  if ([leaf, ...path].some((hash) => hash.length !== hash_bytes)) return 'malformed';
  if (index >= size) return 'index-outside';
  let at = index;
  let last = size - 1;
  let root = leaf;
  const steps: Step[] = [];
  for (const sibling of path) {
    if (last === 0) return 'path-too-long';
    const side = at % 2 === 1 || at === last ? 'left' : 'right';
    root = await (side === 'left' ? node_hash(sha256, sibling, root) : node_hash(sha256, root, sibling));
    steps.push({ sibling, side, result: root });
    // A node without a right sibling rises to the level where it has a left one.
    while (side === 'left' && at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? { root, steps } : 'path-too-short';
}

export async function path_holds(
  sha256: Sha256,
  leaf: Hash,
  index: number,
  size: number,
  path: Hash[],
  root: Hash,
): Promise<boolean> {
  const walk = await walk_path(sha256, leaf, index, size, path);
  return typeof walk !== 'string' && equal(walk.root, root);
}

/** Shift by one that stays right above 2^31, where >> does not. */
function half(value: number): number {
  return Math.floor(value / 2);
}
