// The first connection of two files of profiles, played at the desks of two running nodes; tests/nodes/first_run.py
// starts them. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const arrive_ms_max = 60_000;
const number = 'RUN-DESK';
const theirs = `BG/${number}`;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

const run_at = (url, which) => at(url, `runs/${encodeURIComponent(which)}`);
const state_is = (page, state) => page.waitForSelector(`[data-run-state=${state}]`, { timeout: arrive_ms_max });

describe('a first connection', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest;
  before(async () => {
    browser = await open_browser();
    [sofia, bucharest] = [await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('what chance will give is shown before it is proposed', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'runs'));
    await page.waitForSelector('#to');
    await page.selectOption('#to', 'RO');
    await page.selectOption('#purpose', 'investigation');
    await page.fill('#offence', 'open stains TEST');
    await page.fill('#caseNumber', number);
    await page.fill('#eraseBy', new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10));
    await page.check('#lawful');
    await page.waitForSelector('#send[aria-disabled=false]');
    assert.match(await page.textContent('#main'), /By chance alone in the whole run/);
    await check_page(page, 'proposal');
    await picture(page, '01-proposal');
    await page.click('#send');
    await state_is(page, 'proposed');
  });

  test('the other desk sees its own figure, agrees, and nothing has left', async () => {
    const { page } = bucharest;
    await page.goto(run_at(COMITY_RO_URL, theirs));
    await state_is(page, 'proposed');
    await page.waitForSelector('.chance');
    await check_page(page, 'answer');
    await picture(page, '02-answer');
    await page.click('[data-step=agree]');
    await state_is(page, 'agreed');
    await state_is(sofia.page, 'agreed');
    assert.match(await sofia.page.textContent('#main'), /Nothing leaves before you begin/);
    await picture(sofia.page, '03-agreed');
  });

  test('both desks follow it live until it is complete', async () => {
    await sofia.page.click('[data-step=begin]');
    await sofia.page.waitForSelector('[data-run-state=running], [data-run-state=complete]', { timeout: arrive_ms_max });
    await picture(sofia.page, '04-running');
    await state_is(sofia.page, 'complete');
    await state_is(bucharest.page, 'complete');
    await sofia.page.click('details summary');
    await sofia.page.waitForSelector('[data-match]', { timeout: arrive_ms_max });
    await check_page(sofia.page, 'complete');
    await picture(sofia.page, '05-complete');
    await picture(bucharest.page, '06-complete-theirs');
    assert.deepEqual([...sofia.complaints, ...bucharest.complaints], []);
  });
});
