// Two pretended nodes (Sofia and Bucharest) with the interface of api/openapi.yaml, for looking at the
// desk while the real node is being built. Not shipped; no test of record uses it.
// The law here is a handful of lines; the proofs and signatures are real.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const root = new URL('../../build/web/', import.meta.url).pathname;
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};
const slow_ms = Number(process.env.FIXTURE_SLOW_MS ?? 0);
const empty = process.env.FIXTURE_EMPTY === '1';
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const minutes = (n) => new Date(Date.now() + n * 60_000).toISOString().replace('Z', '000Z');

class Log {
  constructor(origin) {
    this.origin = origin;
    this.leaves = [];
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.private_key = privateKey;
    this.public_key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    this.key_id = sha256(Buffer.from(`${origin}\n`), Buffer.of(1), this.public_key).subarray(0, 4);
  }
  root_of(hashes) {
    if (hashes.length <= 1) return hashes[0] ?? sha256();
    const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
    return sha256(Buffer.of(1), this.root_of(hashes.slice(0, split)), this.root_of(hashes.slice(split)));
  }
  path_of(index, hashes) {
    if (hashes.length <= 1) return [];
    const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
    return index < split
      ? [...this.path_of(index, hashes.slice(0, split)), this.root_of(hashes.slice(split))]
      : [...this.path_of(index - split, hashes.slice(split)), this.root_of(hashes.slice(0, split))];
  }
  hashes() { return this.leaves.map((leaf) => sha256(Buffer.of(0), Buffer.from(leaf))); }
  checkpoint() {
    const text = `${this.origin}\n${this.leaves.length}\n${this.root_of(this.hashes()).toString('base64')}\n`;
    const signature = Buffer.concat([this.key_id, sign(null, Buffer.from(text), this.private_key)]);
    return `${text}\n\u2014 ${this.origin} ${signature.toString('base64')}\n`;
  }
  proof(index) {
    const hashes = this.hashes();
    return {
      index, size: hashes.length, leaf: Buffer.from(this.leaves[index]).toString('base64'),
      leafHash: hashes[index].toString('base64'),
      path: this.path_of(index, hashes).map((hash) => hash.toString('base64')),
      checkpoint: this.checkpoint(),
      verifierKey: `${this.origin}+${this.key_id.toString('hex')}+${Buffer.concat([Buffer.of(1), this.public_key]).toString('base64')}`,
    };
  }
}

const law_version = sha256(Buffer.from('fixture')).toString('hex');
const parties = [
  ['AL', '2007-10-10'], ['AT', '2011-10-10'], ['BA', '2007-10-10'], ['BG', '2009-03-01'], ['HR', '2019-05-27'], ['HU', '2012-12-10'],
  ['MD', '2007-10-10'], ['ME', '2007-10-10'], ['MK', '2007-10-10'], ['RO', '2007-10-10'], ['RS', '2007-10-10'], ['SI', '2013-05-21'],
].map(([code, inForceFrom]) => ({ code, name: code, inForceFrom, node: ['BG', 'RO', 'RS'].includes(code) }));

function judge(draft) {
  const finding = (provision, facts, ok, reason, source = 'PCC SEE', effect = 'requires') => ({
    provision, effect, result: ok === null ? 'missing' : ok === undefined ? 'not-applicable' : ok ? 'holds' : 'fails',
    source, facts, ...(ok === null ? { missing: facts.slice(0, 1) } : {}), reason,
  });
  const known = (value) => (value ? true : null);
  const findings = [
    finding('A1', ['purpose'], known(draft.purpose), 'The cooperation serves one of the four purposes of the Convention.'),
    finding('A4(1)-1', ['offence', 'judicial-reserved'], known(draft.offence), 'The request is for the police and not reserved to judicial authorities.'),
    finding('A4(2)-1', ['requested-authority', 'requesting-authority'], known(draft.to), 'Both authorities stand on the lists of their Parties.'),
    finding('A4(3)', ['requested-authority', 'route'], known(draft.to), 'The request goes between the National Central Units.'),
    finding('A4(4)-1', ['route'], undefined, 'Only for direct exchange between authorities.'),
    finding('A4(5)(a)-1', ['need-ground', 'kind'], draft.kind && draft.kind !== 'vehicle-owner' ? undefined : known(draft.needGround), 'The vehicle data are needed for one of the three grounds.'),
    finding('A4(5)(d)', ['kind'], undefined, 'Only for telecommunication subscribers.'),
    finding('A4(6)-1', ['medium'], true, 'The request is made in writing.'),
    finding('A4(6)-2', ['channel-secure', 'personal-data'], true, 'The connection is as secure as personal data demand.'),
    finding('A31(3)', ['requested-authority', 'personal-data'], known(draft.to), 'Data-protection provisions are in force at both Parties.'),
    finding('A31(4)(a)-1', ['purpose', 'personal-data'], known(draft.purpose), 'The data are used for the purpose they were sent for.'),
    finding('A31(4)(b)-1', ['erase-by', 'personal-data'], draft.eraseBy ? draft.eraseBy > new Date().toISOString().slice(0, 10) : null, 'The sender has set the day by which the personal data are destroyed.'),
    finding('A40(2)', ['requested-authority'], known(draft.to), 'The Convention is in force between both Parties on this day.'),
    finding('RES-HR(2)', ['disputed-territory'], draft.to === 'HR' ? false : undefined, 'Croatia gives no vehicle data where a border is unsettled.', 'reservation RES-HR(2)'),
    finding('A32(2)', ['classification-level'], undefined, 'Nothing here is classified.'),
  ];
  const results = findings.map((it) => it.result);
  const verdict = results.includes('fails') ? 'refused' : results.includes('missing') ? 'incomplete' : 'permitted';
  return {
    verdict, findings, deadlines: [], lawVersion: law_version,
    duties: [{ provision: 'A31(4)(e)-1', duty: 'record the transmission in the register' }],
  };
}

class Node {
  constructor(party, unit, name, zone, port) {
    Object.assign(this, { party, unit, name, zone, port });
    this.log = new Log(`${party.toLowerCase()}.ncu.test/register`);
    this.entries = [];
    this.cases = new Map();
    this.messages = [];
    this.sessions = new Map();
    this.streams = new Set();
    this.event_id = 0;
    this.seq = 0;
    this.peers = [];
  }
  tell(name, data) {
    this.event_id++;
    for (const stream of this.streams) stream.write(`id: ${this.event_id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  enter(act, from, to, purpose, provisions, message_id, erase_by) {
    const at = minutes(0);
    const leaf = JSON.stringify({ v: 1, act, at, from, to, purpose, provisions, messageId: message_id, eraseBy: erase_by, lawVersion: law_version, commitment: sha256(Buffer.from(randomUUID())).toString('base64') });
    this.log.leaves.push(leaf);
    const index = this.log.leaves.length - 1;
    this.entries.push({ index, leaf: Buffer.from(leaf).toString('base64'), act, at, from, to, purpose, provisions, messageId: message_id, eraseBy: erase_by, lawVersion: law_version });
    this.tell('register', { size: this.log.leaves.length });
    return index;
  }
  message(kind, direction, from, to, case_number, entry) {
    const id = randomUUID();
    this.seq++;
    const manifest = JSON.stringify({ v: 1, id, type: kind, from: { state: from }, to: [{ state: to }], seq: this.seq, createdAt: minutes(0), purpose: 'investigation', parts: [{ n: 1, mediaType: 'application/json', bytes: 412, cipherSha256: sha256(Buffer.from(id)).toString('hex') }] }, null, 2);
    const it = { id, kind, direction, from, to, seq: this.seq, createdAt: minutes(0), state: direction === 'out' ? 'queued' : 'received', caseNumber: case_number, manifest, receipts: [], entryIndex: entry };
    this.messages.unshift(it);
    return it;
  }
}

const bg = new Node('BG', 'International Operational Cooperation Directorate', 'NCU Sofia', 'Europe/Sofia', Number(process.env.FIXTURE_BG_PORT ?? 18081));
const ro = new Node('RO', 'International Police Cooperation Centre', 'NCU Bucharest', 'Europe/Bucharest', Number(process.env.FIXTURE_RO_PORT ?? 18082));
bg.peers = [{ party: 'RO', unit: ro.unit, reachable: true, queued: 0, lastContactAt: minutes(-1) }, { party: 'RS', unit: 'NCU Belgrade', reachable: false, queued: 2, lastContactAt: minutes(-190) }];
ro.peers = [{ party: 'BG', unit: bg.unit, reachable: true, queued: 0, lastContactAt: minutes(-1) }, { party: 'RS', unit: 'NCU Belgrade', reachable: true, queued: 0 }];

const vehicle = {
  plate: 'B 123 ABC', registrationState: 'RO', vin: 'UU1KSDABC12345678', make: 'Dacia', model: 'Logan', category: 'M1', colour: 'gri', firstRegistration: '2019-03-14', stolen: false,
  owner: { familyName: 'Ștefănescu TEST', givenName: 'Andreea-Ioana', birthDate: '1984-06-02', address: 'Str. Țepeș Vodă 12, București' },
  holder: { familyName: 'Brâncuș TEST', givenName: 'Mihăiță', birthDate: '1979-11-23', address: 'Bd. Carol I 5, Iași' },
};
const cyrillic_vehicle = {
  plate: 'СА 4821 ХТ', registrationState: 'BG', vin: 'TMBJJ7NE0H0123456', make: 'Škoda', model: 'Octavia', category: 'M1', colour: 'син', firstRegistration: '2017-09-01', stolen: true,
  owner: { familyName: 'Железаров TEST', givenName: 'Щилиян Юриев', birthDate: '1971-01-30', address: 'ж.к. Младост 1, бл. 33, София' },
  holder: { familyName: 'Железаров TEST', givenName: 'Щилиян Юриев', birthDate: '1971-01-30', address: 'ж.к. Младост 1, бл. 33, София' },
};
const base = (from, to, draft, state, number) => ({
  number, kind: draft.kind, purpose: draft.purpose, offence: draft.offence, needGround: draft.needGround, requesting: from, requested: to,
  state, openedAt: minutes(0), clocks: [], timeline: [], decisions: [],
  request: { plate: draft.plate, registrationState: draft.registrationState ?? to, urgency: draft.urgency ?? 'routine', eraseBy: draft.eraseBy, requestingAuthority: from === 'BG' ? bg.unit : ro.unit, requestedAuthority: to === 'BG' ? bg.unit : ro.unit },
});
const mark = (it, act, actor, provisions, facts, message_id, entry) => it.timeline.push({ at: minutes(0), recordedAt: minutes(0), act, actor, provisions, facts, messageId: message_id, entryIndex: entry });

function exchange(from, to, draft, actor, found, wait_ms) {
  const number = draft.caseNumber ?? '2026-0001';
  const decision = judge({ ...draft, to: to.party });
  const it = base(from.party, to.party, draft, 'waiting', number);
  const entry = from.enter('sent', from.party, to.party, draft.purpose, ['A4(5)(a)-1', 'A31(4)(b)-1'], undefined, draft.eraseBy);
  const message = from.message('request', 'out', from.party, to.party, number, entry);
  from.entries[entry].messageId = it.request.messageId = message.id;
  it.due = minutes(draft.due ?? 1440);
  it.clocks.push({ id: 'answer', provision: 'A4(1)-1', startedAt: minutes(0), dueAt: it.due });
  mark(it, 'case-opened', actor, [], {});
  mark(it, 'request-judged', `${from.party} node`, ['A1', 'A4(5)(a)-1'], { verdict: 'permitted' });
  mark(it, 'request-sent', actor, ['A4(1)-1'], { party: to.party }, message.id, entry);
  it.decisions.push({ role: 'sender', party: from.party, at: minutes(0), decision });
  from.cases.set(number, it);
  from.tell('case', { number });
  const answer = () => {
    const theirs = base(from.party, to.party, draft, 'answered', `${from.party}/${number}`);
    theirs.peerNumber = number;
    it.peerNumber = theirs.number;
    const in_entry = to.enter('received', from.party, to.party, draft.purpose, ['A4(5)(a)-1', 'A31(4)(e)-1'], message.id, draft.eraseBy);
    const in_message = { ...message, direction: 'in', state: 'received', caseNumber: theirs.number, entryIndex: in_entry, receipts: [] };
    to.messages.unshift(in_message);
    const receipt = { kind: 'durable', at: minutes(0), text: JSON.stringify({ v: 1, kind: 'durable', messageId: message.id, pairSeq: message.seq, persistedAt: minutes(0) }, null, 2) };
    message.receipts.push(receipt);
    in_message.receipts.push(receipt);
    message.state = 'delivered';
    theirs.request.messageId = message.id;
    mark(theirs, 'request-received', `${from.party} node`, ['A4(1)-1'], { party: from.party }, message.id, in_entry);
    mark(theirs, 'request-judged', `${to.party} node`, ['A4(5)(a)-1'], { verdict: 'permitted' }, message.id);
    mark(it, 'receipt-received', `${to.party} node`, [], { party: to.party }, message.id);
    const received = { role: 'receiver', party: to.party, at: minutes(0), decision };
    it.decisions.push(received);
    theirs.decisions.push(it.decisions[0], received);
    const result = found ? 'hit' : 'no-hit';
    const reply = { result, vehicles: found ? [{ ...found, plate: draft.plate }] : [], purpose: draft.purpose, ...(found ? { eraseBy: draft.eraseBy } : {}) };
    const out_entry = to.enter('sent', to.party, from.party, draft.purpose, ['A31(4)(a)-1', 'A31(4)(b)-1'], undefined, draft.eraseBy);
    const out = to.message('answer', 'out', to.party, from.party, theirs.number, out_entry);
    const back = from.enter('received', to.party, from.party, draft.purpose, ['A31(4)(a)-1', 'A31(4)(e)-1'], out.id, draft.eraseBy);
    from.messages.unshift({ ...out, direction: 'in', state: 'received', caseNumber: number, entryIndex: back });
    theirs.answer = it.answer = reply;
    mark(theirs, 'answer-sent', `${to.party} node`, ['A31(4)(a)-1'], { party: from.party, result }, out.id, out_entry);
    mark(it, 'answer-received', `${to.party} node`, ['A31(4)(a)-1'], { party: to.party, result }, out.id, back);
    it.state = 'answered';
    it.clocks = [{ id: 'answer', provision: 'A4(1)-1', startedAt: it.openedAt, elapsed: 1.4 }, { id: 'erase', provision: 'A31(4)(b)-1', startedAt: minutes(0), dueAt: `${draft.eraseBy}T00:00:00.000000Z` }];
    theirs.clocks = [...it.clocks];
    delete it.due;
    to.cases.set(theirs.number, theirs);
    to.tell('case', { number: theirs.number });
    from.tell('case', { number });
  };
  if (wait_ms === 0) answer();
  else if (wait_ms > 0) setTimeout(answer, wait_ms);
  return { caseNumber: number, messageId: message.id, decision };
}

function seed() {
  const plain = { kind: 'vehicle-owner', purpose: 'investigation', offence: 'vehicle theft', needGround: 'identify-owner', eraseBy: '2029-11-22', plate: 'B 77 XYZ' };
  exchange(bg, ro, { ...plain, caseNumber: '2026-0401', plate: 'B 700 TST' }, 'И. Петрова TEST', vehicle, 0);
  exchange(bg, ro, { ...plain, caseNumber: '2026-0402', plate: 'CJ 12 ABC', purpose: 'detection' }, 'И. Петрова TEST', null, 0);
  exchange(ro, bg, { ...plain, caseNumber: 'RO-2026-91', plate: 'СА 4821 ХТ', registrationState: 'BG' }, 'M. Ionescu TEST', cyrillic_vehicle, 0);
  for (const [i, due] of [[3, 41], [4, 130], [5, 330], [6, 475], [7, -12], [8, 5000]])
    exchange(bg, ro, { ...plain, caseNumber: `2026-040${i}`, plate: `B ${100 + i} TST`, due, urgency: due < 200 ? 'urgent' : 'routine', offence: i === 6 ? 'A very long description of an offence that goes on and on, so that one sees what the page does with a text of the greatest length that the form allows for this field, two hundred' : 'vehicle theft' }, 'И. Петрова TEST', null, -1);
  const refused = exchange(bg, ro, { ...plain, caseNumber: '2026-0410', plate: 'IS 09 TST' }, 'И. Петрова TEST', null, -1);
  const it = bg.cases.get(refused.caseNumber);
  it.state = 'refused';
  delete it.due;
  it.refusal = { ground: 'national-law', provision: 'A30(1)-2', text: 'The request concerns a vehicle whose data are reserved by national law until the court has decided. A new request may be made after that.' };
  mark(it, 'refusal-received', 'NCU Bucharest', ['A30(1)-2'], { party: 'RO' });
  for (let i = 0; i < 70; i++) bg.enter('received', 'RS', 'BG', 'prevention', ['A31(4)(e)-1'], randomUUID(), '2029-01-01');
}
if (!empty) seed();

const inbox_of = (node) => [...node.cases.values()]
  .map((it) => ({
    caseNumber: it.number, messageId: it.request.messageId, kind: 'request', direction: it.requesting === node.party ? 'out' : 'in', from: it.requesting, to: it.requested,
    title: { kind: it.kind, plate: it.request.plate }, state: it.state, dueAt: it.due, dueSource: it.due && 'setting', receivedAt: it.openedAt,
  }))
  .sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || b.receivedAt.localeCompare(a.receivedAt));

const fail = (status, kind, field, message) => ({ status, body: { error: { kind, field, message } } });
const ok = (body, status = 200) => ({ status, body });
const accounts = { officer: ['И. Петрова TEST', 'M. Ionescu TEST'] };

function answer(node, method, path, query, body, session) {
  const [, place, id, more] = path.split('/').map(decodeURIComponent);
  if (place === 'session') return ok(session);
  if (place === 'node') return ok({ party: node.party, unit: node.unit, name: node.name, zone: node.zone, version: '0.1.0', lawVersion: law_version, test: true, clocks: { amberLeftMinutes: 360, redLeftMinutes: 60, amberGoneMinutes: 30, redGoneMinutes: 120 }, peers: node.peers, register: { origin: node.log.origin, size: node.log.leaves.length, root: node.log.root_of(node.log.hashes()).toString('base64'), at: minutes(0) } });
  if (place === 'codes') return ok({ purposes: ['threat-to-public-security', 'prevention', 'detection', 'investigation'], kinds: ['vehicle-owner', 'driving-licence', 'residence', 'telecom-subscriber', 'identification', 'object-origin', 'wanted-search', 'search-measures', 'interview', 'crime-scene', 'witness-protection', 'pursuit-information', 'mass-event', 'other'], needGrounds: ['identify-owner', 'identify-means', 'vehicle-data-needed'], refusalGrounds: ['security', 'other-important-interests', 'national-law'], urgencies: ['routine', 'urgent', 'flash'], parties, languages: ['en', 'bg', 'es'] });
  if (place === 'inbox') return ok({ items: inbox_of(node) });
  if (place === 'cases') return node.cases.has(id) ? ok(node.cases.get(id)) : fail(404, 'not-found', 'number', 'no such case');
  if (place === 'decisions' && !body.to) return fail(400, 'malformed', 'to', 'to is missing');
  if (place === 'decisions') return ok({ decision: judge(body), warnings: body.plate && !/^[A-ZА-Я]{1,3}[ -]?\d{1,4}[ -]?[A-ZА-Я]{0,3}$/i.test(body.plate) ? [{ field: 'plate', code: 'plate-format' }] : [] });
  if (place === 'requests') {
    if (!body.plate) return fail(400, 'malformed', 'plate', 'plate is missing');
    if (!body.caseNumber) return fail(400, 'malformed', 'caseNumber', 'caseNumber is missing');
    if (node.cases.has(body.caseNumber)) return fail(409, 'conflict', 'caseNumber', 'the case number is in use');
    const decision = judge(body);
    if (decision.verdict !== 'permitted') return ok({ decision });
    const to = body.to === 'RO' ? ro : bg;
    return ok(exchange(node, to, body, session.account.displayName, /123|700/.test(body.plate) ? vehicle : null, 1500), 201);
  }
  if (place === 'messages' && !id) return ok({ messages: node.messages.map(({ manifest: _m, receipts: _r, entryIndex: _e, ...line }) => line) });
  if (place === 'messages') {
    const found = node.messages.find((it) => it.id === id);
    return found ? ok(found) : fail(404, 'not-found', 'id', 'no such message');
  }
  if (place === 'register' && more === 'proof') return node.log.leaves[id] ? ok(node.log.proof(Number(id))) : fail(404, 'not-found', 'index', 'no such entry');
  if (place === 'register') {
    const before = Number(query.get('before') ?? node.entries.length);
    return ok({ size: node.entries.length, entries: node.entries.slice(Math.max(0, before - Number(query.get('limit') ?? 50)), before).reverse() });
  }
  return fail(404, 'not-found', 'path', 'no such place');
}

function serve(node) {
  createServer(async (request, response) => {
    const url = new URL(request.url, 'http://node');
    const cookie = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const send = ({ status, body }, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    if (!url.pathname.startsWith('/v1')) {
      const path = join(root, normalize(url.pathname === '/' ? 'index.html' : url.pathname));
      if (!existsSync(path)) return send(fail(404, 'not-found', '', 'no such file'));
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
      return createReadStream(path).pipe(response);
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text ? JSON.parse(text) : {};
    const path = url.pathname.slice(3);
    if (slow_ms) await new Promise((done) => setTimeout(done, slow_ms));
    if (path === '/session' && request.method === 'POST') {
      if (body.password !== 'demo' || !accounts[body.name]) return send(fail(401, 'not-authentic', '', 'name or password does not hold'));
      const token = randomUUID();
      const display = accounts[body.name][node.party === 'BG' ? 0 : 1];
      const session = { account: { name: body.name, displayName: display, roles: ['officer'], party: node.party }, csrfToken: randomUUID(), language: 'en' };
      node.sessions.set(token, session);
      return send(ok(session), { 'Set-Cookie': `session=${token}; HttpOnly; SameSite=Strict; Path=/` });
    }
    const session = node.sessions.get(cookie);
    if (!session) return send(fail(401, 'not-authentic', '', 'no session'));
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrfToken) return send(fail(403, 'not-permitted', 'X-CSRF-Token', 'wrong token'));
    if (path === '/session' && request.method === 'DELETE') {
      node.sessions.delete(cookie);
      return send({ status: 204 }, { 'Set-Cookie': 'session=; Max-Age=0; Path=/' });
    }
    if (path === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': here\n\n');
      node.streams.add(response);
      return request.on('close', () => node.streams.delete(response));
    }
    send(answer(node, request.method, path, url.searchParams, body, session));
  }).listen(node.port, '127.0.0.1', () => console.log(`${node.name} http://127.0.0.1:${node.port}`));
}
serve(bg);
serve(ro);
