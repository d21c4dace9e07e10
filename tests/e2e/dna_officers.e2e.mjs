// Two officers for what Article 20 sends, and further typing, played at the desks of two running nodes; tests/nodes/dna_officers.py starts
// them. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';
import { write_sample } from './sample_draft.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const arrive_ms_max = 60_000;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

const act = (page, name) => page.waitForSelector(`[data-act=${name}]`, { timeout: arrive_ms_max });

async function name_second(page) {
  await page.click('[data-part=access] summary');
  await page.selectOption('#need-officer', 'colleague');
  await page.fill('#need-reason', 'Second officer');
  await page.click('[data-part=access] form button[type=submit]');
  await page.waitForSelector('[data-holder="Case officer TEST"]');
}

describe('two officers', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, sofia_second, bucharest, bucharest_second;
  before(async () => {
    browser = await open_browser();
    [sofia, sofia_second, bucharest, bucharest_second] = [await open_window(browser), await open_window(browser), await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(sofia_second.page, COMITY_BG_URL, 'colleague', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
    await sign_in(bucharest_second.page, COMITY_RO_URL, 'colleague', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('a request for a sample waits with its order, which the second officer opens before he confirms', async () => {
    const { page } = sofia;
    await write_sample(page, COMITY_BG_URL, 'TWO-1');
    await page.fill('#purposeWanted', 'to compare with a stain TEST');
    await page.waitForSelector('#send[aria-disabled=false]');
    await page.click('#send');
    await page.waitForSelector('[data-proposal=waiting]');
    assert.equal(await page.$('[data-sample]'), null, 'nothing was asked yet');
    await check_page(page, 'proposed');
    await picture(page, 'sample-proposed');
    await name_second(page);

    const second = sofia_second.page;
    await second.goto(case_at(COMITY_BG_URL, 'TWO-1'));
    await second.waitForSelector('[data-confirm]', { timeout: arrive_ms_max });
    assert.match(await second.textContent('[data-proposal]'), /Order 17\/2026/);
    await second.waitForSelector('[data-proposal] [data-case-files]');
    assert.match(await second.textContent('[data-proposal]'), /order TEST\.pdf/);
    await check_page(second, 'the second officer');
    await picture(second, 'sample-second');
    await second.click('[data-confirm]');
    await act(second, 'dna-sampling-asked');
    await bucharest.page.goto(case_at(COMITY_RO_URL, 'BG/TWO-1'));
    await bucharest.page.waitForSelector('[data-sample=not-permitted]', { timeout: arrive_ms_max });
    await bucharest.page.waitForSelector('[data-case-files]');
  });

  test('a hit is told when two officers have seen it', async () => {
    const { page } = bucharest;
    await page.goto(at(COMITY_RO_URL, 'inbox'));
    await page.click('[data-take="BG/TWO-2"]');
    await page.waitForSelector('[data-take="BG/TWO-2"]', { state: 'detached' });
    await page.goto(case_at(COMITY_RO_URL, 'BG/TWO-2'));
    await act(page, 'dna-hit-waits');
    await check_page(page, 'a hit that waits');
    await picture(page, 'hit-waits');
    await page.click('[data-release]');
    await page.waitForSelector('[data-proposal=waiting]');
    assert.equal(await page.$('[data-release]'), null);
    await name_second(page);

    const second = bucharest_second.page;
    await second.goto(case_at(COMITY_RO_URL, 'BG/TWO-2'));
    await second.waitForSelector('[data-confirm]', { timeout: arrive_ms_max });
    assert.match(await second.textContent('[data-proposal]'), /RO-P-2/);
    await check_page(second, 'a hit before the second officer');
    await picture(second, 'hit-second');
    await second.click('[data-confirm]');
    await act(page, 'dna-result-sent');
    await sofia.page.goto(case_at(COMITY_BG_URL, 'TWO-2'));
    await sofia.page.waitForSelector('[data-result=hit]', { timeout: arrive_ms_max });
    assert.equal(await sofia.page.$('[data-typing]'), null, 'what is ours to type, Sofia does not order');
  });

  test('a weak hit has its further loci ordered, and what they cost becomes the draft of a claim', async () => {
    const { page } = bucharest;
    await page.click('[data-typing] summary');
    const loci = await page.inputValue('[data-field$=loci] input');
    assert.match(loci, /D2S441/);
    await page.fill('[data-field$=laboratory] input', 'Laboratory RO TEST');
    await page.fill('[data-field$=amount] input', '120.00');
    await check_page(page, 'further typing');
    await picture(page, 'typing');
    await page.click('[data-typing] button');
    await act(page, 'dna-typing-ordered');
    await act(page, 'claim-drafted');
    await page.waitForSelector('[data-typing]', { state: 'detached' });
    assert.match(await page.textContent('[data-act=dna-typing-ordered]'), /RO-P-2.*D2S441/);
    await check_page(page, 'typing ordered');
    await picture(page, 'typing-ordered');
    assert.deepEqual([sofia, sofia_second, bucharest, bucharest_second].flatMap((each) => each.complaints), []);
  });
});
