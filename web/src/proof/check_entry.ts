import type { InclusionProof } from '../api';
import { equal, from_base64 } from './bytes';
import { leaf_hash, walk_path, type Hash, type Sha256, type Step } from './merkle';
import { check_note, key_id_of, parse_checkpoint, parse_note, parse_verifier_key } from './note';
import type { Checkpoint, VerifierKey } from './note';

export type CheckName =
  | 'form' | 'leaf' | 'leaf-hash' | 'path' | 'checkpoint-size' | 'root' | 'key' | 'signature';
export type CheckResult = 'holds' | 'fails' | 'not-checked';
/** What the browser found out by itself, step by step; it stops at the first thing that fails. */
export type EntryCheck = {
  verdict: CheckResult;
  checks: { name: CheckName; result: CheckResult }[];
  leaf_text: string;
  leaf_hash: Hash | null;
  steps: Step[];
  root: Hash | null;
  checkpoint: Checkpoint | null;
  key: VerifierKey | null;
};

/** `shown_leaf` is the leaf (base64) that the page showed before; the proof must be about the same. */
export async function check_entry(
  subtle: SubtleCrypto,
  proof: InclusionProof,
  shown_leaf?: string,
): Promise<EntryCheck> {
  const check = new_check();
  const sha256: Sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
  const leaf = from_base64(proof.leaf);
  const path = proof.path.map(from_base64);
  const note = parse_note(proof.checkpoint);
  check.checkpoint = note && parse_checkpoint(note.text);
  check.key = parse_verifier_key(proof.verifierKey);
  const whole = leaf && note && check.checkpoint && check.key && path.every((hash) => hash !== null);
  if (!say(check, 'form', Boolean(whole))) return check;
  if (!leaf || !note || !check.checkpoint || !check.key) return check;
  check.leaf_text = new TextDecoder().decode(leaf);
  if (shown_leaf !== undefined && !say(check, 'leaf', shown_leaf === proof.leaf)) return check;

  const own = await leaf_hash(sha256, leaf);
  check.leaf_hash = own;
  const claimed = from_base64(proof.leafHash);
  if (!say(check, 'leaf-hash', claimed !== null && equal(own, claimed))) return check;

  const { size, root } = check.checkpoint;
  const walk = await walk_path(sha256, own, proof.index, proof.size, path as Hash[]);
  if (!say(check, 'path', typeof walk !== 'string') || typeof walk === 'string') return check;
  check.steps = walk.steps;
  check.root = walk.root;
  if (!say(check, 'checkpoint-size', size === proof.size)) return check;
  if (!say(check, 'root', equal(walk.root, root))) return check;

  const id = await key_id_of(sha256, check.key);
  const named = equal(id, check.key.key_id) && check.key.name === check.checkpoint.origin;
  if (!say(check, 'key', named)) return check;
  const signature = await check_note(subtle, note, check.key);
  check.checks.push({ name: 'signature', result: signature });
  check.verdict = signature;
  return check;
}

function new_check(): EntryCheck {
  return {
    verdict: 'fails', checks: [], leaf_text: '', leaf_hash: null, steps: [], root: null,
    checkpoint: null, key: null,
  };
}

function say(check: EntryCheck, name: CheckName, holds: boolean): boolean {
  check.checks.push({ name, result: holds ? 'holds' : 'fails' });
  return holds;
}
