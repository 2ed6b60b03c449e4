import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { splitReply } from './split.ts';

/**
 * Replies as the mail programs of the world make them. In `fixtures/*.txt` a line `# name` begins each; of the lines
 * below, those with `+` are what the person wrote, those with `-` what is to be folded away.
 */
const FOLDER = join(import.meta.dirname, 'fixtures');

const cases = readdirSync(FOLDER).filter((file) => file.endsWith('.txt')).flatMap((file) =>
  readFileSync(join(FOLDER, file), 'utf8').split(/^# /mu).slice(1).map((part) => {
    const [name = '', ...lines] = part.replace(/\n$/u, '').split('\n');
    const those = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1)).join('\n');
    return { name: `${file}: ${name}`, text: lines.map((line) => line.slice(1)).join('\n'), written: those('+'), folded: those('-') };
  }));

const even = (text: string): string => text.replace(/[ \t]+$/gmu, '').replace(/\n{2,}/gu, '\n\n').trim();

test.each(cases)('$name', ({ text, written, folded }) => {
  const split = splitReply(text);
  expect(even(split.written)).toBe(even(written));
  expect(even(split.quoted)).toBe(even(folded));
});
