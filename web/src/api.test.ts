import { expect, test } from 'vitest';
import { Api } from './api';

type Call = { url: string; init: RequestInit };
/** A transport that gives the next of the given responses and keeps what it was asked. */
function transport(...responses: (Response | Error)[]): { calls: Call[]; api: Api } {
  const calls: Call[] = [];
  const api = new Api(async (url, init) => {
    calls.push({ url, init });
    const next = responses.shift();
    if (!next || next instanceof Error) throw next ?? new Error('nothing left');
    return next;
  }, 'v1');
  return { calls, api };
}
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
const header = (call: Call | undefined, name: string): string | undefined => (call?.init.headers as Record<string, string>)[name];
const session = { actions: [], account: { name: 'a', displayName: 'A', roles: [], party: 'BG' }, csrfToken: 't-1', language: 'en' };

test('what changes something carries the token of the session, what reads does not', async () => {
  const { calls, api } = transport(json(session), json({ decision: {}, warnings: [] }), json({ items: [] }));
  await api.open_session('a', 'b');
  await api.try_decision({ to: 'RO' });
  await api.list_inbox(50);
  expect(calls.map((it) => header(it, 'X-CSRF-Token'))).toEqual([undefined, 't-1', undefined]);
  expect(calls[1]?.init.body).toBe('{"to":"RO"}');
});
test('after signing out the token is gone', async () => {
  const { calls, api } = transport(json(session), new Response(null, { status: 204 }), json({}, 200));
  await api.open_session('a', 'b');
  expect(await api.close_session()).toMatchObject({ ok: true, value: null });
  await api.try_decision({});
  expect(header(calls[2], 'X-CSRF-Token')).toBeUndefined();
});
test('a request that is not permitted is a result, one that was sent or proposed another', async () => {
  const decision = { verdict: 'refused' };
  const { api } = transport(json({ decision }), json({ caseNumber: '1', messageId: 'm', decision }, 201), json({ caseNumber: '1', proposal: 1, decision }, 202));
  expect(await api.send_request({})).toMatchObject({ ok: true, value: { sent: false, decision } });
  expect(await api.send_request({})).toMatchObject({ ok: true, value: { sent: true, caseNumber: '1', proposed: false } });
  expect(await api.send_request({})).toMatchObject({ ok: true, value: { sent: true, caseNumber: '1', proposed: true } });
});
test('an error keeps kind and field', async () => {
  const { api } = transport(json({ error: { kind: 'malformed', field: 'plate', message: 'too long' } }, 400));
  expect(await api.try_decision({})).toEqual({
    ok: false, failure: { kind: 'malformed', field: 'plate', message: 'too long', status: 400 },
  });
});
test('an error that is not ours is unavailable, and a node that does not answer unreachable', async () => {
  const { api } = transport(new Response('<html>', { status: 502 }), new Error('down'), new Response('{', { status: 200 }));
  expect(await api.read_node()).toMatchObject({ ok: false, failure: { kind: 'unavailable', status: 502 } });
  expect(await api.read_node()).toMatchObject({ ok: false, failure: { kind: 'unreachable', status: 0 } });
  expect(await api.read_node()).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
});
test('a case number with a slash stays one part of the address', async () => {
  const { calls, api } = transport(json({}));
  await api.read_case('а/1');
  expect(calls[0]?.url).toBe('v1/cases/%D0%B0%2F1');
});
