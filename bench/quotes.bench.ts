import { splitReply } from '../platform/html/quotes/split.ts';
import { splitReplyOfHtml } from '../platform/html/text.ts';
import type { BenchOptions } from './bench.ts';

export const about = 'milliseconds of the processor to tell words from quotes in a megabyte of anything';

const MEGABYTE = 1_000_000;
const ROUNDS = 3;
const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTE / part.length)).slice(0, MEGABYTE);

const TEXTS: Record<string, string> = {
  dashes: '-', 'lines of dashes': '-----\n', spaces: ' ', '>': '>', 'lines of >': '> \n', On: 'On ', 'On, dated': 'On 3 Mar 2026 at 10:12 x\n', underscores: '_',
  'From:': 'From:', 'From: in blocks': 'From: a\nx\n\n', newlines: '\n', 'Sent from my': 'Sent from my \n', 'wrote:': 'x 3 wrote:\n', 'nearly introductions': '2026 10:12 a@b <:\n',
  'long lines': `${'x'.repeat(390)} 2026 :\n`, signatures: '--\nfoo 1234567\n', regards: 'Best regards\n', words: 'words of a letter, some hundred thousand of them\n',
  'small print': 'confidential and intended for the recipient alone, and for nobody else in this world\n\n',
};
const HTML: Record<string, string> = { 'HTML: blocks': '<div>x</div>', 'HTML: letter': '<p>Words of a letter, some hundred thousand of them</p>\n', 'HTML: signatures': '<div class="gmail_signature">x</div>', 'HTML: <': '<' };

export function run({ quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const sent = 'we sent you these words of a letter '.repeat(1_000);
  const rows: Record<string, { alone: number; withOurs: number }> = {};
  for (const [name, part] of Object.entries(TEXTS)) {
    const text = filled(part);
    rows[name] = { alone: cost(() => splitReply(text)), withOurs: cost(() => splitReply(text, { sent })) };
  }
  const html = { ...Object.fromEntries(Object.entries(HTML).map(([name, part]) => [name, filled(part)])), 'HTML: 100,000 quotes in one another': '<blockquote>'.repeat(100_000) };
  for (const [name, text] of Object.entries(html)) rows[name] = { alone: cost(() => splitReplyOfHtml(text)), withOurs: cost(() => splitReplyOfHtml(text, { sent })) };
  if (!quiet) console.table(rows);
  const worst = Math.max(...Object.values(rows).flatMap((row) => [row.alone, row.withOurs]));
  return Promise.resolve({ worstMs: worst, rows });
}

/** The best of some rounds, in milliseconds of the processor: others may be at work on it. */
function cost(act: () => unknown): number {
  act();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.round(Math.min(...rounds) * 10) / 10;
}
