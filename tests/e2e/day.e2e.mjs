// An officer's day at the desks of three running nodes; tests/nodes/day.py starts them.
// COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_RS_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_RS_URL && COMITY_PASSWORD;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const arrive_ms_max = 20_000;
// Two by one: a red and a blue pixel.
const photograph = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR42mP4zwAE/wEHAAH/PX2MSQAAAABJRU5ErkJggg==', 'base64');
const mark = Date.now().toString(36);

if (!given && process.env.COMITY_E2E === 'required') throw new Error('the desks of three nodes must be given');

async function fill_why(page, number) {
  await page.selectOption('#purpose', 'investigation');
  await page.fill('#offence', 'vehicle theft');
  await page.fill('#caseNumber', number);
  await page.fill('#eraseBy', erase_by);
}
async function send(page, number) {
  await page.waitForSelector('#send[aria-disabled=false]');
  await page.click('#send');
  await page.waitForURL((url) => url.hash === `#/case/${number}`);
}
async function ask_for(page, number, family, first) {
  await page.goto(at(COMITY_BG_URL, 'new'));
  await page.waitForSelector('#to');
  await ask_on(page, number, family, first);
}
/** In the form that is open. */
async function ask_on(page, number, family, first) {
  await page.selectOption('#to', 'RO');
  await page.selectOption('#kind', 'residence');
  await fill_why(page, number);
  await page.click('[data-add="query.person.identities"]');
  await page.selectOption('#query-person-identities-0-kind', 'lawful');
  await page.fill('#query-person-identities-0-familyName', family);
  await page.fill('#query-person-identities-0-givenName', first);
  await page.selectOption('#facts-judicial-reserved', 'false');
  await send(page, number);
}

describe('a day at the desk', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, colleague, bucharest, belgrade;
  before(async () => {
    browser = await open_browser();
    [sofia, colleague, bucharest, belgrade] = [await open_window(browser), await open_window(browser), await open_window(browser), await open_window(browser)];
    await sign_in(sofia.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in(colleague.page, COMITY_BG_URL, 'colleague', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
    await sign_in(belgrade.page, COMITY_RS_URL, 'officer', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('a second case about the same person, in the other script, finds the first with the reason', async () => {
    const { page } = sofia;
    await ask_for(page, `A-${mark}`, 'Желязков TEST', 'Стоян');
    await ask_for(page, `B-${mark}`, 'Zhelyazkov TEST', 'Stoyan');
    await page.waitForSelector(`[data-related="A-${mark}"] [data-reason=name]`);
    assert.match(await page.textContent(`[data-related="A-${mark}"]`), /Stoyan Zhelyazkov TEST/);
    await check_page(page, 'a case with related ones');
    await picture(page, 'related');
    await page.goto(at(COMITY_BG_URL, 'inbox'));
    for (const number of ['A', 'B']) await page.waitForSelector(`a.row[href="#/inbox/${number}-${mark}"] [data-related="1"]`);
    await check_page(page, 'an inbox with related cases');
    await picture(page, 'inbox-related');
  });

  test('one box finds both by the name in any script, and shows a colleague only whose they are', async () => {
    const { page } = sofia;
    await page.keyboard.press('Control+k');
    await page.fill('[role=combobox]', 'željazkov test, stojan');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`[data-related="A-${mark}"][data-open=true]`);
    await page.waitForSelector(`[data-related="B-${mark}"][data-open=true]`);
    assert.doesNotMatch(page.url(), /eljazkov/);
    await check_page(page, 'what was looked up');
    await picture(page, 'find');
    const other = colleague.page;
    await other.goto(at(COMITY_BG_URL, 'find'));
    await other.fill('[data-sought]', 'Stoyan Zhelyazkov TEST');
    await other.keyboard.press('Enter');
    await other.waitForSelector(`[data-related="A-${mark}"][data-open=false]`);
    const shown = await other.textContent('#main');
    assert.match(shown, /Duty officer TEST/);
    assert.doesNotMatch(shown, /Желязков/);
    await check_page(other, 'a look-up of what one need not know');
    await picture(other, 'find-closed');
  });

  test('the directory of one Party reaches the others with the day of its verification', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'directory'));
    await page.fill('#contact-authority', 'BG-DRAGOMAN');
    await page.fill('#contact-name', 'Police station Dragoman TEST');
    await page.fill('#contact-telephones', '+359 7172 0000 TEST');
    await page.fill('#contact-languages', 'bg, sr');
    await page.fill('#contact-hours', '00:00-24:00');
    await page.click('[data-save-contact]');
    await page.waitForSelector('[data-contact="BG-DRAGOMAN"]');
    await page.click('[data-send-directory]');
    await page.waitForSelector('[data-edition="1"]');
    await check_page(page, 'the directory of who keeps it');
    await picture(page, 'directory');
    const there = belgrade.page;
    await there.goto(at(COMITY_RS_URL, 'directory'));
    for (let n = 0; n < 40 && !(await there.$('[data-contact="BG-DRAGOMAN"]')); ++n) {
      await there.waitForTimeout(300);
      await there.reload();
      await there.waitForSelector('[data-edition]');
    }
    assert.match(await there.textContent('[data-book=BG]'), /7172 0000 TEST.*BG node/s);
    await there.click('[data-contact="BG-DRAGOMAN"] [data-verify]');
    await there.waitForFunction(() => /Duty officer TEST/.test(document.querySelector('[data-book=BG]')?.textContent ?? ''));
    await check_page(there, 'the directory of another Party');
  });

  test('a border station writes straight to another, and both National Central Units have the copy', async () => {
    const { page } = sofia;
    const number = `D-${mark}`;
    await page.goto(at(COMITY_BG_URL, 'new'));
    await page.waitForSelector('#to');
    await page.selectOption('#to', 'RS');
    await page.selectOption('#kind', 'vehicle-owner');
    await page.selectOption('#needGround', 'identify-owner');
    await fill_why(page, number);
    await page.fill('#query-vehicle-plate', 'NI 123-AB');
    await page.click('[data-direct] summary');
    await page.selectOption('#directGround', 'border-region-crime');
    await page.fill('#ownAuthority', 'BG-DRAGOMAN');
    await page.fill('#authority', 'RS-DIMITROVGRAD');
    await page.selectOption('#facts-direct-expedient', 'true');
    await page.selectOption('#facts-border-region', 'false');
    await page.waitForSelector('.bar .chip.red');
    await check_page(page, 'a direct request that the law refuses');
    await picture(page, 'direct-refused');
    await page.selectOption('#facts-border-region', 'true');
    const disputed = await page.$('#facts-disputed-territory');
    if (disputed) await page.selectOption('#facts-disputed-territory', 'false');
    await page.fill('#query-justification', 'One ring on both sides of the border, TEST.');
    await send(page, number);
    await page.waitForSelector('[data-act="direct-contact-copy-sent"]', { timeout: arrive_ms_max });
    const there = belgrade.page;
    await there.goto(case_at(COMITY_RS_URL, `BG/${number}`));
    for (let n = 0; n < 40 && !(await there.$('[data-act="direct-contact-copy-received"]')); ++n) {
      await there.waitForTimeout(300);
      await there.reload();
      await there.waitForTimeout(300);
      if (await there.$('[data-closed-case]')) break;
    }
    await there.goto(at(COMITY_RS_URL, 'directory'));
    await there.waitForSelector(`[data-copies] a[href="#/case/${encodeURIComponent(`BG/${number}`)}"]`);
    await check_page(there, 'copies of direct contact');
    await picture(there, 'copies');
  });

  test('a photograph goes with a request and another comes back with the answer; an archive goes nowhere', async () => {
    const { page, complaints } = sofia;
    const number = `F-${mark}`;
    await page.goto(at(COMITY_BG_URL, 'new'));
    await page.waitForSelector('#to');
    const chooser = '[data-files] input[type=file]';
    await page.setInputFiles(chooser, { name: 'archive.pdf', mimeType: 'application/pdf', buffer: Buffer.from('PK\x03\x04 TEST') });
    await page.waitForSelector('[data-file=failed]');
    assert.match(await page.textContent('[data-file=failed]'), /Save it as PDF/);
    assert.match(complaints.pop() ?? '', /400/); // the browser's own line about the refusal
    await page.click('[data-file=failed] button');
    await page.setInputFiles(chooser, { name: 'Оглед TEST.png', mimeType: 'image/png', buffer: photograph });
    await page.waitForSelector('[data-file=ready]');
    await check_page(page, 'a file that is ready');
    await picture(page, 'files-new');
    await ask_on(page, number, 'Вълчев TEST', 'Иван');
    await page.waitForSelector('[data-case-files]');
    const there = bucharest.page;
    await there.goto(case_at(COMITY_RO_URL, `BG/${number}`));
    for (let n = 0; n < 40 && !(await there.$('[data-case-files]')); ++n) {
      await there.waitForTimeout(300);
      await there.reload();
      await there.waitForTimeout(300);
    }
    await there.click('[data-case-files] button[aria-label^="Look"]');
    await there.waitForFunction(() => document.querySelector('dialog img')?.naturalWidth === 2);
    await check_page(there, 'a picture that came');
    await picture(there, 'files-look');
    await there.keyboard.press('Escape');
    const saving = there.waitForEvent('download');
    await there.click('[data-case-files] button[aria-label^="Save"]');
    const saved = await saving;
    assert.equal(saved.suggestedFilename(), 'Оглед TEST.png');
    assert.deepEqual(readFileSync(await saved.path()), photograph);
    await picture(there, 'files-case');
    await there.click('[data-step=answer]');
    await there.selectOption('#content-result', 'hit');
    await there.fill('#content-text', 'Lives in Bucharest, TEST.');
    await there.selectOption('#facts-judicial-reserved', 'false');
    await there.waitForSelector('#facts-pending-permit-listed');
    await there.selectOption('#facts-pending-permit-listed', 'false');
    await there.setInputFiles('[data-panel] [data-files] input[type=file]', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Notă TEST') });
    await there.waitForSelector('[data-panel] [data-file=ready]');
    await there.waitForSelector('#step-send[aria-disabled=false]');
    await there.click('#step-send');
    await page.waitForFunction(() => /note\.txt/.test(document.querySelector('[data-case-files]')?.textContent ?? ''), null, { timeout: arrive_ms_max });
    await check_page(page, 'a case with files');
  });

  test('a case leaves on paper after a look, for a stated purpose, with officials as codes', async () => {
    const { page } = sofia;
    await page.goto(case_at(COMITY_BG_URL, `B-${mark}`));
    await page.click('[data-paper] summary');
    await page.selectOption('#paper-piece', 'file');
    await page.fill('#paper-also', 'Stoyan');
    await page.click('[data-preview]');
    await page.waitForSelector('[data-sheet]');
    assert.match(await page.textContent('[data-masked]'), /Duty officer TEST → Official BG-01/);
    const sheet = await page.textContent('[data-sheet]');
    assert.doesNotMatch(sheet, /Duty officer TEST|Stoyan/);
    assert.match(sheet, /Zhelyazkov TEST/);
    await check_page(page, 'a preview');
    await picture(page, 'paper');
    await page.fill('#paper-purpose', 'Prosecutor, file 7 TEST');
    const waiting = page.waitForEvent('download');
    await page.click('[data-export=pdf]');
    const file = await (await waiting).path();
    assert.equal(readFileSync(file).subarray(0, 5).toString(), '%PDF-');
    await page.waitForSelector('[data-left="1"]');
    await page.waitForSelector('[data-act=exported]', { timeout: arrive_ms_max });
    assert.match(await page.textContent('[data-left="1"]'), /Prosecutor, file 7 TEST/);
  });

  test('the figures say what was asked, as picture, table and file', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'statistics'));
    await page.waitForSelector('[data-asked=out]');
    assert.equal((await page.textContent('[data-asked=out]')).trim(), '4');
    await page.waitForSelector('tr[data-state=RO]');
    await page.waitForSelector('tr[data-state=RS]');
    await check_page(page, 'the figures');
    await picture(page, 'statistics');
    const csv = await page.evaluate(async (href) => (await fetch(href)).text(), await page.getAttribute('[data-file]', 'href'));
    assert.match(csv, /^what,of,article,direction/);
    assert.match(csv, /\r\nstate,RO,,out,3,/);
    assert.match(csv, /\r\nkind,residence,A4\(5\)\(c\),out,3,/);
  });

  test('no page complained', () => {
    for (const it of [sofia, colleague, bucharest, belgrade]) assert.deepEqual(it.complaints, []);
  });
});
