// Who needs to know a case, the second officer and the shift, played at the desks of two running nodes;
// tests/nodes/need.py starts them. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD, COMITY_SHOTS } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const arrive_ms_max = 15_000;
const number = `NEED-${Date.now().toString(36)}`;
const theirs = `BG/${number}`;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

const act = (page, name) => page.waitForSelector(`[data-act=${name}]`, { timeout: arrive_ms_max });

describe('who needs to know', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, officer, colleague, next;
  before(async () => {
    browser = await open_browser();
    [sofia, officer, colleague, next] = [await open_window(browser), await open_window(browser), await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(officer.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
    await sign_in(colleague.page, COMITY_RO_URL, 'colleague', COMITY_PASSWORD);
    await sign_in(next.page, COMITY_RO_URL, 'next', COMITY_PASSWORD);

    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'new'));
    await page.waitForSelector('#to');
    await page.selectOption('#to', 'RO');
    await page.selectOption('#kind', 'residence');
    await page.selectOption('#purpose', 'investigation');
    await page.fill('#offence', 'vehicle theft');
    await page.fill('#caseNumber', number);
    await page.fill('#eraseBy', erase_by);
    await page.click('[data-add="query.person.identities"]');
    await page.selectOption('#query-person-identities-0-kind', 'lawful');
    await page.fill('#query-person-identities-0-familyName', 'Попов TEST');
    await page.selectOption('#facts-judicial-reserved', 'false');
    await page.waitForSelector('#send[aria-disabled=false]');
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${number}`);
  });
  after(() => browser?.close());

  test('a new request shows a case officer that it is there and no more, and a duty officer takes it', async () => {
    const { page } = colleague;
    const row = `a[href="#/inbox/${encodeURIComponent(theirs)}"]`;
    await page.waitForSelector(row, { timeout: arrive_ms_max });
    assert.doesNotMatch(await page.textContent('.list'), /Попов/);
    await page.click(row);
    await page.waitForSelector('[data-closed-case]');
    assert.doesNotMatch(await page.textContent('#main'), /Попов|vehicle theft/);
    await check_page(page, 'a case that one does not need to know');
    await picture(page, 'closed-untaken');

    await officer.page.waitForSelector(`[data-take="${theirs}"]`, { timeout: arrive_ms_max });
    await check_page(officer.page, 'an inbox with what nobody has');
    await picture(officer.page, 'inbox-untaken');
    await officer.page.click(`[data-take="${theirs}"]`);
    await officer.page.waitForSelector(`[data-take="${theirs}"]`, { state: 'detached' });
    await officer.page.goto(case_at(COMITY_RO_URL, theirs));
    await act(officer.page, 'access-taken');
    await officer.page.waitForSelector('[data-holder="Duty officer TEST"]');
    await check_page(officer.page, 'a case with its list');
    await picture(officer.page, 'access-list');
  });

  test('another duty officer opens it in an emergency, and whoever has it sees why', async () => {
    const { page } = next;
    await page.goto(case_at(COMITY_RO_URL, theirs));
    await page.waitForSelector('[data-closed-case]');
    await check_page(page, 'a case of others');
    await picture(page, 'closed-of-others');
    await page.fill('#emergency-reason', 'A child is missing, TEST.');
    await page.click('[data-emergency]');
    await page.waitForSelector('[data-shown=familyName]');
    await officer.page.waitForSelector('[data-broken-in]', { timeout: arrive_ms_max });
    assert.match(await officer.page.textContent('[data-broken-in]'), /A child is missing/);
    await check_page(officer.page, 'an emergency opening, seen by who has the case');
    await picture(officer.page, 'emergency');
  });

  test('a refusal waits for a second officer, who is named, and leaves on his word', async () => {
    const { page } = officer;
    await page.click('[data-part=access] summary');
    await page.selectOption('#need-officer', 'colleague');
    await page.fill('#need-reason', 'Second officer');
    await page.click('[data-part=access] form button[type=submit]');
    await page.waitForSelector('[data-holder="Case officer TEST"]');
    await page.click('[data-step=refusal]');
    await page.selectOption('#content-ground', 'national-law');
    await page.fill('#content-text', 'Our law does not let us look, TEST.');
    await page.waitForSelector('#step-send[aria-disabled=false]');
    await page.click('#step-send');
    await page.waitForSelector('[data-proposal=waiting]');
    await page.waitForSelector('[data-take-back]');
    assert.equal(await page.$('[data-confirm]'), null);
    await check_page(page, 'what one has proposed');
    await picture(page, 'proposed');

    await colleague.page.goto(case_at(COMITY_RO_URL, theirs));
    await colleague.page.waitForSelector('[data-confirm]', { timeout: arrive_ms_max });
    assert.match(await colleague.page.textContent('[data-proposal]'), /Our law does not let us look/);
    await check_page(colleague.page, 'what a second officer confirms');
    await picture(colleague.page, 'second-officer');
    await colleague.page.click('[data-confirm]');
    await act(colleague.page, 'proposal-confirmed');
    await act(page, 'refusal-sent');
    await act(sofia.page, 'refusal-received');
  });

  test('tasks, and a shift that is handed over by name', async () => {
    const { page } = officer;
    await sofia.page.goto(case_at(COMITY_BG_URL, number));
    await sofia.page.waitForSelector('[data-part=errands]');
    await page.goto(at(COMITY_RO_URL, 'shift'));
    await page.waitForSelector('[data-begin-shift]');
    await check_page(page, 'no shift yet');
    await picture(page, 'shift-none');
    await page.click('[data-begin-shift]');
    await page.waitForSelector('[data-shift]');
    await page.goto(case_at(COMITY_RO_URL, theirs));
    await page.click('[data-part=errands] summary');
    await page.fill('#errand-text', 'Ask Lom for the file, TEST');
    await page.click('[data-add-errand]');
    await page.waitForSelector('[data-errand="1"]');
    await check_page(page, 'a case with a task');
    await picture(page, 'errand');
    await page.goto(at(COMITY_RO_URL, 'shift'));
    await act(page, 'errand-made');
    await page.fill('#shift-note', 'A quiet night.');
    await check_page(page, 'a shift');
    await picture(page, 'shift');
    await page.emulateMedia({ media: 'print' });
    if (COMITY_SHOTS) await page.screenshot({ path: `${COMITY_SHOTS}/shift-print.png`, fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await page.click('[data-offer-shift]');
    await page.waitForSelector('[data-offered-at]');
    await next.page.goto(at(COMITY_RO_URL, 'shift'));
    await next.page.waitForSelector('[data-offered="Duty officer TEST"]');
    await check_page(next.page, 'a shift to be taken over');
    await picture(next.page, 'shift-offered');
    await next.page.click('[data-take-shift]');
    await next.page.waitForSelector('[data-shift]');
    await page.reload();
    await page.waitForSelector('[data-begin-shift]');
  });

  test('no page complained', () => {
    // A case is asked for by who may not open it, and that is answered with 403.
    const refused = 'console: Failed to load resource: the server responded with a status of 403 (Forbidden)';
    const early = 'console: Failed to load resource: the server responded with a status of 404 (Not Found)';
    for (const { complaints } of [sofia, officer, colleague, next])
      assert.deepEqual(complaints.filter((it) => it !== refused && it !== early), []);
  });
});
