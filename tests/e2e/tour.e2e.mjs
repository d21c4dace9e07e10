// A look at every page that no other story opens; tests/nodes/tour.py starts the nodes. COMITY_SHOTS: a folder for
// pictures.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RS_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RS_URL && COMITY_PASSWORD;
const arrive = { timeout: 30_000 };

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RS_URL and COMITY_PASSWORD must be set');

async function show(page, name) {
  await page.waitForFunction(() => !document.querySelector('.skeleton'));
  await check_page(page, name);
  await picture(page, name);
}
async function visit(page, url, place, name, ready = 'h1:visible') {
  await page.goto(at(url, place));
  await page.waitForSelector(ready, arrive);
  await show(page, name);
}

describe('every page', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, belgrade, protector, administrator;
  before(async () => {
    browser = await open_browser();
    [sofia, belgrade, protector, administrator] = [await open_window(browser), await open_window(browser), await open_window(browser), await open_window(browser)];
  });
  after(() => browser?.close());

  test('the sign-in, and what it says of a wrong password', async () => {
    const { page } = await open_window(browser);
    await page.goto(COMITY_BG_URL);
    await page.waitForSelector('input[name=name]');
    await show(page, 'sign-in');
    await page.fill('input[name=name]', 'nobody');
    await page.fill('input[name=password]', 'not the password');
    await page.click('form button[type=submit]');
    await page.waitForSelector('#sign-in-failure');
    await show(page, 'sign-in-failed');
    await page.context().close();
  });

  test('a desk where nothing has happened yet', async () => {
    const { page } = belgrade;
    await sign_in(page, COMITY_RS_URL, 'officer', COMITY_PASSWORD);
    await show(page, 'empty-inbox');
    for (const place of ['new', 'call', 'notice', 'dna', 'kin', 'samples', 'runs', 'audit', 'messages', 'shift', 'find', 'statistics', 'directory'])
      await visit(page, COMITY_RS_URL, place, `empty-${place}`);
    await visit(page, COMITY_RS_URL, 'case/NO-SUCH-CASE', 'no-such-case', '.failure, [role=alert]');
  });

  test('an inbox, cases about a car, a stain and a missing person', async () => {
    const { page } = sofia;
    await sign_in(page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await page.waitForSelector('a.row[href="#/inbox/TOUR-1"]');
    await show(page, 'inbox');
    await visit(page, COMITY_BG_URL, 'inbox/TOUR-1', 'inbox-chosen', '.detail .answer');
    for (const number of ['TOUR-1', 'TOUR-2', 'TOUR-3']) {
      await page.goto(case_at(COMITY_BG_URL, number));
      await page.waitForSelector('[data-part=protection] [data-protected=answer], [data-match], .answer', arrive);
      await show(page, `case-${number}`);
    }
    await visit(page, COMITY_BG_URL, 'kin', 'kin', '#to');
    await visit(page, COMITY_BG_URL, 'audit', 'audit');
    await visit(page, COMITY_BG_URL, 'statistics', 'statistics', '[data-asked=out]');
  });

  test('messages, the proof of an entry and the health of the node', async () => {
    const { page } = sofia;
    await visit(page, COMITY_BG_URL, 'messages', 'messages', 'a.row');
    await page.click('a.row >> nth=0');
    await page.waitForSelector('pre.card');
    await show(page, 'message');
    await visit(page, COMITY_BG_URL, 'register/0', 'proof', '[data-proof=holds]');
    await visit(page, COMITY_BG_URL, 'health', 'health');
  });

  test('the Convention', async () => {
    const { page } = sofia;
    await visit(page, COMITY_BG_URL, 'treaty', 'treaty');
    await visit(page, COMITY_BG_URL, 'treaty/4/A4(6)-2', 'treaty-provision', '[data-card="A4(6)-2"]');
    await visit(page, COMITY_BG_URL, 'treaty/31', 'treaty-article', '[data-card]');
  });

  test('palette, keys, account', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'inbox'));
    await page.waitForSelector('#inbox-title');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('[role=combobox]');
    await show(page, 'palette');
    await page.keyboard.press('Escape');
    // A browser says after the key that a dialog closed: until then the desk's keys are the dialog's.
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] dl');
    await show(page, 'keys');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.click('.who');
    await page.waitForSelector('dialog[open]');
    await show(page, 'account-menu');
    await page.keyboard.press('Escape');
    await visit(page, COMITY_BG_URL, 'account', 'own-account', '.cards');
    await page.click('.cards .card:nth-of-type(2) button');
    await page.waitForSelector('[data-qr]');
    await show(page, 'own-account-enrolment');
  });

  test('accounts, at the desk of an administrator', async () => {
    const { page } = administrator;
    await page.goto(COMITY_BG_URL);
    await page.fill('input[name=name]', 'administrator');
    await page.fill('input[name=password]', COMITY_PASSWORD);
    await page.click('form button[type=submit]');
    await page.waitForSelector('[data-account=officer]');
    await show(page, 'accounts');
    await page.click('[data-account=officer]');
    await page.waitForSelector('input[name=display-name]');
    await show(page, 'account-of-another');
    await page.click('.find .button');
    await show(page, 'account-new');
    await page.fill('input[name=account-name]', 'fresh');
    await page.fill('input[name=display-name]', 'Fresh officer TEST');
    await page.check('input[value=case-officer]');
    await page.fill('input[name=new-password]', 'password2026!');
    await page.click('form[aria-labelledby=new-account] button[type=submit]');
    await page.waitForSelector('form [role=alert]');
    await show(page, 'account-common-password');
    await page.fill('input[name=new-password]', 'TEST given by hand');
    await page.click('form[aria-labelledby=new-account] button[type=submit]');
    await page.waitForSelector('[data-account=fresh]');
    for (const [place, name] of ['sign-ins', 'account-changes'].entries()) {
      await page.click(`.tabs button >> nth=${place + 1}`);
      await page.waitForSelector('table');
      await show(page, name);
    }
  });

  test('who was given a password takes one of his own before anything opens', async () => {
    const { page } = await open_window(browser);
    await page.goto(COMITY_BG_URL);
    await page.fill('input[name=name]', 'fresh');
    await page.fill('input[name=password]', 'TEST given by hand');
    await page.click('form button[type=submit]');
    await page.waitForSelector('[data-own-wanted]');
    await page.waitForFunction(() => document.activeElement?.name === 'own');
    await show(page, 'sign-in-own-password');
    assert.equal(await page.evaluate(async () => (await fetch('v1/session')).status), 401);
    await page.fill('input[name=own]', 'TEST of my own choice');
    await page.fill('input[name=own-again]', 'TEST of my own choice');
    await page.click('form button[type=submit]');
    await page.waitForSelector('#inbox-title');
    await page.context().close();
  });

  test('data protection', async () => {
    const { page } = protector;
    await sign_in(page, COMITY_BG_URL, 'protection', COMITY_PASSWORD);
    await visit(page, COMITY_BG_URL, 'protection', 'protection');
    await visit(page, COMITY_BG_URL, 'persons', 'persons');
    await visit(page, COMITY_BG_URL, 'register', 'register', 'a.check');
    await visit(page, COMITY_BG_URL, 'register/0', 'register-entry', '[data-proof=holds]');
  });

  test('a line that is down', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'inbox'));
    await page.waitForSelector('.live:not(.off)');
    await page.context().setOffline(true);
    await page.click('nav a[href="#/messages"]');
    await page.waitForSelector('.failure[role=alert]');
    await check_page(page, 'lost line');
    const languages = process.env.COMITY_SHOT_LANGUAGES;
    process.env.COMITY_SHOT_LANGUAGES = 'en'; // The words of another cannot come.
    await picture(page, 'lost-line');
    process.env.COMITY_SHOT_LANGUAGES = languages ?? 'en';
    await page.context().setOffline(false);
  });

  test('no page complained', () => {
    const expected = /^console: Failed to load resource: .*(400|404|ERR_INTERNET_DISCONNECTED)/;
    for (const { complaints } of [sofia, belgrade, protector, administrator])
      assert.deepEqual(complaints.filter((it) => !expected.test(it)), []);
  });
});
