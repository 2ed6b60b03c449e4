import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { compressed } from '../../tools/vite/compressed.ts';
import { compiledMessages } from '../../tools/vite/messages.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where its name stands in the loader; the name is known when all is built. */
const LATER = 'NAME-OF-THE-NUDGES';

/** It runs as a script among the page's own: none of its names may meet one of theirs, and it cannot import. */
const closedLoader = (): Plugin => ({
  name: 'closed-loader',
  apply: 'build',
  generateBundle(_options, bundle) {
    const loader = bundle['widget.js'];
    if (loader?.type !== 'chunk') return this.error('There is no loader.');
    if (loader.imports.length > 0) this.error(`The loader imports ${loader.imports.join(', ')}; a page's script cannot.`);
    const later = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === 'nudge');
    if (!later || !loader.code.includes(LATER)) return this.error('What the loader fetches later has no address.');
    loader.code = loader.code.replace(LATER, later.fileName);
    loader.code = `(()=>{"use strict";${loader.code}})();\n`;
  },
});

export default defineConfig({
  root: here('.'),
  base: '/widget/',
  plugins: [compiledMessages(), closedLoader(), compressed()],
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
      preserveEntrySignatures: 'exports-only',
      input: { loader: here('src/loader.ts'), nudge: here('src/nudge.ts'), panel: here('src/panel/main.tsx'), example: here('../../clients/visitor/example/main.ts') },
      // The loader's address stands on other people's pages and never changes.
      output: { entryFileNames: ({ name }) => (name === 'loader' ? 'widget.js' : 'assets/[name]-[hash].js') },
    },
  },
});
