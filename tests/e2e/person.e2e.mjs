// A person's request from his letter to the reply, at the data protection desks of two running nodes;
// tests/nodes/person.py starts them. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, check_page, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_PASSWORD;
const day_from_now = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const arrive = { timeout: 20_000 };
const number = `PERSON-${Date.now().toString(36)}`;

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL and COMITY_PASSWORD must be set');

describe("a person's request", { skip: given ? false : 'no nodes given' }, () => {
  let browser, officer, sofia, bucharest, owner;
  before(async () => {
    browser = await open_browser();
    [officer, sofia, bucharest] = [await open_window(browser), await open_window(browser), await open_window(browser)];
    await sign_in(officer.page, COMITY_BG_URL, 'officer', COMITY_PASSWORD);
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
    await page.fill('#eraseBy', day_from_now(3 * 365));
    await page.waitForSelector('#send[aria-disabled=false]');
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${number}`);
    await page.waitForSelector('[data-part=protection] [data-protected=answer]', arrive);
    const shown = await page.evaluate(async (of) => (await fetch(`/v1/cases/${of}`)).json(), number);
    owner = shown.contents.find((it) => it.type === 'answer').content.vehicles[0].owner;
    await sign_in(sofia.page, COMITY_BG_URL, 'protection', COMITY_PASSWORD);
    await sign_in(bucharest.page, COMITY_RO_URL, 'protection', COMITY_PASSWORD);
  });
  after(() => browser?.close());

  test('a letter is registered, and its clock is stated where the law of the Party is not known', async () => {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'protection'));
    await page.click('[data-persons]');
    await page.click('[data-enter]');
    await page.fill('#person-family', owner.familyName);
    await page.fill('#person-given', owner.givenName);
    if (owner.birthDate) await page.fill('#person-birth', owner.birthDate);
    await page.fill('#person-received', day_from_now(0));
    await page.fill('#person-address', '1 Test Street, Sofia TEST');
    await page.selectOption('#person-language', 'bg');
    await check_page(page, 'the form of a letter');
    await picture(page, 'person-form');
    await page.click('[data-register]');
    await page.waitForSelector('[data-step=letter]', arrive);
    await page.fill('#deadline', day_from_now(30));
    await page.fill('#deadline-source', 'National law TEST, Art. 1');
    await page.click('[data-deadline]');
    await page.waitForSelector('[data-step=letter] form', { state: 'detached' });
    await page.goto(at(COMITY_BG_URL, 'persons'));
    await page.waitForSelector('[data-request="1"]');
    await check_page(page, "the list of persons' requests");
    await picture(page, 'person-list');
    await page.click('[data-request="1"] a');
  });

  test('what is held is found without a look inside, and opened for a stated purpose', async () => {
    const { page } = sofia;
    await page.click('[data-search]');
    await page.waitForSelector('[data-item=answer]', arrive);
    assert.equal(await page.locator('[data-inside]').count(), 0);
    await page.click('[data-item=answer] [data-look]');
    await page.fill('#why', 'Is it he? TEST');
    await page.click('[data-open]');
    await page.waitForSelector('[data-inside]');
    assert.match(await page.textContent('[data-inside]'), new RegExp(owner.familyName));
    await page.check('[data-item=answer] input[type=checkbox]');
    await page.waitForSelector('[data-step=decisions]');
    await check_page(page, 'what is held');
    await picture(page, 'person-held');
  });

  test('nothing is decided before its sender was heard', async () => {
    const { page } = sofia;
    await page.fill('#draft', 'We mean to tell the person all of it TEST');
    await page.click('[data-ask]');
    await page.waitForSelector('[data-heard=waiting]', arrive);
    await page.click('[data-step=decisions] [data-decide]');
    await page.click('[data-answer]');
    await page.waitForSelector('[data-blocked]');
    await check_page(page, 'a decision that has to wait');
    await picture(page, 'person-blocked');
  });

  test('Bucharest says what to withhold and why', async () => {
    const { page } = bucharest;
    await page.goto(at(COMITY_RO_URL, 'persons'));
    await page.waitForSelector('[data-asked=open]', arrive);
    await page.click('[data-open-comment]');
    await page.waitForSelector('blockquote');
    assert.match(await page.textContent('blockquote'), /all of it TEST/);
    await page.selectOption('#comment-position', 'partial-objection');
    await page.fill('#comment-text', 'Not the address TEST');
    await check_page(page, 'a comment');
    await picture(page, 'person-comment');
    await page.click('[data-comment]');
    await page.waitForSelector('[data-asked=partial-objection]', arrive);
  });

  test('the item is decided, the letter seen, made and marked as sent', async () => {
    const { page } = sofia;
    await page.waitForSelector('[data-comment=partial-objection]', arrive);
    await page.selectOption('#answer', 'partial');
    await page.fill('#ground', 'National law TEST, Art. 9');
    await page.fill('#told', 'You are the owner of a car TEST');
    await page.click('[data-answer]');
    await page.waitForSelector('[data-decided=partial]', arrive);
    await page.click('[data-preview]');
    await page.waitForSelector('[data-sheet]');
    const sheet = await page.textContent('[data-sheet]');
    assert.match(sheet, /Отговор на Вашето искане/);
    assert.match(sheet, /You are the owner of a car TEST/);
    assert.match(sheet, /Commission for Personal Data Protection/, 'the remedy (A31(4)(h))');
    await check_page(page, 'the reply');
    await picture(page, 'person-reply');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-letter]')]);
    assert.match(file.suggestedFilename(), /^person-request-1\.pdf$/);
    await page.fill('#sent-on', day_from_now(0));
    await page.click('[data-mark]');
    await page.waitForSelector('[data-sent]', arrive);
    await check_page(page, 'a request that is closed');
    await picture(page, 'person-sent');
  });

  test('who has another role finds no such page', async () => {
    const { page } = officer;
    const status = await page.evaluate(async () => (await fetch('/v1/persons')).status);
    assert.equal(status, 403);
    officer.complaints.splice(0);
  });

  test('nothing was complained about', () => {
    for (const window of [officer, sofia, bucharest]) assert.deepEqual(window.complaints, []);
  });
});
