// What browsers do not know of Albanian: Chromium has no Albanian in Intl and would write English names and
// American dates. Numbers and dates then follow de-AT, which writes them as Albanian does (22.11.2026, 12 345).
export const albanian_locale = Intl.DateTimeFormat.supportedLocalesOf('sq-AL')[0] ?? 'de-AT';

const states: Record<string, string> = {
  AL: 'Shqipëria', AT: 'Austria', BA: 'Bosnja dhe Hercegovina', BG: 'Bullgaria', HR: 'Kroacia', HU: 'Hungaria',
  MD: 'Moldavia', ME: 'Mali i Zi', MK: 'Maqedonia e Veriut', RO: 'Rumania', RS: 'Serbia', SI: 'Sllovenia',
  GR: 'Greqia', IT: 'Italia', TR: 'Turqia', UA: 'Ukraina', DE: 'Gjermania', ES: 'Spanja',
};
/** Undefined for a State that is not named here. */
export const albanian_state = (code: string): string | undefined => states[code];

const units: Record<string, string> = { millisecond: 'ms', second: 'sek.', minute: 'min', hour: 'orë', day: 'ditë' };
export const albanian_unit = (unit: string): string => units[unit] ?? unit;
