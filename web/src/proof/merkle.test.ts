import { webcrypto } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { from_base64, to_hex } from './bytes';
import { leaf_hash, node_hash, path_holds, walk_path, type Hash, type Sha256 } from './merkle';

const sha256: Sha256 = async (bytes) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes));
const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);

/** RFC 6962 section 2.1 and 2.1.1 as written there: the slow twin that the walk must agree with. */
async function root_of(hashes: Hash[]): Promise<Hash> {
  if (hashes.length === 1) return hashes[0] as Hash;
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return node_hash(sha256, await root_of(hashes.slice(0, split)), await root_of(hashes.slice(split)));
}
async function path_of(index: number, hashes: Hash[]): Promise<Hash[]> {
  if (hashes.length === 1) return [];
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return index < split
    ? [...(await path_of(index, hashes.slice(0, split))), await root_of(hashes.slice(split))]
    : [...(await path_of(index - split, hashes.slice(split))), await root_of(hashes.slice(0, split))];
}
async function tree(size: number): Promise<Hash[]> {
  return Promise.all(Array.from({ length: size }, (_, i) => leaf_hash(sha256, text(`leaf ${i}`))));
}

test('the hash of the empty leaf is the one of RFC 6962', async () => {
  expect(to_hex(await leaf_hash(sha256, text('')))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
});

test('every entry of every tree up to 40 leaves is proved, and none under another root', async () => {
  for (let size = 1; size <= 40; size++) {
    const hashes = await tree(size);
    const root = await root_of(hashes);
    for (let index = 0; index < size; index++) {
      const path = await path_of(index, hashes);
      const walk = await walk_path(sha256, hashes[index] as Hash, index, size, path);
      if (typeof walk === 'string') throw new Error(`${index} of ${size}: ${walk}`);
      expect(to_hex(walk.root)).toBe(to_hex(root));
      expect(walk.steps.length).toBe(path.length);
      const other = hashes[(index + 1) % size] as Hash;
      if (size > 1) expect(await path_holds(sha256, other, index, size, path, root)).toBe(false);
    }
  }
});

test('a path one step too short or too long is refused', async () => {
  const hashes = await tree(7);
  const path = await path_of(3, hashes);
  expect(await walk_path(sha256, hashes[3] as Hash, 3, 7, path.slice(0, -1))).toBe('path-too-short');
  expect(await walk_path(sha256, hashes[3] as Hash, 3, 7, [...path, hashes[0] as Hash])).toBe('path-too-long');
});

test('an index at or over the size, below zero or beyond whole numbers is refused', async () => {
  const [leaf] = (await tree(1)) as [Hash];
  expect(await walk_path(sha256, leaf, 1, 1, [])).toBe('index-outside');
  expect(await walk_path(sha256, leaf, 0, 0, [])).toBe('index-outside');
  expect(await walk_path(sha256, leaf, -1, 1, [])).toBe('malformed');
  expect(await walk_path(sha256, leaf, 0, 2 ** 53, [])).toBe('malformed');
  expect(await walk_path(sha256, leaf.slice(1), 0, 1, [])).toBe('malformed');
});

test('an index above 2^31 is walked without losing bits', async () => {
  const [leaf] = (await tree(1)) as [Hash];
  const size = 2 ** 40;
  const walk = await walk_path(sha256, leaf, size - 1, size, Array.from({ length: 40 }, () => leaf));
  expect(typeof walk).not.toBe('string');
  if (typeof walk !== 'string') expect(walk.steps.every((step) => step.side === 'left')).toBe(true);
});

// transparency-dev/merkle; not part of this tree, so the folder may be absent.
const vectors = [process.env['COMITY_VECTORS'], '../tests/vectors/merkle', '../../shared/data/vectors/merkle']
  .filter((path): path is string => path !== undefined)
  .find((path) => existsSync(join(path, 'inclusion')));
type Vector = { leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null; desc: string; wantErr: boolean };

function files_under(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) =>
    it.isDirectory() ? files_under(join(folder, it.name)) : [join(folder, it.name)],
  );
}

describe.skipIf(vectors === undefined)('the vectors of transparency-dev/merkle', () => {
  const files = vectors === undefined ? [] : files_under(join(vectors, 'inclusion')).filter((it) => it.endsWith('.json'));
  test('are there', () => expect(files.length).toBeGreaterThan(90));
  test.each(files)('%s', async (file) => {
    const it = JSON.parse(readFileSync(file, 'utf8')) as Vector;
    const bytes = [it.leafHash, it.root, ...(it.proof ?? [])].map((hash) => from_base64(hash ?? ''));
    const [leaf, root, ...path] = bytes as [Hash | null, Hash | null, ...Hash[]];
    const holds = leaf !== null && root !== null && !path.includes(null as never)
      && (await path_holds(sha256, leaf, it.leafIdx, it.treeSize, path, root));
    expect(holds).toBe(!it.wantErr);
  });
});
