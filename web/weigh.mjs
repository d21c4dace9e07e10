// What a first visit loads, compressed: the page, its scripts and styles, and every font it may ask for;
// and what comes later, when a part that is loaded by itself is opened. Each has its limit.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const first_bytes_max = 250 * 1024;
// Of what comes later nobody loads all: a file of it has its limit, and all of them together.
const later_bytes_max = 232 * 1024;
const later_file_bytes_max = 24 * 1024;
// Each of the languages comes in parts of its own, of which an officer loads one language.
const language_bytes_max = 114 * 1024;
// Only the explorer asks for the words of cases and parameters.
const cases_bytes_max = 40 * 1024;
const root = new URL('../build/web/', import.meta.url).pathname;

function files_under(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files_under(path) : [path];
  });
}

const page = readFileSync(join(root, 'index.html'), 'utf8');

/** The files that the page names, and what those import before anything else runs. */
function loaded_first() {
  const waiting = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((found) => found[1]);
  const seen = new Set(['index.html']);
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    if (!path.endsWith('.js')) continue;
    // import("./x.js") with its bracket comes later; `from"./x.js"` and `import"./x.js"` come first.
    const imports = readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g);
    for (const found of imports) waiting.push(join(dirname(path), found[1]));
  }
  return seen;
}

const first = loaded_first();
const total = { first: 0, later: 0 };
const languages = {};
const heavy = [];
for (const path of files_under(root).sort()) {
  const bytes = readFileSync(path);
  const font = path.endsWith('.woff2');
  const sent = font ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  const language = /words-(\w+)-(first|later|law|cases)-/.exec(path);
  const when = language ? language[1] : font || first.has(relative(root, path)) ? 'first' : 'later';
  if (when === 'later' && sent > later_file_bytes_max) heavy.push(path);
  if (!language) total[when] += sent;
  else (languages[when] ??= { first: 0, later: 0, law: 0, cases: 0 })[language[2]] += sent;
  console.log(`${String(sent).padStart(8)}  ${when}  ${relative(root, path)}`);
}
const inline = /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i.test(page);
console.log(`${String(total.first).padStart(8)}  bytes first; the limit is ${first_bytes_max}`);
console.log(`${String(total.later).padStart(8)}  bytes later; the limit is ${later_bytes_max}`);
for (const path of heavy) console.error(`${path} is over ${later_file_bytes_max} bytes`);
let over = heavy.length > 0 || total.first > first_bytes_max || total.later > later_bytes_max;
for (const [language, it] of Object.entries(languages)) {
  console.log(`${String(it.first + it.later + it.law).padStart(8)}  bytes for ${language}; the limit is ${language_bytes_max}`);
  console.log(`${String(total.first + it.first).padStart(8)}  bytes first in ${language}; the limit is ${first_bytes_max}`);
  if (it.cases > 0) console.log(`${String(it.cases).padStart(8)}  bytes for cases in ${language}; the limit is ${cases_bytes_max}`);
  over ||= it.cases > cases_bytes_max || total.first + it.first > first_bytes_max || it.first + it.later + it.law > language_bytes_max;
}
if (inline) console.error('index.html has inline script or style, which the policy forbids');
if (over) console.error('what is loaded is over its limit');
process.exit(inline || over ? 1 : 0);
