// Files beside messages: brought to the node in pieces, read from it in pieces.
import type { Answer, Api, Failure } from '../api';
import type { components } from '../../generated/api';

export type WaitingFile = components['schemas']['WaitingFile'];
export type CaseFile = components['schemas']['CaseFile'];
export type CaseFileLine = components['schemas']['CaseFileLine'];

export const piece_bytes = 1_048_576;
/** What the file chooser offers; the node looks at the bytes. */
export const offered = '.pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.wsq,.mp4,.m4a,.mov,.wav,.mp3,.nst,.an2,.nist,.txt,.csv';
/** Shown by the desk itself: pictures that carry no program. */
export const shown_types = ['image/jpeg', 'image/png', 'image/webp'];

const of_case = (number: string, line: CaseFileLine): string =>
  `/cases/${encodeURIComponent(number)}/files/${encodeURIComponent(line.messageId)}/${line.n}`;

export const find_file = (api: Api, number: number): Promise<Answer<WaitingFile>> => api.call('GET', `/files/${number}`);
export const discard_file = (api: Api, number: number): Promise<Answer<null>> => api.call('DELETE', `/files/${number}`);

/** All of it, or from where it broke off; `told` after each piece. */
export async function bring(api: Api, file: File, told: (it: WaitingFile) => void, before?: WaitingFile): Promise<Answer<WaitingFile>> {
  let answer: Answer<WaitingFile> = before
    ? await find_file(api, before.number)
    : await api.call('POST', '/files', { name: file.name.normalize('NFC'), bytes: file.size });
  while (answer.ok) {
    const it: WaitingFile = answer.value;
    told(it);
    if (it.here === it.pieces) return answer;
    const piece = file.slice(it.here * piece_bytes, (it.here + 1) * piece_bytes);
    answer = await api.call('PUT', `/files/${it.number}/pieces/${it.here + 1}`, new Blob([piece]));
  }
  return answer;
}

export type Read = { ok: true; blob: Blob } | { ok: false; failure: Failure };

async function read(pieces: number, one: (piece: number) => Promise<Answer<Blob>>, type: string, told: (share: number) => void): Promise<Read> {
  const parts: Blob[] = [];
  for (let piece = 1; piece <= pieces; ++piece) {
    const answer = await one(piece);
    if (!answer.ok) return { ok: false, failure: answer.failure };
    parts.push(answer.value);
    told(piece / pieces);
  }
  return { ok: true, blob: new Blob(parts, { type }) };
}

export const open_file = (api: Api, number: string, line: CaseFileLine): Promise<Answer<CaseFile>> => api.call('GET', of_case(number, line));
export const read_file = (api: Api, number: string, file: CaseFile, told: (share: number) => void): Promise<Read> =>
  read(file.pieces, (piece) => api.call('GET', `${of_case(number, file.line)}/pieces/${piece}`), blob_type(file.foundType), told);
export const read_waiting = (api: Api, file: WaitingFile, told: (share: number) => void): Promise<Read> =>
  read(file.pieces, (piece) => api.call('GET', `/files/${file.number}/pieces/${piece}`), blob_type(file.mediaType), told);

/** No type that a browser would run under the desk's own origin. */
export function blob_type(found: string | undefined): string {
  return found && shown_types.includes(found) ? found : 'application/octet-stream';
}

const units = ['B', 'KiB', 'MiB', 'GiB'] as const;
export function size_of(bytes: number, locale: string): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    ++unit;
  }
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 }).format(size)} ${units[unit]}`;
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
