import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from '../../tools/vite/compressed.ts';
import { compiledMessages } from '../../tools/vite/messages.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/widget/',
  plugins: [compiledMessages(), compressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../build/widget'),
    emptyOutDir: true,
    manifest: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    cssTarget: ['chrome125', 'firefox128', 'safari18'],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { loader: here('src/loader.ts'), panel: here('src/panel/main.tsx') },
      // The loader's address stands on other people's pages and never changes.
      output: { entryFileNames: ({ name }) => (name === 'loader' ? 'widget.js' : 'assets/[name]-[hash].js') },
    },
  },
});
