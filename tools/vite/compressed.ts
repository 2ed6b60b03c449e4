import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

/** A smaller file fits into one packet or two as it is. */
const WORTH_BYTES = 1_400;

/** Beside each script and sheet lies what browsers are sent instead, so that no request waits for it to be made. */
export const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir }, files) {
    for (const name of Object.keys(files).filter((file) => /\.(?:js|css)$/.test(file))) {
      const path = join(dir!, name);
      const content = readFileSync(path);
      if (content.length < WORTH_BYTES) continue;
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
    }
  },
});
