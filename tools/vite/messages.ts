import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/** Sentences are taken apart here, once, so that no browser has to carry and run the parser. */
export const compiledMessages = (): Plugin => ({
  name: 'compiled-messages',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/messages\/[a-z]{2}\.json$/.test(id)) return null;
    const sentences = Object.entries(JSON.parse(code) as Record<string, string>);
    return { code: JSON.stringify(Object.fromEntries(sentences.map(([name, text]) => [name, compileMessageOrThrow(text)]))), map: null };
  },
});
