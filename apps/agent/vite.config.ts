import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compressed } from '../../tools/vite/compressed.ts';
import { compiledMessages } from '../../tools/vite/messages.ts';
import { serviceWorker } from '../../tools/vite/service-worker.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** react-aria speaks over 30 languages; the app carries only its own. */
const ariaLanguages = (kept: readonly string[]): Plugin => ({
  name: 'aria-languages',
  enforce: 'pre',
  load(id) {
    const locale = /\/react-(?:aria|stately|aria-components)\/dist\/private\/intl\/(?:[^/]+\/)?([a-z]{2})-[A-Z]{2}\.mjs$/.exec(id)?.[1];
    return locale && !kept.includes(locale) ? 'export default {};' : null;
  },
});

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [compiledMessages(), ariaLanguages(['en', 'bg', 'pl', 'ru', 'ar']), react(), tailwind(), serviceWorker({ source: here('worker/sw.ts'), fileName: 'sw.js' }), compressed()],
  build: {
    outDir: here('../../build/agent'),
    emptyOutDir: true,
    manifest: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    cssTarget: ['chrome125', 'firefox128', 'safari18'],
    // The content policy allows neither inline scripts nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // What two screens share would otherwise lie in a hundred small files, each of them a request; of a room that nothing asks for at the start, nothing comes then.
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: 'parts', priority: 3, test: /node_modules\/(?!@noble|@tanstack\/(?:virtual-core|react-virtual)|@tiptap|prosemirror|linkifyjs|rope-sequence|orderedmap|w3c-keyname)|\/(?:ui\/(?!components\/VirtualList)|kernel\/|platform\/(?!browser\/sealed))/, minShareCount: 3 },
      { name: 'seal', priority: 2, test: /node_modules\/@noble\/ciphers|platform\/browser\/sealed/ },
      { name: 'letters', priority: 2, test: /node_modules\/(?:@tiptap|prosemirror|linkifyjs|rope-sequence|orderedmap|w3c-keyname)/ },
      { debugName: 'rooms', name: (id) => `room-${/features\/([^/]+)/.exec(id)?.[1]}`, priority: 1, test: /\/features\/[^/]+\/(?:core\/contract|agent\/(?:queries|text|live))/, minShareCount: 2 },
    ] } } },
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } },
  },
});
