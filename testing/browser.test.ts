import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => { browser = await launchBrowser(); });
afterAll(async () => { await browser.close(); });

const font = (family: string, file: string) => {
  const data = readFileSync(join(import.meta.dirname, '../node_modules/@fontsource-variable', file)).toString('base64');
  return `@font-face { font-family: '${family}'; src: url(data:font/woff2;base64,${data}) }`;
};

test('the browser draws Cyrillic and Arabic with our own fonts', async () => {
  const page = await browser.newPage();
  await page.setContent(`<style>
    ${font('Inter', 'inter/files/inter-cyrillic-wght-normal.woff2')}
    ${font('Noto Sans Arabic', 'noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2')}
    span { font: 40px 'Inter', 'Noto Sans Arabic' }</style>
    <span id="bg">Здравейте</span><br><span id="ar" lang="ar" dir="rtl">مرحبا</span>`);
  await page.evaluate(() => (globalThis as unknown as { document: { fonts: { ready: Promise<unknown> } } }).document.fonts.ready);

  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const drawnWith = async (selector: string) => {
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(({ isCustomFont, familyName }) => [isCustomFont, familyName]);
  };

  expect(await drawnWith('#bg')).toEqual([[true, expect.stringContaining('Inter')]]);
  expect(await drawnWith('#ar')).toEqual([[true, expect.stringContaining('Noto Sans Arabic')]]);
});
