/** ISO 4217 gives them two digits; a browser leaves those out that nobody counts in any more. */
const two_digits = ['ALL', 'BAM', 'HUF', 'MDL', 'MKD', 'RSD'];

/** How many digits a currency has after the point; two where it is none that anybody knows. */
function digits_of(currency: string): number {
  if (two_digits.includes(currency)) return 2;
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** "340,00" in the smallest unit of its currency; null for what is no sum. */
export function minor_units(typed: string, currency: string): number | null {
  const digits = digits_of(currency);
  const found = /^(\d{1,10})(?:[.,](\d{1,4}))?$/.exec(typed.replace(/\s/g, ''));
  const after = found?.[2] ?? '';
  if (!found || after.length > digits) return null;
  return Number(found[1] + after.padEnd(digits, '0'));
}

/** As the language writes it. */
export function money_text(locale: string, amount_minor: number, currency: string): string {
  const digits = digits_of(currency);
  const amount = amount_minor / 10 ** digits;
  try {
    return amount.toLocaleString(locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
  } catch {
    return `${amount.toLocaleString(locale, { minimumFractionDigits: digits })} ${currency}`;
  }
}
