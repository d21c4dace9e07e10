// Data protection between two States, played at the desks of two running nodes; tests/nodes/rights.py starts them.
// COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const last_day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const arrive = { timeout: 20_000 };
const number = `RIGHTS-${Date.now().toString(36)}`;
const theirs = `BG/${number}`;
const card = '[data-part=protection]';

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

/** Opens what can be done with an item and chooses. */
async function begin(page, item, act) {
  if (!(await page.isVisible(`${card} [data-protected=${item}] [data-act=${act}]`)))
    await page.click(`${card} [data-protected=${item}] summary`);
  await page.click(`${card} [data-protected=${item}] [data-act=${act}]`);
  await page.waitForSelector(`[data-rights-form=${act}]`);
}
const send = (page) => page.click('[data-rights-send]');

describe('data protection', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest, protector;
  before(async () => {
    browser = await open_browser();
    [sofia, bucharest, protector] = [await open_window(browser), await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'new'));
    await page.waitForSelector('#to');
    await page.selectOption('#to', 'RO');
    await page.selectOption('#kind', 'vehicle-owner');
    await page.fill('#query-vehicle-plate', 'B 123 ABC');
    await page.selectOption('#purpose', 'investigation');
    await page.selectOption('#needGround', 'identify-owner');
    await page.fill('#offence', 'vehicle theft');
    await page.fill('#caseNumber', number);
    await page.fill('#eraseBy', erase_by);
    await page.waitForSelector('#send[aria-disabled=false]');
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${number}`);
    await page.waitForSelector(`${card} [data-protected=answer]`, arrive);
    await bucharest.page.goto(case_at(COMITY_RO_URL, theirs));
    await bucharest.page.waitForSelector(`${card} [data-protected=answer]`, arrive);
  });
  after(() => browser?.close());

  test('what Sofia corrects is corrected in Bucharest, marked there and confirmed here', async () => {
    const { page } = sofia;
    await begin(page, 'request', 'correct');
    await page.selectOption('#rights-member', 'vehicle.plate');
    await page.fill('#rights-right', 'B 124 ABC');
    await check_page(page, 'a correction');
    await picture(page, 'correction-form');
    await send(page);
    await page.waitForSelector(`${card} [data-notice=corrected]`, arrive);
    await check_page(page, 'a correction that is confirmed');
    await picture(page, 'correction-confirmed');
    await bucharest.page.waitForSelector(`${card} [data-corrected]`, arrive);
    const [answer, request] = await bucharest.page.$$eval('.plate', (items) => items.map((it) => it.textContent));
    assert.match(answer, /B 123 ABC/, 'what Romania said stays as it said it');
    assert.match(request, /B 124 ABC/);
    await check_page(bucharest.page, 'a corrected content');
    await picture(bucharest.page, 'correction-received');
  });

  test('a doubt goes to Bucharest, which says why it is right', async () => {
    await begin(sofia.page, 'answer', 'doubt');
    await sofia.page.fill('#rights-text', 'Seen under another name TEST');
    await send(sofia.page);
    const { page } = bucharest;
    await page.waitForSelector(`${card} [data-notice=open] [data-act=note]`, arrive);
    await sign_in(protector.page, COMITY_RO_URL, 'protection', COMITY_PASSWORD);
    await protector.page.goto(at(COMITY_RO_URL, 'protection'));
    await protector.page.waitForSelector('[data-open=doubt-notice]', arrive);
    await check_page(protector.page, 'the desk of data protection');
    await picture(protector.page, 'desk');
    await page.click(`${card} [data-act=note]`);
    await page.fill('#rights-text', 'Checked TEST');
    await send(page);
    await sofia.page.waitForSelector(`${card} [data-notice=answered]`, arrive);
  });

  test('a consent is asked, given under a condition until a day, and taken back', async () => {
    await begin(sofia.page, 'answer', 'ask');
    await sofia.page.selectOption('#rights-purpose', 'prevention');
    await sofia.page.fill('#rights-text', 'A series of thefts TEST');
    await picture(sofia.page, 'consent-form');
    await send(sofia.page);
    await sofia.page.waitForSelector(`${card} [data-consent=open]`, arrive);
    const { page } = bucharest;
    await page.waitForSelector(`${card} [data-act=answer]`, arrive);
    await page.click(`${card} [data-act=answer]`);
    await page.fill('#rights-last', last_day);
    await page.fill('#rights-text', 'Not in court TEST');
    await check_page(page, 'an answer on a consent');
    await picture(page, 'consent-answer');
    await send(page);
    await sofia.page.waitForSelector(`${card} [data-consent=granted]`, arrive);
    await check_page(sofia.page, 'a consent that was given');
    await picture(sofia.page, 'consent-given');
    await page.click(`${card} [data-act=withdraw]`);
    await page.fill('#rights-text', 'Trial opened TEST');
    await send(page);
    await sofia.page.waitForSelector(`${card} [data-consent=withdrawn]`, arrive);
  });

  test('a data protection officer has the register of the other State read and sweeps his own', async () => {
    const { page } = protector;
    for (const party of ['RO', 'BG']) {
      await page.click(`[data-compare=${party}]`);
      await page.waitForSelector(`[data-register=${party}] [data-outcome="0"]`, arrive);
    }
    await check_page(page, 'registers held against each other');
    assert.match(await page.textContent('[data-register=BG]'), /protection/);
    await picture(page, 'registers');
  });

  test('a data protection officer draws a sample and draws the same again', async () => {
    const { page } = protector;
    const drawn = async () => {
      await page.fill('#log-seed', 'TEST-1');
      await page.fill('#log-count', '3');
      await page.click('[data-draw]');
      await page.waitForSelector('[data-operation]', arrive);
      return page.$$eval('[data-operation]', (items) => items.map((it) => it.textContent));
    };
    assert.equal((await drawn()).length, 3);
    await check_page(page, 'a sample');
    await picture(page, 'sample');
    await page.selectOption('#log-by', 'officer');
    await page.fill('#log-whom', 'protection');
    await page.click('[data-show-log]');
    await page.waitForFunction(() => document.querySelectorAll('[data-operation]').length > 3);
    assert.match(await page.textContent('[data-operation]'), / protection /);
    await page.fill('#log-whom', 'node');
    await page.click('[data-show-log]');
    await page.waitForFunction(() => document.querySelectorAll('[data-operation]').length > 3);
  });

  test('nothing was complained about', () => {
    for (const window of [sofia, bucharest, protector]) assert.deepEqual(window.complaints, []);
  });
});
