import { splitReply } from '../../platform/html/quotes/split.ts';
import type { Parser } from '../../platform/mail/parser.ts';
import type { Specimen } from './files.ts';
import type { Score } from './score.ts';

const HEADER = /^[A-Za-z][A-Za-z0-9-]{1,70}:.*\n(?:[ \t].*\n|[A-Za-z][A-Za-z0-9-]{1,70}:.*\n)*\r?\n/;

/** The words of the person, exactly, but for space; and nothing of the text lost. */
export async function judgeReply({ file, raw, expected }: Specimen, parser: Pick<Parser, 'parse'>, score: Score): Promise<void> {
  const text = raw.toString('utf8').replaceAll('\r\n', '\n');
  const isMail = file.endsWith('.eml') && HEADER.test(text);
  const result = isMail ? await parser.parse(raw) : { mail: wordsOf(text) };
  score.count('replies read', file, 'mail' in result, () => ('error' in result ? result.error : ''));
  if (!('mail' in result)) return;
  const { text: written, quoted } = result.mail;
  if (!isMail) score.count('replies: nothing lost', file, letters(written + quoted) === letters(text));
  if (expected !== null) {
    const words = expectedWords(expected);
    score.count('replies exactly right', file, even(written) === even(words), () => `expected\n${words}\nbut came\n${written}`);
  }
}

function wordsOf(body: string): { text: string; quoted: string } {
  const { written, quoted } = splitReply(body);
  return { text: written, quoted };
}

function expectedWords({ name, text }: NonNullable<Specimen['expected']>): string {
  if (!name.endsWith('.json')) return text;
  const found = JSON.parse(text) as Record<string, unknown>;
  const words = ['visible', 'written', 'reply', 'text', 'body', 'expected'].map((key) => found[key]).find((value) => typeof value === 'string');
  if (typeof words !== 'string') throw new Error(`${name} says nowhere what the words of the reply are`);
  return words;
}

const even = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const letters = (text: string): number => text.replace(/\s+/gu, '').length;
