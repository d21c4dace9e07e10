// What a first visit loads, compressed: the page, its scripts and styles, and every font it may ask for;
// and what comes later, when a part that is loaded by itself is opened. Each has its limit.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const first_bytes_max = 250 * 1024;
const later_bytes_max = 90 * 1024;
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
for (const path of files_under(root).sort()) {
  const bytes = readFileSync(path);
  const font = path.endsWith('.woff2');
  const sent = font ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  const when = font || first.has(relative(root, path)) ? 'first' : 'later';
  total[when] += sent;
  console.log(`${String(sent).padStart(8)}  ${when}  ${relative(root, path)}`);
}
const inline = /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i.test(page);
console.log(`${String(total.first).padStart(8)}  bytes first; the limit is ${first_bytes_max}`);
console.log(`${String(total.later).padStart(8)}  bytes later; the limit is ${later_bytes_max}`);
if (inline) console.error('index.html has inline script or style, which the policy forbids');
if (total.first > first_bytes_max) console.error('the first load is over its limit');
if (total.later > later_bytes_max) console.error('what is loaded later is over its limit');
process.exit(inline || total.first > first_bytes_max || total.later > later_bytes_max ? 1 : 0);
