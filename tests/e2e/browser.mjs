// Debian's Chromium through playwright-core, and the checks that every page must pass.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The packages are installed once, for the desk.
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const wait_ms_max = 10_000;
const sizes = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];
const { chromium } = require('playwright-core');
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export function open_browser() {
  return chromium.launch({
    executablePath: process.env.COMITY_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/** A window of its own cookies; what a page complains about is kept in `complaints`. */
export async function open_window(browser, options = {}) {
  const context = await browser.newContext({ viewport: sizes[0], reducedMotion: 'reduce', locale: 'en-GB', ...options });
  context.setDefaultTimeout(wait_ms_max);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (line) => {
    // The question who is signed in is answered with 401 before anybody is.
    const asked_before_sign_in = line.location().url.endsWith('/v1/session');
    if (line.type() === 'error' && !asked_before_sign_in) complaints.push(`console: ${line.text()}`);
  });
  return { page, complaints };
}

export async function sign_in(page, url, name, password) {
  await page.goto(url);
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', password);
  await page.click('form button[type=submit]');
  await page.waitForSelector('#inbox-title');
}

/** The address of a place of a desk, and of a case. */
export const at = (url, place) => `${url.replace(/\/$/, '')}/#/${place}`;
export const case_at = (url, number) => at(url, `case/${encodeURIComponent(number)}`);

/** In another language, without leaving what stands there; chosen as an officer chooses it. */
export async function speak(page, language) {
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.setViewportSize(sizes[0]);
  // Behind a dialogue the choice cannot be reached by the mouse.
  await page.$eval('select.languages', (it, to) => {
    it.value = to;
    it.dispatchEvent(new Event('change', { bubbles: true }));
  }, language);
  await page.waitForFunction((it) => document.documentElement.lang === it, language);
}

/** Pictures of what stands there, into the folder COMITY_SHOTS: in each of COMITY_SHOT_LANGUAGES, wide and narrow,
 *  light and dark. */
export async function picture(page, name) {
  const { COMITY_SHOTS, COMITY_SHOT_LANGUAGES = 'en' } = process.env;
  if (!COMITY_SHOTS) return;
  for (const language of COMITY_SHOT_LANGUAGES.split(',')) {
    await speak(page, language);
    for (const { width, height } of sizes)
      for (const colorScheme of ['light', 'dark']) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(120);
        const scrolled = await page.evaluate(() => document.querySelector('#main')?.scrollHeight ?? 900);
        await page.setViewportSize({ width, height: Math.min(2600, Math.max(height, scrolled + 160)) });
        await page.screenshot({ path: `${COMITY_SHOTS}/${name}.${language}.${width}.${colorScheme}.png` });
      }
  }
  await speak(page, 'en');
  await page.setViewportSize(sizes[0]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** No violation of axe, nothing wider than the window. Run by the debugger, so the page's policy holds. */
export async function check_page(page, name) {
  await page.evaluate(axe_source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map((it) => `${name}: ${it.id}: ${it.nodes[0]?.html}`), []);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name} is ${over} px wider than the window`);
}

/** Every provision has its title and every fact its words; in Bulgarian a word left in Latin shows it. In
 *  Bulgarian and Spanish no finding says anything in English. */
export async function check_words(page, language, { facts_too = true } = {}) {
  const without_title = () => page.$$eval('[data-provision]', (items) =>
    items.filter((it) => !it.querySelector('.title')?.textContent).map((it) => it.dataset.provision));
  // The law in the officer's language, or its English titles from the node, comes a moment after the page.
  await page.waitForFunction(() => [...document.querySelectorAll('[data-provision]')].every((it) => it.querySelector('.title')?.textContent))
    .catch(() => {});
  assert.deepEqual(await without_title(), []);
  if (['bg', 'es'].includes(language)) {
    const english = await page.$$eval('[data-provision] [lang=en]', (items) => items.map((it) => it.textContent));
    assert.deepEqual(english, [], `findings in English, not in ${language}`);
  }
  if (language !== 'bg' || !facts_too) return;
  const facts = await page.$$eval('.fact, .read', (items) => items.map((it) => it.textContent));
  assert.deepEqual(facts.filter((text) => /[a-z]/.test(text)), []);
}
