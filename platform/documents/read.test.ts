import { readFile } from 'node:fs/promises';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { MOST_READ, documentText } from './read.ts';
import { createDocumentReader } from './reader.ts';

/** A zip of these parts, each packed. */
function zip(parts: Readonly<Record<string, string>>): Buffer {
  const [locals, heads]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(text), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(Buffer.byteLength(text), 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), packed]);
    const head = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, Buffer.alloc(14), Buffer.from(name)]);
    head.writeUInt32LE(at, 42);
    locals.push(local);
    heads.push(head);
    at += local.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(heads.length, 8);
  end.writeUInt16LE(heads.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A PDF of one page that draws this, with a Latin font. */
const pdf = (drawing: Buffer | string, stream = '') =>
  Buffer.concat([Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n2 0 obj<<${stream}/Length ${drawing.length}>>stream\n`), Buffer.from(drawing), Buffer.from('\nendstream endobj\n')]);
const body = (inner: string) => `<?xml version="1.0"?><w:document><w:body>${inner}</w:body></w:document>`;

test('a PDF that a browser printed is read in every script, words whole and Arabic in its order', async () => {
  const words = documentText(await readFile(new URL('./fixtures/browser.pdf', import.meta.url)));
  for (const line of ['Warranty certificate', 'Model Thermolux 3000, serial ABX-1042.', 'Гаранция за чайник, валидна до юни.', 'Żółta gwarancja producenta']) expect(words?.split('\n')).toContain(line);
  for (const word of ['ضمان', 'الغلاية']) expect(words).toContain(word);
});

test('a PDF of a plain kind is read, packed or not, with its escapes, gaps and lines', () => {
  const drawing = 'BT /F1 12 Tf 72 700 Td (Serial \\(no.\\) \\101B) Tj 0 -14 Td [(Ther) 20 (mo) -400 (lux)] TJ ET';
  for (const made of [pdf(drawing), pdf(deflateSync(drawing), '/Filter/FlateDecode')]) expect(documentText(made)).toBe('Serial (no.) AB\nThermo lux');
});

test('a docx is read without what was deleted, its header too', () => {
  const made = zip({
    'word/header1.xml': body('<w:p><w:r><w:t>Acme</w:t></w:r></w:p>'),
    'word/document.xml': body('<w:p><w:r><w:t>Ket</w:t></w:r><w:r><w:t xml:space="preserve">tle &amp; lid</w:t></w:r></w:p><w:p><w:pPr/><w:del><w:r><w:delText>secret</w:delText></w:r></w:del><w:r><w:t>чайник</w:t><w:tab/><w:t>&#1071;</w:t></w:r></w:p>'),
  });
  expect(documentText(made)).toBe('Kettle & lid\nчайник Я\nAcme');
});

test('a PDF that names one large stream a thousand times takes no more of the machine than one that has it once', () => {
  const drawing = `BT /F1 12 Tf (kettle) Tj ET${' '.repeat(2_000_000)}`;
  const often = Buffer.from(pdf(drawing).toString('latin1').replace('/Contents 2 0 R', `/Contents [${'2 0 R '.repeat(1_000)}]`), 'latin1');
  expect(documentText(often)).toMatch(/^kettle/);
});

test.each([
  ['UTF-8', Buffer.from('Чайникът е счупен')], ['UTF-16', Buffer.from('\ufeffЧайникът е счупен', 'utf16le')],
  ['windows-1251', Buffer.from([0xd7, 0xe0, 0xe9, 0xed, 0xe8, 0xea, 0xfa, 0xf2, 0x20, 0xe5, 0x20, 0xf1, 0xf7, 0xf3, 0xef, 0xe5, 0xed])],
])('a text file in %s is read', (_name, bytes) => {
  expect(documentText(bytes)).toBe('Чайникът е счупен');
});

test('what cannot be read says nothing, and what is endless has an end', () => {
  const endless = `BT /F1 12 Tf ${'(kettle) Tj '.repeat(200_000)}ET`;
  expect(documentText(pdf(deflateSync(endless), '/Filter/FlateDecode'))!.length).toBeLessThanOrEqual(MOST_READ);
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  for (const bytes of [
    Buffer.alloc(0), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5, 6, 7]), Buffer.from('%PDF-1.7\n/Encrypt 5 0 R'), pdf(bomb, '/Filter/FlateDecode'), zip({ 'word/document.xml': ' '.repeat(30 * 1024 * 1024) }),
    zip({ 'other.xml': 'x' }), Buffer.from(`%PDF-1.4 1 0 obj ${'['.repeat(100_000)}`), Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Page/Parent 1 0 R/Contents 1 0 R>>endobj`), Buffer.from(`PK\u0003\u0004${'x'.repeat(70_000)}`),
  ]) expect(documentText(bytes)).toBeNull();
});

const reader = createDocumentReader({ killAfterMs: 20_000 });
afterAll(() => reader.close());

test('files are read beside the work of others; one that takes too long is given up, and the next is read', async () => {
  const hasty = createDocumentReader({ killAfterMs: 0 });
  expect(await Promise.all([reader.read(Buffer.from('kettle')), reader.read(pdf('BT (lid) Tj ET'))])).toEqual(['kettle', 'lid']);
  const long = pdf(Buffer.from(`BT /F1 12 Tf ${'/x '.repeat(4_000_000)}ET`));
  expect(await hasty.read(long)).toBeNull();
  await hasty.close();
});
