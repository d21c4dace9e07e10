import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const node = process.env['COMITY_NODE'] ?? 'http://127.0.0.1:8081';

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
  },
  server: { proxy: { '/v1': node } },
  // A machine that builds beside it takes ten times as long.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
