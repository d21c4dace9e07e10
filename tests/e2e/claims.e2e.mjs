// What a sample cost becomes a claim, played at the desks of two running nodes; tests/nodes/claims.py starts them.
// COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';
import { day, type_profile, write_sample } from './sample_draft.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD, COMITY_SHEET } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD && COMITY_SHEET;
const arrive_ms_max = 60_000;
const claim = 'RO-CL-1';

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD and COMITY_SHEET must be set');

const stands = (page, status) => page.waitForSelector(`[data-sample=${status}]`, { timeout: arrive_ms_max });
const claim_at = (url) => at(url, `claims/${claim}`);

/** The claim's page says so, after whatever is still under way has come. */
const is = (page, state, outstanding) =>
  page.waitForFunction(([of, sum]) => document.querySelector(`#main [data-claim-state=${of}]`)
    && document.querySelector('[data-outstanding]')?.dataset.outstanding === sum, [state, String(outstanding)], { timeout: arrive_ms_max });

async function take(page, act, fields = {}) {
  await page.click(`[data-do=${act}]`, { timeout: arrive_ms_max });
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'ground') await page.selectOption('#ground', value);
    else await page.fill(`#${field}`, value);
  }
  await page.click(`[data-take=${act}]`);
  await page.waitForSelector(`[data-take=${act}]`, { state: 'detached' });
}
async function net(page, url, balance) {
  await page.goto(at(url, 'claims'));
  await page.waitForSelector(`[data-balance="${balance}"]`);
  return Number(await page.getAttribute(`[data-balance="${balance}"]`, 'data-net'));
}
async function nets_to(bucharest, sofia, sum) {
  assert.equal(await net(bucharest.page, COMITY_RO_URL, 'BG EUR'), sum);
  assert.equal(await net(sofia.page, COMITY_BG_URL, 'RO EUR'), sum === 0 ? 0 : -sum);
}

describe('a claim', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest;
  before(async () => {
    browser = await open_browser();
    [sofia, bucharest] = [await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('follows from what a sample cost, as a draft with who paid and expected by who owes', async () => {
    await write_sample(sofia.page, COMITY_BG_URL, 'CLAIM-1');
    await sofia.page.fill('#purposeWanted', 'to compare with a stain TEST');
    await sofia.page.waitForSelector('#send[aria-disabled=false]');
    await sofia.page.click('#send');
    await stands(sofia.page, 'not-permitted');
    const { page } = bucharest;
    await page.goto(case_at(COMITY_RO_URL, 'BG/CLAIM-1'));
    await stands(page, 'not-permitted');
    await page.fill('#conditionsMet', 'The court TEST gave its order.');
    await page.check('#lawful');
    await page.click('[data-take=permitted]');
    await stands(page, 'permitted');
    await type_profile(page, COMITY_SHEET, '340.00');
    await page.click('[data-take=typed]');
    await stands(page, 'typed');
    await page.waitForSelector(`[data-case-claim="${claim}"]`);
    await stands(sofia.page, 'typed');
    await sofia.page.waitForSelector('[data-expected]', { timeout: arrive_ms_max });
    await check_page(sofia.page, 'expected');
    await picture(page, '01-case-with-draft');
    await page.goto(claim_at(COMITY_RO_URL));
    await is(page, 'draft', 0);
    await take(page, 'claimed');
    await is(page, 'open', 34000);
    await check_page(page, 'claim');
    await picture(page, '02-claim-open');
  });

  test('is paid in part, and both desks show what is left', async () => {
    const { page } = sofia;
    await page.goto(claim_at(COMITY_BG_URL));
    await is(page, 'open', 34000);
    await page.click('[data-do=paid]');
    await page.fill('#amount', '340.01');
    await page.fill('#reference', 'TEST-REF-1');
    await page.fill('#paidOn', day(0));
    await page.click('[data-take=paid]');
    await page.waitForSelector('#amount-failure');
    assert.match(await page.textContent('#amount-failure'), /340\.00 EUR at most/);
    await check_page(page, 'payment above what is outstanding');
    await picture(page, '03-above');
    sofia.complaints.splice(0); // the browser's own word on the 409 that was asked for
    await take(page, 'paid', { amount: '150.00', reference: 'TEST-REF-1' });
    await page.waitForSelector('[data-entry=paid]');
    await bucharest.page.waitForSelector('[data-entry=paid]', { timeout: arrive_ms_max });
    await take(bucharest.page, 'received');
    await is(bucharest.page, 'open', 19000);
    await is(page, 'open', 19000);
    await nets_to(bucharest, sofia, 19000);
    await check_page(page, 'claims');
    await picture(page, '04-claims');
  });

  test('is disputed with its ground, taken back in part and settled', async () => {
    for (const [each, url] of [[sofia, COMITY_BG_URL], [bucharest, COMITY_RO_URL]]) await each.page.goto(claim_at(url));
    await take(sofia.page, 'disputed', { ground: 'not-proved', text: 'No bill of the laboratory TEST.' });
    await is(bucharest.page, 'disputed', 19000);
    assert.match(await bucharest.page.textContent('#main'), /No bill of the laboratory TEST/);
    await picture(bucharest.page, '05-disputed');
    await take(bucharest.page, 'waived', { amount: '40.00' });
    await is(sofia.page, 'disputed', 15000);
    await take(sofia.page, 'accepted');
    await take(sofia.page, 'paid', { amount: '150.00', reference: 'TEST-REF-2' });
    await is(bucharest.page, 'accepted', 15000);
    await take(bucharest.page, 'received', {});
    for (const each of [bucharest, sofia]) await is(each.page, 'settled', 0);
    await check_page(sofia.page, 'settled');
    await picture(sofia.page, '06-settled');
    await nets_to(bucharest, sofia, 0);
    assert.equal(await sofia.page.$('[data-waits]'), null, 'no difference is left');
  });

  test('is found on paper: one line of the file each', async () => {
    const { page } = sofia;
    const text = await page.evaluate(async () => (await fetch(document.querySelector('[data-file]').href)).text());
    assert.match(text, /"RO-CL-1","RO","BG","CLAIM-1","A20\(3\)\(d\)",EUR,340\.00,40\.00,300\.00,0\.00,settled/);
  });

  test('who bears a cost is told with its paragraph while one types', async () => {
    const { page } = sofia;
    await page.goto(case_at(COMITY_BG_URL, 'CLAIM-1'));
    await page.click('[data-enter-cost]');
    await page.selectOption('#cost-kind', 'other');
    await page.fill('[data-cost-form] #amount', '12.50');
    await page.fill('#day', day(-1));
    await page.fill('#subject', 'Fence broken by a car in pursuit TEST');
    await page.waitForSelector('[data-bearer=BG][data-provision=A35]');
    await page.selectOption('#cost-kind', 'damage-by-data');
    await page.waitForSelector('#cost-refused option[value=other-party-error][disabled]', { state: 'attached' });
    await check_page(page, 'damage by data');
    await picture(page, '07-damage-by-data');
    await page.selectOption('#cost-kind', 'damage-by-officials');
    await page.waitForSelector('[data-bearer=RO][data-provision="A23(3)"]');
    await check_page(page, 'cost');
    await picture(page, '08-cost');
    await page.click('[data-save-cost]');
    await page.waitForSelector('[data-case-claim="BG-CL-1"]');
    await picture(page, '09-entered');
    assert.deepEqual([...sofia.complaints, ...bucharest.complaints], []);
  });
});
