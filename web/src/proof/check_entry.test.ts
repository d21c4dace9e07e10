import { webcrypto } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { InclusionProof } from '../api';
import { join, to_base64, to_hex } from './bytes';
import { check_entry } from './check_entry';
import { leaf_hash, node_hash, type Sha256 } from './merkle';
import { check_note, key_id_of, parse_checkpoint, parse_note, parse_verifier_key } from './note';

const subtle = webcrypto.subtle as unknown as SubtleCrypto;
const sha256: Sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const origin = 'bg.ncu.test/register';
let good: InclusionProof;

/** A signed tree of two leaves, proved at index 1. */
beforeAll(async () => {
  const [first, second] = [bytes('{"act":"request-sent"}'), bytes('{"act":"answer-received"}')];
  const [left, right] = [await leaf_hash(sha256, first), await leaf_hash(sha256, second)];
  const root = await node_hash(sha256, left, right);
  const pair = (await subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const public_key = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  const key_id = await key_id_of(sha256, { name: origin, key_id: new Uint8Array(4), public_key });
  const text = `${origin}\n2\n${to_base64(root)}\n`;
  const signature = new Uint8Array(await subtle.sign('Ed25519', pair.privateKey, bytes(text)));
  good = {
    index: 1, size: 2, leaf: to_base64(second), leafHash: to_base64(right), path: [to_base64(left)],
    checkpoint: `${text}\n\u2014 ${origin} ${to_base64(join(key_id, signature))}\n`,
    verifierKey: `${origin}+${to_hex(key_id)}+${to_base64(join(Uint8Array.of(1), public_key))}`,
  };
});

const failed = async (proof: InclusionProof, shown?: string): Promise<string | undefined> => {
  const check = await check_entry(subtle, proof, shown);
  expect(check.verdict).not.toBe('holds');
  return check.checks.find((it) => it.result !== 'holds')?.name;
};
const altered = (text: string, at: number): string => {
  const other = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + other + text.slice(at + 1);
};

test('a good proof holds in all eight points', async () => {
  const check = await check_entry(subtle, good, good.leaf);
  expect(check.checks.map((it) => `${it.name} ${it.result}`)).toEqual([
    'form holds', 'leaf holds', 'leaf-hash holds', 'path holds', 'checkpoint-size holds', 'root holds',
    'key holds', 'signature holds',
  ]);
  expect(check.verdict).toBe('holds');
  expect(check.steps).toHaveLength(1);
  expect(check.leaf_text).toBe('{"act":"answer-received"}');
});
test('another leaf than the one shown is found', async () => {
  expect(await failed(good, to_base64(bytes('{"act":"erased"}')))).toBe('leaf');
});
test('an altered leaf is found', async () => {
  expect(await failed({ ...good, leaf: altered(good.leaf, 4) })).toBe('leaf-hash');
});
test('an altered sibling is found', async () => {
  expect(await failed({ ...good, path: [altered(good.path[0] ?? '', 4)] })).toBe('root');
});
test('a path that is too short is found', async () => {
  expect(await failed({ ...good, path: [] })).toBe('path');
});
test('a checkpoint of another size is found', async () => {
  expect(await failed({ ...good, checkpoint: good.checkpoint.replace('\n2\n', '\n3\n') })).toBe('checkpoint-size');
});
test('a key that does not belong to its name is found', async () => {
  expect(await failed({ ...good, verifierKey: good.verifierKey.replace(/\+[0-9a-f]{8}\+/, '+00000000+') })).toBe('key');
});
test('a signature altered by one letter is found', async () => {
  const at = good.checkpoint.lastIndexOf(' ') + 40;
  expect(await failed({ ...good, checkpoint: altered(good.checkpoint, at) })).toBe('signature');
});
test('a note without the signature of the register is found', async () => {
  const checkpoint = good.checkpoint.replace(`\u2014 ${origin}`, '\u2014 someone.else');
  expect(await failed({ ...good, checkpoint })).toBe('signature');
});
test('bytes that are no base64 are found', async () => {
  expect(await failed({ ...good, leaf: '?' })).toBe('form');
  expect(await failed({ ...good, path: ['='] })).toBe('form');
  expect(await failed({ ...good, checkpoint: 'nothing' })).toBe('form');
  expect(await failed({ ...good, verifierKey: 'nothing' })).toBe('form');
});
test('a browser without Ed25519 says that the signature was not checked', async () => {
  const without = {
    digest: subtle.digest.bind(subtle),
    importKey: () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')),
  } as unknown as SubtleCrypto;
  const check = await check_entry(without, good);
  expect(check.verdict).toBe('not-checked');
  expect(check.checks.filter((it) => it.result !== 'holds')).toEqual([{ name: 'signature', result: 'not-checked' }]);
});

// The 15-leaf checkpoint of transparency-dev/tessera testdata (Apache-2.0), as data.
const tessera =
  'example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n' +
  '\u2014 example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n';
test('a checkpoint of another log is read', () => {
  const note = parse_note(tessera);
  expect(parse_checkpoint(note?.text ?? '')).toMatchObject({ origin: 'example.com/log/testdata', size: 15 });
  expect(to_hex(note?.signatures[0]?.key_id ?? new Uint8Array())).toBe('33d7b496');
});
test('its signature holds under its published test key, and not over another text', async () => {
  const key = parse_verifier_key('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx');
  const note = parse_note(tessera);
  if (!key || !note) throw new Error('not read');
  expect(to_hex(await key_id_of(sha256, key))).toBe(to_hex(key.key_id));
  expect(await check_note(subtle, note, key)).toBe('holds');
  expect(await check_note(subtle, { ...note, text: note.text.replace('15', '16') }, key)).toBe('fails');
});
test.each(['', 'text\n', 'text\n\n', 'text\n\nno dash\n', 'text\n\n\u2014 name !!!\n', 'text\n\n\u2014 name AAAA\n', tessera.slice(0, -1)])(
  'what is no note is refused: %j',
  (text) => expect(parse_note(text)).toBeNull(),
);
test.each(['', 'origin\n', 'origin\n01\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n', 'origin\n9007199254740992\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n', 'origin\n1\nAAAA\n'])(
  'what is no checkpoint is refused: %j',
  (text) => expect(parse_checkpoint(text)).toBeNull(),
);
test.each(['', 'name', 'name+00000000', 'name+0000000g+AAAA', 'name+00000000+AAAA'])(
  'what is no verifier key is refused: %j',
  (text) => expect(parse_verifier_key(text)).toBeNull(),
);
