// Takes pictures of the desk and runs axe on every page, against a running node.
//   node dev/look.mjs FOLDER URL
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [, , folder, base] = process.argv;
if (!base) throw new Error('node dev/look.mjs FOLDER URL');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.env.LOOK_ONLY;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let faults = 0;
const say = (text) => { faults++; console.log(text); };

async function check(page, name) {
  // Evaluated by the debugger, so the page's policy stays as it is.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const it of violations) say(`axe ${name}: ${it.id} ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' | ' + node.failureSummary.split('\n')[1]).join('\n    ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) say(`wider than the window by ${wide} px: ${name}`);
}

for (const width of [1440, 390])
  for (const theme of ['light', 'dark'])
    for (const language of ['en', 'bg', 'es', 'ro', 'sr-Latn', 'sr-Cyrl', 'sq']) {
      const tag = `${width}_${theme}_${language}`;
      if (only && !tag.includes(only)) continue;
      const context = await browser.newContext({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme: theme, locale: language, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.on('console', (it) => it.type() === 'error' && !it.text().includes('401') && say(`console ${tag}: ${it.text()}`));
      page.on('pageerror', (it) => say(`page ${tag}: ${it.message}`));
      const shoot = async (name) => {
        await page.waitForTimeout(350);
        await page.screenshot({ path: `${folder}/${name}_${tag}.png` });
        await check(page, `${name} ${tag}`);
      };
      await page.goto(base);
      await page.waitForSelector('input[name=name]');
      await page.evaluate((it) => localStorage.setItem('comity.language', it), language);
      await page.reload();
      await page.waitForSelector('input[name=name]');
      if (language === 'en') await shoot('signin');
      await page.fill('input[name=name]', 'officer');
      await page.fill('input[name=password]', 'demo');
      await page.click('button[type=submit]');
      await page.waitForSelector('a.row');
      await shoot('inbox');
      if (width > 700) {
        await page.click('a.row:has-text("2026-0401")');
        await shoot('inbox_case');
      }
      await page.goto(`${base}/#/case/2026-0401`);
      await page.waitForSelector('[data-result]');
      await shoot('case');
      await page.goto(`${base}/#/new`);
      await page.waitForSelector('#to');
      await shoot('new_empty');
      await page.selectOption('#to', 'RO');
      await page.selectOption('#kind', 'vehicle-owner');
      await page.fill('#plate', 'В 123 АВС');
      await page.selectOption('#purpose', 'investigation');
      await page.selectOption('#needGround', 'identify-owner');
      await page.fill('#offence', 'vehicle theft');
      await page.waitForSelector('[data-verdict]');
      await page.waitForTimeout(400);
      await shoot('new_typing');
      if (language === 'en') {
        for (const [name, hash] of [['register', '#/register'], ['proof', '#/register/7'], ['messages', '#/messages'], ['refused', '#/case/2026-0410'], ['missing', '#/case/nope']]) {
          await page.goto(`${base}/${hash}`);
          await shoot(name);
        }
        await page.click('.row').catch(() => {});
        await page.goto(`${base}/#/messages`);
        await page.waitForSelector('a.row');
        await page.click('a.row >> nth=-1');
        await shoot('message');
        await page.keyboard.press('?');
        await shoot('keys');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await shoot('palette');
        await page.keyboard.press('Escape');
        await page.click('.who');
        await shoot('account');
      }
      await context.close();
    }
await browser.close();
console.log(faults === 0 ? 'no fault' : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
