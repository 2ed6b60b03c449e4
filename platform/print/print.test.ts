import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pdfText } from '../documents/pdf.ts';
import { apart } from './apart.ts';
import { cleaned } from './lines.ts';
import type { Block, Paper } from './paper.ts';
import { createPrinter } from './printer.ts';

const paperOf = (...blocks: Block[]): Paper => ({ title: 'Case', language: 'ar', direction: 'rtl', footer: '#1', cut: 'There is more.', madeAt: new Date(0), blocks });
const printed = async (...blocks: Block[]): Promise<Buffer> => {
  const bytes = await createPrinter().print('', () => paperOf(...blocks));
  if (!Buffer.isBuffer(bytes)) throw new Error(`it was not printed: ${bytes}`);
  return bytes;
};
const ANOTHER_READER = 'pdftotext';
const PAGES = /\/Type \/Page\b/gu;
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(PAGES)?.length ?? 0;

/** Signs from left to right, as they stand on the page: what is read off a drawing, where gaps are a matter of taste. */
const drawn = (pdf: Buffer): string => pdfText(pdf, 200_000)!.replaceAll(/\s+/gu, '');
const turned = (text: string): string => [...text].toReversed().join('');

test('five languages are drawn in their letters, and Arabic from right to left with its numbers and names turned as they are read', async () => {
  const pdf = await printed(
    { kind: 'title', text: 'Łódź: gęś' }, { kind: 'text', text: 'Здравейте, ёлка' }, { kind: 'text', text: 'وصلت Kettle 3000 (الزرقاء) يوم 12/11، شكرًا' }, { kind: 'fact', label: 'العميل', text: 'Maria <m@example.org>' },
  );
  const text = drawn(pdf);
  for (const words of ['Łódź:gęś', 'Здравейте,ёлка', 'Maria<m@example.org>', turned('العميل')]) expect(text).toContain(words);
  // From the left: the end of the sentence, the date, the brackets turned around, the name as it is, the first word.
  const at = [turned('يوم'), '(', turned('الزرقاء'), ')', 'Kettle3000', turned('وصلت')].map((part) => text.indexOf(part));
  expect(at.every((place) => place >= 0)).toBe(true);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(pdf.toString('latin1')).toMatch(/\/Lang \(ar\)/u);
  expect(pdf.toString('latin1')).toMatch(/\/MarkInfo/u);
});

test('names, addresses and dates keep their places in a line of the other direction', async () => {
  const text = drawn(await printed({ kind: 'heading', text: `${apart('فاطمة')} ${apart('<f@example.org>')} · ${apart('23 نوفمبر 2026')} · بريد` }));
  expect(text).toContain(`${turned('بريد')}·2026${turned('نوفمبر')}23·<f@example.org>${turned('فاطمة')}`);
  // Where nothing stands beside them, the paper says from which side it is read.
  expect(drawn(await printed({ kind: 'fact', label: '1', text: `${apart('Maria')} ${apart('<m@example.org>')}` }))).toContain('<m@example.org>Maria');
  expect(apart('a\uFDD1b')).toBe(apart('a b'));
});

test('what strangers write neither turns the page around nor breaks it', async () => {
  expect(cleaned('invoice\u202Egnp.exe\u0000\u2066x\u2069\u200B')).toBe('invoicegnp.exe x');
  expect(cleaned(`e${'\u0301'.repeat(500)}`)).toHaveLength(5);
  const pdf = await printed(
    { kind: 'title', text: `\u202E${'\u0000'.repeat(50)}title\uD800` }, { kind: 'text', text: 'x'.repeat(3_000) }, { kind: 'text', text: `Z${'\u0301'.repeat(2_000)}` }, { kind: 'text', text: '日本語 😀 ok' },
    { kind: 'text', text: '(((((((((( سلام ))))))) '.repeat(40) }, { kind: 'text', text: '' }, { kind: 'small', text: '\n'.repeat(30) },
  );
  expect(drawn(pdf)).toContain('ok');
  expect(pdf.toString('latin1')).not.toMatch(/\/(?:JavaScript|JS|OpenAction|Launch|URI|EmbeddedFile)\b/u);
});

test('pictures are shown as far as they are some: damaged, lying and huge ones leave the rest as it is', async () => {
  const chunk = (type: string, data: Buffer) => { const head = Buffer.alloc(8); head.writeUInt32BE(data.length); head.write(type, 4, 'latin1'); return Buffer.concat([head, data, Buffer.alloc(4)]); };
  const png = (width: number, height: number, data: Buffer) => {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width);
    head.writeUInt32BE(height, 4);
    head.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
  };
  const good = png(2, 1, deflateSync(Buffer.from([0, 255, 0, 0, 0, 0, 255])));
  const picture = (bytes: Buffer): Block => ({ kind: 'picture', name: 'photo', bytes: new Uint8Array(bytes) });
  const one = await printed(picture(good), { kind: 'text', text: 'after' });
  expect(one.toString('latin1').match(/\/Subtype \/Image/gu)).toHaveLength(1);
  const bad = await printed(picture(png(60_000, 60_000, good)), picture(randomBytes(500)), picture(Buffer.concat([Buffer.from([0xff, 0xd8]), randomBytes(40)])), picture(png(40, 40, randomBytes(30))), { kind: 'text', text: 'after' });
  expect(drawn(bad)).toContain('after');
});

test('a picture whose parts lie about themselves is left out, and the rest is printed: it unpacks to no more than it says', async () => {
  const chunk = (type: string, data: Buffer, length = data.length) => { const head = Buffer.alloc(8); head.writeUInt32BE(length); head.write(type, 4, 'latin1'); return Buffer.concat([head, data, Buffer.alloc(4)]); };
  const headOf = (side: number, colour: number, order = 0) => { const head = Buffer.alloc(13); head.writeUInt32BE(side); head.writeUInt32BE(side, 4); head.set([8, colour, 0, 0, order], 8); return chunk('IHDR', head); };
  const png = (...chunks: Buffer[]): Block => ({ kind: 'picture', name: 'photo', bytes: new Uint8Array(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks, chunk('IEND', Buffer.alloc(0))])) });
  const data = (bytes: Buffer) => chunk('IDAT', deflateSync(bytes));
  const [CLEAR, LONE] = [6, headOf(4, 6)];
  const rows = Buffer.alloc(4 * (1 + 4 * 4));
  const lying: Record<string, Block> = {
    'unpacks to a thousand times its size': png(LONE, data(Buffer.alloc(50_000_000))), 'is no packed data': png(LONE, chunk('IDAT', randomBytes(40))), 'has rows of no known kind': png(LONE, data(Buffer.alloc(rows.length, 9))),
    'goes back on itself': png(LONE, chunk('tIME', Buffer.alloc(0), 0xffff_fff4), data(rows)), 'claims more than the file': png(headOf(4, 3), chunk('PLTE', Buffer.alloc(3), 0x7fff_ffff), data(rows)),
    'has a second head': png(LONE, headOf(60_000, CLEAR), data(rows)), 'is coarse first and broken': png(headOf(4, 2, 1), data(Buffer.alloc(60, 7))),
  };
  for (const [what, block] of Object.entries(lying)) {
    const bytes = await createPrinter({ killAfterMs: 10_000 }).print('', () => paperOf(block, { kind: 'text', text: 'after' }));
    expect.soft(Buffer.isBuffer(bytes) && [drawn(bytes).includes('after'), bytes.toString('latin1').includes('/Subtype /Image')], what).toEqual([true, false]);
  }
  const honest = await printed(png(LONE, data(rows)), png(headOf(4, 6, 1), data(Buffer.alloc(4 * 16 + 7))), png(headOf(4, 3), chunk('PLTE', Buffer.alloc(6)), chunk('tRNS', Buffer.alloc(1)), data(Buffer.alloc(20))));
  expect(honest.toString('latin1').match(/\/SMask/gu)).toHaveLength(3);
  // One is bearable; forty at once are not.
  const large = png(headOf(3_400, CLEAR), data(Buffer.alloc(3_400 * (1 + 3_400 * 4))));
  const many = await printed(...Array.from({ length: 40 }, () => large), { kind: 'text', text: 'after' });
  expect([many.toString('latin1').match(/\/SMask/gu)?.length, drawn(many).includes('after')]).toEqual([2, true]);
}, 60_000);

test('what is longer than the paper is cut and says so; what takes too long is given up, and the next is printed', async () => {
  const long = await printed(...Array.from({ length: 120 }, (): Block => ({ kind: 'text', text: 'line\n'.repeat(400) })));
  expect(pagesOf(long)).toBe(401);
  const hasty = createPrinter({ killAfterMs: 1 });
  expect(await hasty.print('', () => paperOf({ kind: 'text', text: 'سلام kettle чайник '.repeat(20_000) }))).toBeNull();
  const waiting = Array.from({ length: 12 }, (_, i) => hasty.print(`${i}`, () => paperOf({ kind: 'text', text: 'x' })));
  expect((await Promise.all(waiting)).filter((one) => one === 'busy').length).toBe(4);
}, 60_000);

test('one person who prints again and again leaves room for the others', async () => {
  const printer = createPrinter({ killAfterMs: 1 });
  const gather = () => paperOf({ kind: 'text', text: 'x' });
  const all = ['ana', 'ana', 'ana', 'ana', 'boris', 'ana'].map((who) => printer.print(who, gather));
  const busy = await Promise.all(all.map(async (one) => await one === 'busy'));
  expect([busy, await printer.print('ana', gather) === 'busy']).toEqual([[false, false, true, true, false, true], false]);
}, 60_000);

test('papers are gathered one after the other, none for who is turned away, and one that cannot be gathered holds up nobody', async () => {
  const printer = createPrinter({ killAfterMs: 1 });
  let [gathered, at, most] = [0, 0, 0];
  const gather = async (): Promise<Paper> => {
    [gathered, at] = [gathered + 1, at + 1];
    most = Math.max(most, at);
    await new Promise((resolve) => { setImmediate(resolve); });
    at -= 1;
    if (gathered === 1) throw new Error('it is gone');
    return paperOf({ kind: 'text', text: 'x' });
  };
  const all = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => printer.print(`${i}`, gather)));
  expect([gathered, most, all.filter(({ status }) => status === 'rejected').length]).toEqual([8, 1, 1]);
}, 60_000);

test('other programs read it too, where there is one', async ({ skip }) => {
  const read = (pdf: Buffer): Promise<string | null> => new Promise((resolve) => {
    const child = execFile(ANOTHER_READER, ['-layout', '-', '-'], (error, out) => resolve(error ? null : out));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(pdf);
  });
  const text = await read(await printed({ kind: 'text', text: 'السلام عليكم ورحمة الله وبركاته' }));
  if (text === null) return skip('there is no pdftotext here');
  expect(text).toContain('السلام عليكم ورحمة الله وبركاته');
});
