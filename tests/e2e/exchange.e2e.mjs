// Issue 2 section 5: Sofia asks, Bucharest answers, both see it, anybody can check it.
// Two running nodes are given by the environment; make test starts them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { check_page, check_words, open_browser, open_window, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_USER, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_USER && COMITY_PASSWORD;
const plate = process.env.COMITY_PLATE ?? 'B 123 ABC';
// A number of its own each time, so that the same nodes can be asked again.
const case_number = `E2E-${Date.now().toString(36)}`;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const answer_ms_max = 15_000;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL, COMITY_USER and COMITY_PASSWORD must be set');

describe('one request, asked, judged, answered, proved and seen', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest;
  before(async () => {
    browser = await open_browser();
    sofia = await open_window(browser);
    bucharest = await open_window(browser);
  });
  after(() => browser?.close());

  test('the page comes with a policy that allows no inline script and no other origin', async () => {
    const answer = await sofia.page.request.get(COMITY_BG_URL);
    const policy = answer.headers()['content-security-policy'] ?? '';
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part), `${part} is missing in: ${policy}`);
    assert.ok(!policy.includes('unsafe'), policy);
  });

  test('a wrong password is refused without saying which part was wrong', async () => {
    const { page } = await open_window(browser);
    await page.goto(COMITY_BG_URL);
    await page.waitForSelector('input[name=name]');
    await check_page(page, 'sign in');
    await page.fill('input[name=name]', 'TEST-nobody');
    await page.fill('input[name=password]', 'wrong');
    await page.click('form button[type=submit]');
    await page.waitForSelector('#sign-in-failure');
    assert.equal(await page.textContent('#sign-in-failure'), 'Name or password is not right.');
    await page.context().close();
  });

  test('Sofia signs in and finds the inbox', async () => {
    await sign_in(sofia.page, COMITY_BG_URL, COMITY_USER, COMITY_PASSWORD);
    await check_page(sofia.page, 'inbox');
  });

  test('the form says what is missing while one types, and sends nothing before it is permitted', async () => {
    const { page } = sofia;
    await page.keyboard.press('n');
    await page.waitForSelector('#to');
    await check_page(page, 'request, empty');
    await page.selectOption('#to', 'RO');
    await page.waitForSelector('.decision-side [data-verdict=incomplete]');
    await page.selectOption('#kind', 'vehicle-owner');
    await page.fill('#query-vehicle-plate', plate);
    await page.selectOption('#purpose', 'investigation');
    await page.selectOption('#needGround', 'identify-owner');
    await page.fill('#offence', 'vehicle theft');
    await page.fill('#caseNumber', case_number);
    await page.click('#send', { force: true });
    await page.waitForSelector('.against [data-provision="A31(4)(b)-1"][data-result=missing]');
    await page.waitForFunction(() => document.activeElement.id === 'eraseBy');
    assert.equal(await page.getAttribute('#send', 'aria-disabled'), 'true');
    await check_page(page, 'request, incomplete');
    await page.fill('#eraseBy', erase_by);
    await page.waitForSelector('.decision-side [data-verdict=permitted]');
    await check_page(page, 'request, permitted');
  });

  test('what breaks a rule is refused with its article, and cannot be sent', async () => {
    const { page } = sofia;
    await page.fill('#eraseBy', '2020-01-01');
    await page.waitForSelector('.decision-side [data-verdict=refused]');
    await page.waitForSelector('.against [data-provision="A31(4)(b)-1"][data-result=fails]');
    await page.click('#send', { force: true });
    assert.match(await page.textContent('#send-why'), /Art\. 31\(4\)\(b\)/);
    assert.match(new URL(page.url()).hash, /^#\/new/);
    await check_page(page, 'request, refused');
  });

  test('a session that ends brings the sign-in, and what was typed is still there', async () => {
    const { page } = sofia;
    await page.context().clearCookies();
    await page.fill('#eraseBy', erase_by);
    await page.waitForSelector('input[name=password]');
    await page.fill('input[name=name]', COMITY_USER);
    await page.fill('input[name=password]', COMITY_PASSWORD);
    await page.click('form button[type=submit]');
    await page.waitForSelector('#query-vehicle-plate');
    assert.equal(await page.inputValue('#query-vehicle-plate'), plate);
    assert.equal(await page.inputValue('#eraseBy'), erase_by);
    await page.waitForSelector('.decision-side [data-verdict=permitted]');
  });

  test('the answer arrives by itself', async () => {
    const { page } = sofia;
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${case_number}`);
    // No reload from here: what changes is told by the event stream.
    await page.evaluate(() => { globalThis.same_document = true; });
    await page.waitForSelector('.answer [data-result=hit]', { timeout: answer_ms_max });
    assert.equal(await page.evaluate(() => globalThis.same_document), true);
    const acts = await page.$$eval('[data-act]', (items) => items.map((it) => it.dataset.act));
    for (const act of ['request-sent', 'receipt-received', 'answer-received']) assert.ok(acts.includes(act), `${act} in ${acts}`);
    assert.ok((await page.$$('[data-verdict=permitted]')).length >= 2, 'both sides have judged');
    await check_page(page, 'case');
  });

  test('the browser proves the entry of the sending by itself', async () => {
    const { page } = sofia;
    await page.click('[data-act=request-sent] a[href^="#/register/"]');
    await page.waitForSelector('[data-proof]');
    assert.equal(await page.getAttribute('[data-proof]', 'data-proof'), 'holds');
    const checks = await page.$$eval('[data-check]', (items) => items.map((it) => `${it.dataset.check} ${it.dataset.result}`));
    for (const name of ['leaf-hash', 'path', 'root', 'key', 'signature']) assert.ok(checks.includes(`${name} holds`), checks.join());
    await check_page(page, 'register');
  });

  test('a leaf altered by one byte on the way does not check', async () => {
    const { page } = sofia;
    await page.route('**/proof', async (route) => {
      const answer = await route.fetch();
      const proof = await answer.json();
      const leaf = Buffer.from(proof.leaf, 'base64');
      leaf[leaf.length - 2] ^= 1;
      await route.fulfill({ response: answer, json: { ...proof, leaf: leaf.toString('base64') } });
    });
    await page.reload();
    await page.waitForSelector('[data-proof=fails]');
    await page.unroute('**/proof');
  });

  test('the message shows its manifest and its receipt', async () => {
    const { page } = sofia;
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForSelector('#messages-title');
    await page.click(`a.row:has-text("${case_number}") >> nth=-1`);
    await page.waitForSelector('pre.card');
    const manifest = JSON.parse(await page.textContent('pre.card'));
    assert.equal(typeof manifest.seq, 'number');
    await page.waitForSelector('details.card');
    await check_page(page, 'messages');
  });

  test('Bucharest sees the same exchange from the other side', async () => {
    const { page } = bucharest;
    await sign_in(page, COMITY_RO_URL, COMITY_USER, COMITY_PASSWORD);
    const message_id = await sofia.page.textContent('dd.mono');
    await page.goto(`${COMITY_RO_URL.replace(/\/$/, '')}/#/messages/${message_id.trim()}`);
    await page.waitForSelector('pre.card');
    assert.equal(await page.textContent('pre.card'), await sofia.page.textContent('pre.card'), 'the same bytes');
    await page.click('dl a[href^="#/case/"]');
    await page.waitForSelector('.answer [data-result=hit]');
    const acts = await page.$$eval('[data-act]', (items) => items.map((it) => it.dataset.act));
    for (const act of ['request-received', 'request-judged', 'answer-sent']) assert.ok(acts.includes(act), `${act} in ${acts}`);
    await check_page(page, 'case at Bucharest');
  });

  test('a finding leads to its article, whose parameters follow the date', async () => {
    const { page } = sofia;
    await page.goto(`${COMITY_BG_URL.replace(/\/$/, '')}/#/case/${case_number}`);
    await page.click('[data-provision="A31(4)(b)-1"] a.article >> nth=0');
    await page.waitForSelector('[data-card="A31(4)(b)-1"].chosen:focus');
    await check_page(page, 'article 31');
    await page.fill('#treaty-search', 'implementing');
    await page.click('a.row[href="#/treaty/34"]');
    await page.waitForSelector('[data-parameter="BG-RS-2010"][data-when=in-effect]');
    await page.focus('#treaty-slider');
    await page.keyboard.press('Home');
    await page.waitForSelector('[data-parameter="BG-RS-2010"][data-when=not-yet]', { state: 'attached' });
    assert.equal(await page.inputValue('.slider input[type=date]'), '2006-05-05');
    await page.fill('.slider input[type=date]', '2010-12-09');
    await page.waitForSelector('[data-parameter="BG-RS-2010"][data-when=not-yet]', { state: 'attached' });
    await page.click('.slider button:nth-of-type(2)');
    assert.equal(await page.inputValue('.slider input[type=date]'), '2010-12-10');
    await page.waitForSelector('[data-parameter="BG-RS-2010"][data-when=in-effect]');
    await page.waitForSelector('[data-parameter="TEST-BG-RO"] .chip:has-text("TEST")');
    await check_page(page, 'article 34');
  });

  test('a case is tried, and the decision follows each fact', async () => {
    const { page } = sofia;
    await page.goto(`${COMITY_BG_URL.replace(/\/$/, '')}/#/treaty/41`);
    const text_case = page.locator(`[data-case="classified to Bulgaria's partner under a security agreement"]`);
    while (!(await text_case.count())) await page.click('section button.more');
    await text_case.locator('summary').click();
    await text_case.locator('.foot button').click();
    await page.waitForSelector('#try-decision [data-verdict=permitted]');
    await check_page(page, 'a case in the form');
    const permission = page.locator('[data-fact=supervisor-permission]');
    await permission.locator('label:has-text("no") >> nth=0').click();
    await page.waitForSelector('#try-decision [data-verdict=refused]');
    await page.waitForSelector('.against [data-provision="RES-BG(2)"][data-result=fails]');
    await permission.locator('label:has-text("not known")').click();
    await page.waitForSelector('#try-decision [data-verdict=incomplete]');
    await permission.locator('.chip:has-text("needed")').waitFor();
    await page.click('.against [data-provision="RES-BG(2)"] button.fact');
    await page.waitForFunction(() => document.activeElement.name === 'fact-supervisor-permission');
    await check_page(page, 'the form, incomplete');
    // What was typed is still there after a look elsewhere; a measure of the card goes into the form.
    await page.keyboard.press('Escape');
    await page.click('nav a[href="#/inbox"]');
    await page.click('nav a[href="#/treaty"]');
    await page.waitForSelector('#try-decision [data-verdict=incomplete]');
    assert.equal(await page.inputValue('#fact-purpose'), 'investigation');
  });

  test('everything is within reach of the keyboard', async () => {
    const { page } = sofia;
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForSelector('a.row[href^="#/inbox/"]');
    await page.keyboard.press('j');
    await page.waitForSelector('a.row[aria-current=true]:focus');
    await page.waitForSelector('.detail article');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash.startsWith('#/case/'));
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] dl');
    await check_page(page, 'keys');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('messa');
    await page.waitForSelector('#palette-0:has-text("Messages")');
    await check_page(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForSelector('a.row');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.focus('a[href^="#/register/"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-proof=holds]');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForSelector('#treaty-title');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForSelector('#messages-title');
    // The first stop of the Tab key is the way past the header.
    await page.reload();
    await page.waitForSelector('#messages-title');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className.split(' ')[0]), 'skip');
  });

  test('a lost line is said, and the desk finds back by itself', async () => {
    const { page } = sofia;
    await page.click('nav a[href="#/treaty"]');
    await page.waitForSelector('.live:not(.off)');
    await page.context().setOffline(true);
    await page.click('nav a[href="#/messages"]');
    await page.waitForSelector('.failure[role=alert]');
    await check_page(page, 'lost line');
    await page.context().setOffline(false);
    await page.click('.failure button');
    await page.waitForSelector('a.row');
    await page.waitForSelector('.live:not(.off)');
  });

  test('every page holds in every language, light and dark, wide and narrow', async () => {
    const cookies = await sofia.page.context().cookies();
    const looks = [['light', 1440], ['dark', 390]];
    // Two scripts in both looks; every other language in one of them, in turns.
    for (const [at, language] of ['en', 'bg', 'es', 'ro', 'sr-Latn', 'sr-Cyrl', 'sq'].entries())
      for (const [colorScheme, width] of at < 2 ? looks : [looks[at % 2]]) {
        const { page, complaints } = await open_window(browser, { colorScheme, viewport: { width, height: 844 } });
        await page.context().addCookies(cookies);
        await page.addInitScript((it) => localStorage.setItem('comity.language', it), language);
        for (const place of ['inbox', 'new', 'dna', 'samples', 'messages', 'register/0', `case/${case_number}`, 'treaty', 'treaty/4/A4(6)-2', 'treaty/13']) {
          await page.goto(`${COMITY_BG_URL.replace(/\/$/, '')}/#/${place}`);
          await page.reload(); // Only the part after # differs, which is no page load.
          await page.waitForSelector('h1:visible');
          await page.waitForFunction(() => !document.querySelector('.skeleton'));
          await check_words(page, language, { facts_too: !place.startsWith('treaty') });
          await check_page(page, `${place} ${language} ${colorScheme} ${width}`);
        }
        assert.equal(await page.getAttribute('html', 'lang'), language);
        assert.deepEqual(complaints, []);
        await page.context().close();
      }
  });

  test('no page complained', () => {
    // What was brought about: the session that was taken away, the line that was cut.
    const expected = /^console: Failed to load resource: .*(401|ERR_INTERNET_DISCONNECTED)/;
    assert.deepEqual([...sofia.complaints, ...bucharest.complaints].filter((it) => !expected.test(it)), []);
  });

  test('signing out leaves nothing behind', async () => {
    const { page } = sofia;
    await page.click('.who');
    await page.click('dialog button:has-text("Sign out")');
    await page.waitForSelector('input[name=password]');
    const answer = await page.request.get(new URL('v1/inbox', COMITY_BG_URL).href);
    assert.equal(answer.status(), 401);
  });
});
