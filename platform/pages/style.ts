import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

export type Style = { readonly path: string; readonly css: string; readonly brotli: () => Buffer };

/** The one stylesheet of all public pages, on top of the design's tokens; its address changes with its content. */
export function createStyle(tokens: readonly string[]): Style {
  const sheets = [...tokens, readFileSync(join(import.meta.dirname, 'pages.css'), 'utf8')];
  const css = sheets.join('\n').replace(/\/\*[^]*?\*\//g, '').replace(/@import[^;]*;/g, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/;}/g, '}').trim();
  const hash = createHash('sha256').update(css).digest('base64url').slice(0, 12);
  let small: Buffer | undefined;
  return { path: `/style/${hash}.css`, css, brotli: () => small ??= brotliCompressSync(css) };
}
