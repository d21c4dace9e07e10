// The draft of a request for a sample, typed at a desk: two stories begin with it.
import { at } from './browser.mjs';

export const day = (from_now) => new Date(Date.now() + from_now * 86_400_000).toISOString().slice(0, 10);

/** The order itself: without its document the request does not leave, A20(3)(b). */
export async function attach_order(page) {
  await page.setInputFiles('#files input[type=file]', { name: 'order TEST.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 Order 17/2026 of the court TEST') });
  await page.waitForSelector('#files [data-file=ready]');
}

/** All that it needs but what the sample is for. */
export async function write_sample(page, url, number) {
  await page.goto(at(url, 'samples'));
  await page.waitForSelector('#to');
  await page.selectOption('#to', 'RO');
  await page.selectOption('#purpose', 'investigation');
  await page.fill('#caseNumber', number);
  await page.fill('#eraseBy', day(900));
  await page.selectOption('#person-kind', 'lawful');
  await page.fill('#person-familyName', 'Ivanova TEST');
  await page.fill('#person-givenName', 'Maria');
  await page.fill('#whereabouts-name', 'Bucuresti TEST');
  await page.check('#none');
  await page.fill('#order', 'Order 17/2026 of the court TEST');
  await attach_order(page);
  await page.fill('#statement', 'The same order would be given if the person were here TEST.');
  await page.check('#costs');
}

/** The profile and what it cost, by who took the sample. */
export async function type_profile(page, sheet, amount) {
  await page.fill('#profileNumber', 'RO-P-950');
  await page.fill('#sampledOn', day(0));
  await page.fill('#laboratory', 'Laboratory TEST');
  await page.fill('#loci', sheet);
  await page.fill('#amount', amount);
}
