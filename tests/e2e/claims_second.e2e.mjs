// A claim that two officers send, played at the desk of a running node that wants two; tests/nodes/claims.py starts it
// after claims.e2e.mjs, which left the draft. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const arrive = { timeout: 60_000 };
const claim = 'BG-CL-1';

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

async function take(page, act) {
  await page.click(`[data-do=${act}]`, arrive);
  await page.click(`[data-take=${act}]`);
}

describe('a claim where two officers send', { skip: given ? false : 'no nodes given' }, () => {
  let browser, first, second;
  before(async () => {
    browser = await open_browser();
    [first, second] = [await open_window(browser), await open_window(browser)];
    await sign_in(first.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(second.page, COMITY_BG_URL, 'colleague', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('waits, with what is proposed and by whom; the first officer does not send it alone', async () => {
    const { page } = first;
    await page.goto(case_at(COMITY_BG_URL, 'CLAIM-1'));
    await page.click('[data-part=access] summary');
    await page.selectOption('#need-officer', 'colleague');
    await page.fill('#need-reason', 'Second officer');
    await page.click('[data-part=access] form button[type=submit]');
    await page.waitForSelector('[data-holder="Next officer TEST"]');
    await page.goto(at(COMITY_BG_URL, `claims/${claim}`));
    await page.waitForSelector('#main [data-claim-state=draft]', arrive);
    await take(page, 'claimed');
    await page.waitForSelector('[data-waiting]', arrive);
    await page.waitForSelector('#main [data-claim-state=proposed]');
    const told = await page.textContent('[data-waiting]');
    assert.match(told, /12\.50/);
    assert.match(told, /Duty officer TEST/);
    await check_page(page, 'claim proposed');
    await picture(page, '10-proposed');
    assert.deepEqual(first.complaints, []);
    assert.equal(await page.$('[data-do=claimed]'), null, 'nobody is his own second officer');
    assert.ok(await page.$('[data-do=dropped]'));
  });

  test('leaves when the second officer sends it', async () => {
    const { page } = second;
    await page.goto(at(COMITY_BG_URL, `claims/${claim}`));
    await page.waitForSelector('[data-waiting]', arrive);
    await check_page(page, 'the second officer');
    await picture(page, '12-second');
    await take(page, 'claimed');
    await page.waitForSelector('#main [data-claim-state=open]', arrive);
    assert.equal(await page.$('[data-waiting]'), null);
    await page.waitForFunction(() => document.querySelector('[data-outstanding]')?.dataset.outstanding === '1250');
    await picture(page, '13-sent');
    assert.deepEqual(second.complaints, []);
  });
});
