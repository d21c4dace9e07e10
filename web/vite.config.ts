import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const node = process.env['COMITY_NODE'] ?? 'http://127.0.0.1:8081';

/** "words-bg-first": so that weigh.mjs can tell the languages apart, of which one is loaded. */
function name_of_words(module: string): string | undefined {
  const [, language, part] = /\/words\/(\w+)(?:\/(first|later)\.ts|\.tsv)/.exec(module) ?? [];
  return language && `words-${language}-${part ?? 'law'}`;
}

export default defineConfig({
  base: './',
  plugins: [svelte()],
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
