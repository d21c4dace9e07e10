import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { by_columns } from './src/law_columns';

const node = process.env['COMITY_NODE'] ?? 'http://127.0.0.1:8081';

/** "words-bg-first": so that weigh.mjs can tell the languages apart, of which one is loaded. */
function name_of_words(module: string): string | undefined {
  const [, of_cases] = /\/words\/cases\/(\w+)\.tsv/.exec(module) ?? [];
  if (of_cases) return `words-${of_cases}-cases`;
  const [, language, part] = /\/words\/(\w+)(?:\/(first|later)\.ts|\.tsv)/.exec(module) ?? [];
  return language && `words-${language}-${part ?? 'law'}`;
}

/** The tables of the law, column by column. */
const law_columns = {
  name: 'law-columns',
  enforce: 'pre' as const,
  load(id: string): string | undefined {
    const [, path] = /^(.*\/treaty\/words\/(?:cases\/)?\w+\.tsv)\?raw$/.exec(id) ?? [];
    return path && `export default ${JSON.stringify(by_columns(readFileSync(path, 'utf8')))}`;
  },
};

export default defineConfig({
  base: './',
  plugins: [svelte(), law_columns],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    // The node's policy allows no data: font and no inline script, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    rollupOptions: { output: { chunkFileNames: (chunk) => `assets/${name_of_words(chunk.facadeModuleId ?? '') ?? '[name]'}-[hash].js` } },
  },
  server: { proxy: { '/v1': node } },
  // A machine that builds beside it takes ten times as long.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
