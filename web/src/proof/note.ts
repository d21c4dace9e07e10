import { equal, from_base64, join } from './bytes';
import { hash_bytes, type Hash, type Sha256 } from './merkle';

/** C2SP signed-note: a text, and who signed it. */
export type Note = { text: string; signatures: NoteSignature[] };
export type NoteSignature = { name: string; key_id: Hash; signature: Hash };
/** C2SP tlog-checkpoint: the head of one log. */
export type Checkpoint = { origin: string; size: number; root: Hash };
/** C2SP signed-note verifier key, Ed25519 (type 0x01) only. */
export type VerifierKey = { name: string; key_id: Hash; public_key: Hash };
export type SignatureResult = 'holds' | 'fails' | 'not-checked';

const ed25519_type = 1;
const signature_line = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;

export function parse_note(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const match = signature_line.exec(line);
    const bytes = from_base64(match?.[2] ?? '');
    if (!match?.[1] || !bytes || bytes.length < 5) return null;
    signatures.push({ name: match[1], key_id: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, split + 1), signatures };
}

export function parse_checkpoint(text: string): Checkpoint | null {
  const [origin, size_text, root_text] = text.split('\n');
  if (!origin || !size_text || !/^(0|[1-9]\d*)$/.test(size_text)) return null;
  const root = from_base64(root_text ?? '');
  const size = Number(size_text);
  if (root?.length !== hash_bytes || !Number.isSafeInteger(size)) return null;
  return { origin, size, root };
}

export function parse_verifier_key(text: string): VerifierKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  const bytes = from_base64(match?.[3] ?? '');
  if (!match?.[1] || !match[2] || bytes?.length !== 33 || bytes[0] !== ed25519_type) return null;
  const key_id = Uint8Array.from(match[2].match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return { name: match[1], key_id, public_key: bytes.slice(1) };
}

/** The first four bytes of SHA-256(name, newline, type, key), as signed-note defines them. */
export async function key_id_of(sha256: Sha256, key: VerifierKey): Promise<Hash> {
  const name = new TextEncoder().encode(`${key.name}\n`);
  return (await sha256(join(name, Uint8Array.of(ed25519_type), key.public_key))).slice(0, 4);
}

/** Looks for the signature of `key` and checks it; other signers are passed over. */
export async function check_note(
  subtle: SubtleCrypto,
  note: Note,
  key: VerifierKey,
): Promise<SignatureResult> {
  const mine = note.signatures.filter((it) => it.name === key.name && equal(it.key_id, key.key_id));
  if (mine.length === 0) return 'fails';
  let imported: CryptoKey;
  try {
    imported = await subtle.importKey('raw', key.public_key, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return 'not-checked'; // A browser without Ed25519; every 32 bytes import elsewhere.
  }
  const text = new TextEncoder().encode(note.text);
  for (const { signature } of mine)
    if (!(await subtle.verify('Ed25519', imported, signature, text))) return 'fails';
  return 'holds';
}
