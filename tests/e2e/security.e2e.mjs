// Article 32 between two States, played at the desks of two running nodes; tests/nodes/security.py starts them.
// COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const arrive = { timeout: 30_000 };
const number = `SECRET-${Date.now().toString(36)}`;
const theirs = `BG/${number}`;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

/** Who may not read cases comes to no inbox. */
async function sign_in_as({ page, complaints }, url, name, place, title) {
  await page.goto(url);
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', COMITY_PASSWORD);
  await page.click('form button[type=submit]');
  await page.waitForSelector('nav');
  await page.waitForURL((found) => !/^#?\/?(inbox)?$/.test(found.hash.slice(1)));
  assert.deepEqual(complaints, [], 'nothing was asked for that is refused');
  await page.goto(at(url, place));
  await page.waitForSelector(title, arrive);
}
async function both_themes(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await check_page(page, `${name}, ${colorScheme}, ${width}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, name);
}

describe('security', { skip: given ? false : 'no nodes given' }, () => {
  let browser, officer, answering, sofia, bucharest, protector;
  before(async () => {
    browser = await open_browser();
    [officer, answering, sofia, bucharest, protector] = await Promise.all([0, 1, 2, 3, 4].map(() => open_window(browser)));
    await sign_in(officer.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
    await sign_in_as(sofia, COMITY_BG_URL, 'security', 'security', '[data-page=security] [data-share]');
    await sign_in_as(bucharest, COMITY_RO_URL, 'security', 'security', '[data-page=security] [data-share]');
  });
  after(() => browser?.close());

  test('a request is classified with its reason, as low as possible, and goes marked', async () => {
    const { page } = officer;
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
    await page.waitForSelector('#send[aria-disabled=false]', arrive);
    await page.selectOption('#classification-level', '2');
    await page.waitForSelector('#send[aria-disabled=true]', arrive);
    await page.fill('#classification-reason', 'An informant TEST is named');
    await page.waitForFunction(() => document.querySelector('#send-why')?.textContent.trim() !== '', null, arrive);
    assert.equal(await page.getAttribute('#send', 'aria-disabled'), 'true', 'the lowest level is still asked for');
    await picture(page, 'classify');
    await page.check('#classification-lowestPossible');
    await page.selectOption('#classification-level', '3');
    await page.waitForFunction(() => /32\(5\)/.test(document.querySelector('#send-why')?.textContent ?? ''), null, arrive);
    assert.equal(await page.getAttribute('#send', 'aria-disabled'), 'true', 'above his own clearance');
    await page.selectOption('#classification-level', '2');
    await page.waitForSelector('#send[aria-disabled=false]', arrive);
    await check_page(page, 'a classified request');
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${number}`);
    await page.waitForSelector('[data-level="2"]', arrive);
    await both_themes(page, 'classified-case');
  });

  test('an answer is as classified as its request unless its officer says otherwise; information has a level too', async () => {
    await sign_in(answering.page, COMITY_RO_URL, 'officer', COMITY_PASSWORD);
    const { page } = answering;
    await page.goto(case_at(COMITY_RO_URL, theirs));
    await page.waitForSelector('[data-step=answer]', arrive);
    await page.click('[data-step=answer]');
    await page.waitForSelector('[data-panel=answer] #classification-level', arrive);
    assert.equal(await page.inputValue('#classification-level'), '2', 'as the request');
    await page.selectOption('#classification-level', '1');
    await page.waitForSelector('#classification-reason');
    await both_themes(page, 'classified-answer');
    await page.goto(at(COMITY_RO_URL, 'notice'));
    await page.waitForSelector('#classification-level', arrive);
    await page.selectOption('#classification-level', '1');
    await both_themes(page, 'classified-notice');
  });

  test('it is on the desks of both security officers, without what it says', async () => {
    await sofia.page.waitForSelector('[data-item=out] [data-level="2"]', arrive);
    await bucharest.page.waitForSelector('[data-item=in] [data-level="2"]', arrive);
    assert.doesNotMatch(await bucharest.page.textContent('[data-page=security]'), /B 123 ABC|informant/);
    assert.ok(await sofia.page.isVisible('[data-key=seal]'), 'days left of keys');
    await both_themes(sofia.page, 'security-desk');
  });

  test('a marking is mapped by its level and not by its word', async () => {
    const { page } = sofia;
    await page.selectOption('#map-party', 'MK');
    await page.fill('#map-marking', 'TOP SECRET');
    await page.click('[data-map]');
    await page.waitForSelector('[data-equivalent=ME]');
    assert.match(await page.textContent('[data-equivalent=ME]'), /SECRET/);
    assert.doesNotMatch(await page.textContent('[data-equivalent=ME]'), /TOP/);
    await page.selectOption('#map-party', 'ME');
    await page.fill('#map-marking', 'RESTRICTED');
    await page.click('[data-map]');
    await page.waitForSelector('[data-equivalent=AL] .chip.red');
    assert.match(await page.textContent('[data-agreement="BG-RO"]'), /3/);
    await both_themes(page, 'security-mapped');
  });

  test('a breach is reported to the sender with its three parts, and recorded on both sides', async () => {
    const { page } = bucharest;
    await page.click('[data-item=in] [data-act=breach]');
    await page.fill('[data-circumstances]', 'A print was left in a car TEST');
    await page.fill('[data-measures]', 'The print was taken back TEST');
    await page.click('[data-item=in] [data-send]');
    await page.waitForSelector('[data-against]', arrive);
    assert.match(await page.textContent('[data-against]'), /32/);
    await both_themes(page, 'security-breach');
    await page.fill('[data-consequences]', 'Who read it is not known TEST');
    await page.click('[data-item=in] [data-send]');
    await page.waitForSelector('[data-notice=breach-report][data-sent=true][data-state=noted]', arrive);
    const there = sofia.page;
    await there.waitForSelector('[data-notice=breach-report][data-sent=false][data-state=open]', arrive);
    await there.click('[data-notice=breach-report] [data-read]');
    await there.waitForSelector('[data-said=consequences]');
    assert.match(await there.textContent('[data-said=circumstances]'), /left in a car/);
    assert.match(await there.textContent('[data-said=measuresTaken]'), /taken back/);
    await there.click('[data-notice=breach-report] [data-settle]');
    await there.waitForSelector('[data-notice=breach-report][data-state=noted]', arrive);
  });

  test('a level that is lowered in Sofia is followed in Bucharest and confirmed', async () => {
    const { page } = sofia;
    await page.click('[data-item=out] [data-act=change]');
    await page.selectOption('[data-new-level]', '1');
    await page.fill('[data-reason]', 'The name is known by now TEST');
    await page.click('[data-item=out] [data-send]');
    await page.waitForSelector('[data-notice=level-change][data-state=followed]', arrive);
    await page.waitForSelector('[data-item=out] [data-level="1"]', arrive);
    await bucharest.page.waitForSelector('[data-item=in] [data-level="1"]', arrive);
    await bucharest.page.waitForSelector('[data-notice=level-change][data-sent=false][data-state=followed]', arrive);
    await both_themes(bucharest.page, 'security-lowered');
    await officer.page.goto(case_at(COMITY_BG_URL, number));
    await officer.page.waitForSelector('#main');
  });

  test('the yearly report counts what was done and is downloaded as PDF and as a file', async () => {
    const { page } = protector;
    await sign_in(page, COMITY_RO_URL, 'protection', COMITY_PASSWORD);
    await page.goto(at(COMITY_RO_URL, 'protection'));
    await page.waitForSelector('[data-show-year]', arrive);
    await page.click('[data-show-year]');
    await page.waitForSelector('[data-figure=operations]', arrive);
    await both_themes(page, 'year');
    const figure = async (name) => Number((await page.textContent(`[data-figure=${name}]`)).replaceAll(/\D/g, ''));
    const before = await figure('readings');
    assert.ok(before >= 1, 'the page itself was a reading');
    const load = async (format) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-year-file=${format}]`)]);
      return readFile(await file.path());
    };
    const text = (await load('csv')).toString('utf8');
    const lines = Object.fromEntries(text.trim().split('\r\n').map((line) => [line.slice(0, line.lastIndexOf(',')), line.slice(line.lastIndexOf(',') + 1)]));
    // The file was made after the figures on the screen, which were one reading more by then.
    assert.equal(Number(lines['readings of the log,all']), before + 1);
    assert.ok(Number(lines['operations by kind,alter']) >= 1, 'the level that was changed');
    assert.ok(Number(lines['operations by Party,BG']) >= 2);
    assert.ok(Number(lines['refusals by provision,A32(5)']) >= 1, 'the node itself is not cleared');
    assert.equal(lines['destructions,late'], '0');
    const pdf = await load('pdf');
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.selectOption('#log-by', 'officer');
    await page.fill('#log-whom', 'security');
    await page.click('[data-show-log]');
    await page.waitForSelector('.operations');
  });

  test('nothing was complained about', () => {
    for (const window of [officer, sofia, bucharest, protector]) assert.deepEqual(window.complaints, []);
  });
});
