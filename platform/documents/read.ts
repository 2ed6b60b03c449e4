import { docxText } from './docx.ts';
import { pdfText } from './pdf.ts';
import { plainText } from './plain.ts';

/** Characters that are read of one file. */
export const MOST_READ = 200_000;

/** What a file says; null when it says nothing that can be read here. What it is shows by its own first bytes, whatever it is called. */
export function documentText(bytes: Buffer): string | null {
  const text = bytes.subarray(0, 1_024).includes('%PDF-') ? inReadingOrder(pdfText(bytes, MOST_READ))
    : bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')) ? docxText(bytes, MOST_READ) : plainText(bytes, MOST_READ);
  const words = text?.toWellFormed().replace(/\u0000/gu, '').replace(/[ \t]+/gu, ' ').replace(/\s*\n\s*/gu, '\n').trim() ?? '';
  return words === '' ? null : words;
}

/** Arabic that was drawn sign by sign stands as it looks, from left to right and in the shapes of its letters. */
const inReadingOrder = (text: string | null): string | null =>
  text?.replace(/^.*[\ufe70-\ufefc].*$/gmu, (line) => line.replace(/[\u0600-\u06ff\ufe70-\ufefc](?:[\u0600-\u06ff\ufe70-\ufefc\s]*[\u0600-\u06ff\ufe70-\ufefc])?/gu, (run) => [...run].toReversed().join('').normalize('NFKC'))) ?? null;
