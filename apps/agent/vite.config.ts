import { fileURLToPath } from 'node:url';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

/** Sentences are taken apart here, once, so that no browser has to carry and run the parser. */
const compiledMessages = (): Plugin => ({
  name: 'compiled-messages',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/messages\/[a-z]{2}\.json$/.test(id)) return null;
    const sentences = Object.entries(JSON.parse(code) as Record<string, string>);
    return { code: JSON.stringify(Object.fromEntries(sentences.map(([name, text]) => [name, compileMessageOrThrow(text)]))), map: null };
  },
});

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [compiledMessages(), ariaLanguages(['en', 'bg', 'pl', 'ru', 'ar']), react(), tailwind()],
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
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } },
  },
});
