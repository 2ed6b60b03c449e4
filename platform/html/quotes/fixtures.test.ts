import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { splitReplyOfHtml } from '../text.ts';
import { splitReply } from './split.ts';

/**
 * Replies as the mail programs of the world make them. In `fixtures/*.txt` a line `# name` begins each; of the lines
 * below, those with `+` are what the person wrote, those with `-` what is to be folded away. In `fixtures/*.html` those
 * with `:` are the HTML, and of answers between the lines `?` names what must be there.
 */
const FOLDER = join(import.meta.dirname, 'fixtures');

const casesOf = (ending: string) => readdirSync(FOLDER).filter((file) => file.endsWith(ending)).flatMap((file) =>
  readFileSync(join(FOLDER, file), 'utf8').split(/^# /mu).slice(1).map((part) => {
    const [name = '', ...lines] = part.replace(/\n$/u, '').split('\n');
    const those = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1)).join('\n');
    return { name: `${file}: ${name}`, text: lines.map((line) => line.slice(1)).join('\n'), html: those(':'), written: those('+'), folded: those('-'), contained: those('?').split('\n') };
  }));

const even = (text: string): string => text.replace(/[ \t]+$/gmu, '').replace(/\n{2,}/gu, '\n\n').trim();

test.each(casesOf('.txt'))('$name', ({ text, written, folded }) => {
  const split = splitReply(text);
  expect(even(split.written)).toBe(even(written));
  expect(even(split.quoted)).toBe(even(folded));
});

test.each(casesOf('.html'))('$name', ({ html, written, contained }) => {
  const split = splitReplyOfHtml(html);
  if (written === '') for (const words of contained) expect(split.written).toContain(words);
  else expect(even(split.written).replace(/\n+/gu, '\n')).toBe(even(written).replace(/\n+/gu, '\n'));
});
