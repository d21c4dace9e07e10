// A sample under Article 20(3), played at the desks of two running nodes; tests/nodes/sampling.py starts them.
// COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { case_at, check_page, check_words, open_browser, open_window, picture, sign_in } from './browser.mjs';
import { attach_order, type_profile, write_sample } from './sample_draft.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD, COMITY_SHEET } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD && COMITY_SHEET;
const arrive_ms_max = 60_000;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD and COMITY_SHEET must be set');

const stands = (page, status) => page.waitForSelector(`[data-sample=${status}]`, { timeout: arrive_ms_max });

const write = (page, number) => write_sample(page, COMITY_BG_URL, number);

describe('a sample', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest;
  before(async () => {
    browser = await open_browser();
    [sofia, bucharest] = [await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('without its purpose it does not leave, and the field is found', async () => {
    const { page } = sofia;
    await write(page, 'SAMPLE-1');
    await page.waitForSelector('#send[aria-disabled=true]');
    await page.click('#send', { force: true });
    await page.waitForFunction(() => document.activeElement?.id === 'purposeWanted');
    await picture(page, '01-no-purpose');
    await page.fill('#purposeWanted', 'to compare with a stain TEST');
    await page.waitForSelector('#send[aria-disabled=false]');
    // A20(3)(b): an order that is only told of is not attached.
    await page.click('#files [data-file] button[aria-label^=Remove]');
    await page.waitForSelector('#send[aria-disabled=true]');
    assert.match(await page.textContent('#send-why'), /A20\(3\)\(b\)|Art\. 20\(3\)\(b\)/);
    await attach_order(page);
    await page.waitForSelector('#send[aria-disabled=false]');
    await check_page(page, 'draft');
    await check_words(page, 'en');
    await picture(page, '02-draft');
    await page.click('#send');
    await stands(page, 'not-permitted');
    await check_page(page, 'asked');
    await picture(page, '03-asked');
  });

  test('the other desk has not confirmed its law: sampling is not permitted, and nothing leaves', async () => {
    const { page } = bucharest;
    await page.goto(case_at(COMITY_RO_URL, 'BG/SAMPLE-1'));
    await stands(page, 'not-permitted');
    // He reads the order before he decides.
    await page.waitForSelector('[data-case-files]');
    assert.match(await page.textContent('[data-case-files]'), /order TEST\.pdf/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-case-files] button[aria-label^=Save]')]);
    assert.match(readFileSync(await file.path(), 'latin1'), /^%PDF-1\.7 Order 17/);
    await page.fill('#conditionsMet', 'The court TEST gave its order.');
    await page.click('[data-take=permitted]');
    await page.waitForSelector('[role=alert] .red');
    await check_page(page, 'not permitted');
    await picture(page, '04-not-permitted');
    await stands(sofia.page, 'not-permitted');
    await page.check('#lawful');
    await page.click('[data-take=permitted]');
    await stands(page, 'permitted');
    await stands(sofia.page, 'permitted');
    await picture(sofia.page, '05-permitted');
  });

  test('the profile and its costs stand on both desks, and the profile meets our own file', async () => {
    const { page } = bucharest;
    await type_profile(page, COMITY_SHEET, '340.00');
    await check_page(page, 'profile');
    await picture(page, '06-profile');
    await page.click('[data-take=typed]');
    await stands(page, 'typed');
    await stands(sofia.page, 'typed');
    for (const each of [page, sofia.page]) assert.equal(await each.textContent('[data-costs]'), '€340.00');
    await sofia.page.click('text=Compare with our file');
    await sofia.page.waitForSelector('[data-match]');
    assert.match(await sofia.page.textContent('#main'), /BG-S-950/);
    await check_page(sofia.page, 'typed');
    await picture(sofia.page, '07-compared');
    await picture(page, '08-sent');
  });

  test('another is refused with its ground and its reasons', async () => {
    await write(sofia.page, 'SAMPLE-2');
    await sofia.page.fill('#purposeWanted', 'to compare with a stain TEST');
    await sofia.page.waitForSelector('#send[aria-disabled=false]');
    await sofia.page.click('#send');
    await stands(sofia.page, 'not-permitted');
    const { page } = bucharest;
    await page.goto(case_at(COMITY_RO_URL, 'BG/SAMPLE-2'));
    await stands(page, 'not-permitted');
    await page.click('details.step summary');
    await page.selectOption('#ground', 'national-law');
    await page.fill('#reason', 'The court did not give its order TEST.');
    await check_page(page, 'refusal');
    await picture(page, '09-refusal');
    await page.click('[data-take=refused]');
    await stands(page, 'refused');
    await stands(sofia.page, 'refused');
    assert.match(await sofia.page.textContent('#main'), /The court did not give its order TEST/);
    await picture(sofia.page, '10-refused');
    assert.deepEqual([...sofia.complaints, ...bucharest.complaints], []);
  });
});
