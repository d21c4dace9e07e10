// What officers do with each other's requests, each story through running nodes and real desks. The three nodes
// are given by the environment; tests/nodes/casework.py starts them. COMITY_SHOTS: a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, case_at, check_page, check_words, open_browser, open_window, picture, sign_in } from './browser.mjs';

const { COMITY_BG_URL, COMITY_RO_URL, COMITY_RS_URL, COMITY_USER, COMITY_PASSWORD } = process.env;
const given = COMITY_BG_URL && COMITY_RO_URL && COMITY_RS_URL && COMITY_USER && COMITY_PASSWORD;
const erase_by = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString().slice(0, 10);
const arrive_ms_max = 15_000;
const run = Date.now().toString(36);

if (!given && process.env.COMITY_E2E === 'required')
  throw new Error('COMITY_BG_URL, COMITY_RO_URL, COMITY_RS_URL, COMITY_USER and COMITY_PASSWORD must be set');

async function fill_common(page, { to, kind, number, purpose = 'investigation', offence = 'vehicle theft' }) {
  await page.waitForSelector('#to');
  await page.selectOption('#to', to);
  await page.selectOption('#kind', kind);
  await page.selectOption('#purpose', purpose);
  await page.fill('#offence', offence);
  await page.fill('#caseNumber', number);
  await page.fill('#eraseBy', erase_by);
}
async function send_request(page) {
  await page.waitForSelector('.decision-side [data-verdict=permitted]');
  await page.waitForSelector('#send[aria-disabled=false]');
  await page.click('#send');
}
async function step(page, type, fill) {
  await page.waitForSelector(`[data-step=${type}]`);
  await page.click(`[data-step=${type}]`);
  await page.waitForSelector(`[data-panel=${type}]`);
  await fill();
}
async function send_step(page) {
  await page.waitForSelector('#step-send[aria-disabled=false]');
  await page.click('#step-send');
  await page.waitForSelector('[data-panel]', { state: 'detached' });
}
const acts = (page) => page.$$eval('[data-act]', (items) => items.map((it) => it.dataset.act));
const act = (page, name) => page.waitForSelector(`[data-act=${name}]`, { timeout: arrive_ms_max });

describe('casework', { skip: given ? false : 'no nodes given' }, () => {
  let browser, sofia, bucharest, belgrade;
  before(async () => {
    browser = await open_browser();
    sofia = await open_window(browser);
    bucharest = await open_window(browser);
    belgrade = await open_window(browser);
    await Promise.all([
      sign_in(sofia.page, COMITY_BG_URL, COMITY_USER, COMITY_PASSWORD),
      sign_in(bucharest.page, COMITY_RO_URL, COMITY_USER, COMITY_PASSWORD),
      sign_in(belgrade.page, COMITY_RS_URL, COMITY_USER, COMITY_PASSWORD),
    ]);
  });
  after(() => browser?.close());

  async function ask_residence(number, offence = 'vehicle theft') {
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'new'));
    await fill_common(page, { to: 'RO', kind: 'residence', number, offence });
    await page.click('[data-add="query.person.identities"]');
    await page.selectOption('#query-person-identities-0-kind', 'lawful');
    await page.fill('#query-person-identities-0-familyName', 'Попов TEST');
    await page.fill('#query-person-identities-0-givenName', 'Иван');
    await page.waitForSelector('.against [data-provision="A4(1)-1"][data-result=missing]');
    await page.selectOption('#facts-judicial-reserved', 'false');
    await page.waitForSelector('.decision-side [data-verdict=permitted]');
  }

  test('a refusal gives its reasons, and the changed request passes', async () => {
    const number = `REF-${run}`;
    await ask_residence(number, 'a matter');
    await check_page(sofia.page, 'request for a residence');
    await picture(sofia.page, 'request-residence');
    await send_request(sofia.page);
    await sofia.page.waitForURL((url) => url.hash === `#/case/${number}`);

    const { page } = bucharest;
    await page.goto(case_at(COMITY_RO_URL, `BG/${number}`));
    await page.waitForSelector('[data-shown=familyName]', { timeout: arrive_ms_max });
    await page.waitForSelector('[data-step=refusal]');
    await page.keyboard.press('r');
    await page.waitForSelector('[data-panel=refusal]');
    await page.selectOption('#content-ground', 'other');
    await page.fill('#content-text', 'Name the offence, so that our law lets us look.');
    await page.waitForSelector('[data-panel] [data-provision="A30(1)-1"][data-result=fails]');
    assert.equal(await page.getAttribute('#step-send', 'aria-disabled'), 'true');
    await check_page(page, 'a refusal that rests on no ground');
    await page.selectOption('#content-ground', 'national-law');
    await page.waitForSelector('[data-step-verdict=permitted]');
    await check_page(page, 'a refusal');
    await picture(page, 'refusal');
    await send_step(page);

    await act(sofia.page, 'refusal-received');
    assert.match(await sofia.page.textContent('.answer'), /Name the offence/);
    await picture(sofia.page, 'refused-case');
    await ask_residence(number, 'theft of a vehicle with violence');
    await send_request(sofia.page);
    await act(page, 'request-received');
    await page.waitForSelector('[data-step=answer]', { timeout: arrive_ms_max });
    await step(page, 'answer', async () => {
      await page.selectOption('#content-result', 'hit');
      await page.fill('#content-text', 'Registered in Bucharest, TEST.');
      await page.selectOption('#facts-judicial-reserved', 'false');
      await page.waitForSelector('#facts-pending-permit-listed');
      await page.selectOption('#facts-pending-permit-listed', 'false');
      await page.waitForSelector('[data-step-verdict=permitted]');
      await check_page(page, 'an answer');
      await picture(page, 'answer-form');
    });
    await send_step(page);
    await sofia.page.waitForSelector('.answer [data-result=hit]', { timeout: arrive_ms_max });
    await sofia.page.waitForSelector('.answer [data-shown=text]');
    await check_page(sofia.page, 'an answered case');
    await picture(sofia.page, 'answered-case');
  });

  test('a misdirected request is passed on with one click, and its answer comes back', async () => {
    const number = `FWD-${run}`;
    await ask_residence(number);
    await sofia.page.click('[data-add="query.handling"]');
    await sofia.page.click('[data-add="query.handling.codes"]');
    await sofia.page.selectOption('#query-handling-codes-0', 'H1');
    await check_page(sofia.page, 'a request that says what may be done with it');
    await send_request(sofia.page);
    await sofia.page.waitForURL((url) => url.hash === `#/case/${number}`);
    await bucharest.page.goto(case_at(COMITY_RO_URL, `BG/${number}`));
    await step(bucharest.page, 'forwarding-notice', async () => {
      await bucharest.page.fill('#content-competentAuthority', 'NCU Belgrade');
      await bucharest.page.fill('#content-competentState', 'RS');
      await bucharest.page.selectOption('#facts-judicial-reserved', 'false');
      await bucharest.page.waitForSelector('[data-step-verdict=permitted]');
      await check_page(bucharest.page, 'passing on');
      await picture(bucharest.page, 'passing-on');
    });
    await send_step(bucharest.page);
    await act(bucharest.page, 'forwarding-notice-sent');
    assert.ok((await acts(bucharest.page)).includes('forwarded-request-sent'));
    await act(sofia.page, 'forwarding-notice-received');
    await belgrade.page.goto(case_at(COMITY_RS_URL, `BG/${number}`));
    await belgrade.page.waitForSelector('[data-step=answer]', { timeout: arrive_ms_max });
    assert.match(await belgrade.page.textContent('[data-shown=codes]'), /H1/);
    await step(belgrade.page, 'answer', async () => {
      await belgrade.page.selectOption('#content-result', 'no-hit');
      await belgrade.page.selectOption('#facts-judicial-reserved', 'false');
      await belgrade.page.waitForSelector('#facts-pending-permit-listed');
      await belgrade.page.selectOption('#facts-pending-permit-listed', 'false');
    });
    await send_step(belgrade.page);
    await sofia.page.waitForSelector('.answer [data-result=no-hit]', { timeout: arrive_ms_max });
    await check_page(sofia.page, 'a case that was passed on');
    await picture(sofia.page, 'passed-on-case');
  });

  test('part of an answer, a question back and conditions leave the case open', async () => {
    const number = `OPEN-${run}`;
    await ask_residence(number);
    await send_request(sofia.page);
    await sofia.page.waitForURL((url) => url.hash === `#/case/${number}`);
    const { page } = bucharest;
    await page.goto(case_at(COMITY_RO_URL, `BG/${number}`));
    await page.waitForSelector('[data-step=clarification-request]', { timeout: arrive_ms_max });
    await page.keyboard.press('b');
    await page.waitForSelector('#content-questions-0');
    await page.fill('#content-questions-0', 'Which district?');
    await page.selectOption('#facts-personal-data', 'false');
    await picture(page, 'ask-back');
    await send_step(page);
    await sofia.page.waitForSelector('[data-step=clarification]', { timeout: arrive_ms_max });
    await step(sofia.page, 'clarification', () => sofia.page.fill('#content-answers-0', 'Lom.'));
    await check_page(sofia.page, 'a clarification');
    await picture(sofia.page, 'clarification');
    await send_step(sofia.page);
    await page.waitForSelector('[data-step=partial-answer]', { timeout: arrive_ms_max });
    await step(page, 'partial-answer', async () => {
      await page.selectOption('#content-answer-result', 'hit');
      await page.fill('#content-answer-text', 'An address of last year, TEST.');
      await page.selectOption('#facts-judicial-reserved', 'false');
      await page.waitForSelector('#facts-pending-permit-listed');
      await page.selectOption('#facts-pending-permit-listed', 'false');
      await picture(page, 'partial-answer');
    });
    await send_step(page);
    await act(sofia.page, 'partial-answer-received');
    await step(page, 'conditions', async () => {
      await page.fill('#content-conditions-0-text', 'Not in court without our consent.');
      await page.selectOption('#facts-refusal-ground', 'national-law');
      await check_page(page, 'conditions');
    });
    await send_step(page);
    await sofia.page.waitForSelector('[data-step=conditions-answer]', { timeout: arrive_ms_max });
    await step(sofia.page, 'conditions-answer', async () => {
      await sofia.page.selectOption('#content-accepted', 'true');
      await sofia.page.click('[data-add="content.conditionsAccepted"]').catch(() => {});
      await sofia.page.fill('#content-conditionsAccepted-0', '1');
      await picture(sofia.page, 'conditions-answer');
    });
    await send_step(sofia.page);
    await act(page, 'conditions-answer-received');
    await check_page(page, 'an open case with all that was said');
    await picture(page, 'open-case');
  });

  test('an urgent request at night is made by telephone, and answered once it is confirmed in writing', async () => {
    const number = `CALL-${run}`;
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'inbox'));
    await page.waitForSelector('#inbox-title');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForSelector('#direction');
    await page.selectOption('#to', 'RO');
    await page.click('[data-field=calledAt] button');
    await page.fill('#caller', 'Duty officer TEST');
    await page.fill('#callee', 'Desk of Bucharest TEST');
    await page.fill('#gist', 'Whose car is B 123 ABC? It has just passed the bridge.');
    await page.selectOption('#kind', 'vehicle-owner');
    await page.fill('#query-vehicle-plate', 'B 123 ABC');
    await page.selectOption('#purpose', 'investigation');
    await page.selectOption('#needGround', 'identify-owner');
    await page.fill('#offence', 'vehicle theft');
    await page.fill('#caseNumber', number);
    await page.fill('#eraseBy', erase_by);
    await page.selectOption('#urgency', 'routine');
    await page.waitForSelector('.against [data-provision="A4(6)-3"][data-result=fails]');
    await page.selectOption('#urgency', 'flash');
    await page.waitForSelector('[data-draft-verdict=permitted]');
    await check_page(page, 'a call');
    await picture(page, 'call');
    await page.click('#send');
    await page.waitForURL((url) => url.hash === `#/case/${number}`);
    await act(page, 'oral-request-made');

    // Bucharest has kept the same call; what it may not do yet says why.
    const other = bucharest.page;
    await other.goto(at(COMITY_RO_URL, 'call'));
    await other.selectOption('#direction', 'true');
    await other.selectOption('#to', 'BG');
    await other.click('[data-field=calledAt] button');
    await other.fill('#caller', 'Duty officer of Sofia TEST');
    await other.fill('#callee', 'Duty officer TEST');
    await other.fill('#gist', 'Asks whose car B 123 ABC is.');
    await other.selectOption('#kind', 'vehicle-owner');
    await other.selectOption('#purpose', 'investigation');
    await other.fill('#offence', 'vehicle theft');
    await other.fill('#caseNumber', number);
    await other.waitForSelector('#send[aria-disabled=false]');
    await other.click('#send');
    await act(other, 'oral-request-taken');
    await step(other, 'answer', async () => {
      await other.selectOption('#content-result', 'no-hit');
      await other.waitForSelector('[data-panel] [data-provision="A4(6)-4"]');
      assert.equal(await other.getAttribute('#step-send', 'aria-disabled'), 'true');
      await check_page(other, 'an answer that waits for the confirmation');
      await picture(other, 'answer-blocked');
    });
    await other.keyboard.press('Escape');

    await step(page, 'oral-request-confirmation', () => picture(page, 'confirmation'));
    await send_step(page);
    await page.waitForSelector('.answer [data-result=hit]', { timeout: arrive_ms_max });
    await act(other, 'answer-sent');
    await check_page(page, 'a confirmed call');
    await picture(page, 'confirmed-call');
  });

  test('information goes without a request where facts are proven, and an event is told without naming anybody', async () => {
    const number = `INFO-${run}`;
    const { page } = sofia;
    await page.goto(at(COMITY_BG_URL, 'notice'));
    await page.waitForSelector('#content');
    await page.selectOption('#to', 'RO');
    await page.selectOption('#purpose', 'prevention');
    await page.fill('#offence', 'smuggling of firearms');
    await page.fill('#caseNumber', number);
    await page.fill('#eraseBy', erase_by);
    await page.waitForSelector('.against [data-provision="A6-1"][data-result=missing]');
    await page.fill('#content-subject', 'A lorry with pistols, TEST');
    await page.fill('#content-facts', 'Customs found two pistols in a lorry of the same firm, TEST.');
    await page.fill('#content-reason', 'The firm drives to Bucharest each week.');
    await page.click('[data-add="content.evaluation.fourByFour"]');
    await page.selectOption('#content-evaluation-fourByFour-source', 'A');
    await page.fill('#content-evaluation-fourByFour-information', '1');
    await page.selectOption('#facts-need-assumed', 'true');
    await page.waitForSelector('[data-draft-verdict=permitted]');
    await check_page(page, 'information without a request');
    await picture(page, 'spontaneous');
    await page.click('#send');
    await act(page, 'spontaneous-information-sent');
    await bucharest.page.goto(case_at(COMITY_RO_URL, `BG/${number}`));
    await bucharest.page.waitForSelector('[data-shown=facts]', { timeout: arrive_ms_max });
    await check_page(bucharest.page, 'information received');
    await picture(bucharest.page, 'spontaneous-received');

    await page.goto(at(COMITY_BG_URL, 'notice'));
    await page.reload();
    await page.waitForSelector('#type');
    await page.selectOption('#type', 'event-notice');
    await page.selectOption('#to', 'RO');
    await page.waitForSelector('#facts-personal-data');
    await page.selectOption('#facts-personal-data', 'true');
    await page.waitForSelector('.against [data-provision="A3.1(b)"][data-result=fails]');
    assert.equal(await page.getAttribute('#send', 'aria-disabled'), 'true');
    await check_page(page, 'an event notice that names somebody');
  });

  test('every kind has a form that stands in three languages', async () => {
    const cookies = await sofia.page.context().cookies();
    for (const [language, colorScheme, width] of [['en', 'light', 1440], ['bg', 'dark', 390], ['es', 'light', 390]]) {
      const { page, complaints } = await open_window(browser, { colorScheme, viewport: { width, height: 844 } });
      await page.context().addCookies(cookies);
      await page.addInitScript((it) => localStorage.setItem('comity.language', it), language);
      await page.goto(at(COMITY_BG_URL, 'new'));
      await page.waitForSelector('#kind');
      await page.selectOption('#to', 'RO');
      for (const kind of await page.$$eval('#kind option', (items) => items.map((it) => it.value).filter(Boolean))) {
        await page.selectOption('#kind', kind);
        await page.waitForSelector('#query');
        // Whatever can be added is added once, so that every field stands there.
        for (let left = 40; left > 0; left--) {
          const add = await page.$('#query [data-add]:not([data-tried])');
          if (!add) break;
          await add.evaluate((it) => { it.dataset.tried = ''; it.click(); });
        }
        const unnamed = await page.$$eval('#query :is(input, select, textarea)', (items) => items.filter((it) => !(it.labels?.[0]?.textContent ?? it.ariaLabel)).map((it) => it.id));
        assert.deepEqual(unnamed, []);
        if (language === 'bg') {
          const latin = await page.$$eval('#query :is(label, legend, option)', (items) => items.map((it) => it.textContent.trim()).filter((it) => /^[a-z]/.test(it)));
          assert.deepEqual(latin, [], kind);
        }
        if (kind === 'identification' || kind === 'organised-crime') await check_page(page, `${kind} ${language}`);
      }
      await check_words(page, language);
      await picture(page, `every-field-${language}`);
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });

  test('no page complained', () => {
    // A case is opened by its number before it has arrived; it appears by itself.
    const early = 'console: Failed to load resource: the server responded with a status of 404 (Not Found)';
    for (const { complaints } of [sofia, bucharest, belgrade]) assert.deepEqual(complaints.filter((it) => it !== early), []);
  });
});
