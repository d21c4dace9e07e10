// What a first visit loads, compressed: the page, its scripts and styles, and every font it may ask for.
// Fails above the limit of issue 2 section 3.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const bytes_max = 250 * 1024;
const root = new URL('../build/web/', import.meta.url).pathname;

function files_under(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files_under(path) : [path];
  });
}

let total = 0;
for (const path of files_under(root).sort()) {
  const bytes = readFileSync(path);
  const sent = path.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  total += sent;
  console.log(`${String(sent).padStart(8)}  ${relative(root, path)}`);
}
const page = readFileSync(join(root, 'index.html'), 'utf8');
const inline = /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i.test(page);
console.log(`${String(total).padStart(8)}  bytes in all; the limit is ${bytes_max}`);
if (inline) console.error('index.html has inline script or style, which the policy forbids');
if (total > bytes_max) console.error('the first load is over its limit');
process.exit(inline || total > bytes_max ? 1 : 0);
