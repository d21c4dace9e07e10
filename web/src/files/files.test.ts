import { expect, test } from 'vitest';
import type { Answer, Api } from '../api';
import { blob_type, bring, piece_bytes, read_waiting, size_of, type WaitingFile } from './files';

/** A node that keeps what it is brought, and may break off once. */
class TrialNode {
  pieces: Blob[] = [];
  calls: string[] = [];
  break_at = 0;
  private bytes = 0;
  private get state(): WaitingFile {
    return { number: 7, name: 'a.jpg', mediaType: 'image/jpeg', bytes: this.bytes, pieces: Math.ceil(this.bytes / piece_bytes), here: this.pieces.length, until: '2026-12-01T00:00:00Z' };
  }
  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    this.calls.push(`${method} ${path}`);
    if (method === 'POST') this.bytes = (body as { bytes: number }).bytes;
    if (method === 'PUT' && this.break_at === this.pieces.length + 1) {
      this.break_at = 0;
      return { ok: false, failure: { kind: 'unreachable', field: '', message: '', status: 0 } };
    }
    if (method === 'PUT') this.pieces.push(body as Blob);
    if (method === 'GET' && path.includes('/pieces/')) return { ok: true, value: this.pieces[Number(path.split('/').pop()) - 1] as T, status: 200 };
    return { ok: true, value: this.state as T, status: 200 };
  }
}

const file = (): File => new File([new Uint8Array(2 * piece_bytes + 5).fill(65)], 'a.jpg');

test('a file comes in pieces of a mebibyte, the last with what is left', async () => {
  const node = new TrialNode();
  const shares: number[] = [];
  const answer = await bring(node as unknown as Api, file(), (it) => shares.push(it.here));
  expect(answer.ok).toBe(true);
  expect(node.pieces.map((it) => it.size)).toEqual([piece_bytes, piece_bytes, 5]);
  expect(shares).toEqual([0, 1, 2, 3]);
});

test('what broke off goes on with the next piece', async () => {
  const node = new TrialNode();
  node.break_at = 2;
  let last: WaitingFile | undefined;
  const broken = await bring(node as unknown as Api, file(), (it) => (last = it));
  expect(broken.ok).toBe(false);
  const answer = await bring(node as unknown as Api, file(), () => undefined, last);
  expect(answer.ok).toBe(true);
  expect(node.pieces.map((it) => it.size)).toEqual([piece_bytes, piece_bytes, 5]);
  expect(node.calls.filter((it) => it.startsWith('POST'))).toHaveLength(1);
});

test('what is read comes together again', async () => {
  const node = new TrialNode();
  const answer = await bring(node as unknown as Api, file(), () => undefined);
  if (!answer.ok) throw new Error('not brought');
  const read = await read_waiting(node as unknown as Api, answer.value, () => undefined);
  expect(read.ok && read.blob.size).toBe(2 * piece_bytes + 5);
});

test('only pictures keep their type: nothing runs under the origin of the desk', () => {
  expect(blob_type('image/png')).toBe('image/png');
  for (const type of ['text/html', 'image/svg+xml', 'application/pdf', undefined]) expect(blob_type(type)).toBe('application/octet-stream');
});

test('sizes are said in the unit that fits', () => {
  expect([0, 1023, 1024, 1_572_864, 15_728_640].map((it) => size_of(it, 'en'))).toEqual(['0 B', '1,023 B', '1 KiB', '1.5 MiB', '15 MiB']);
});
