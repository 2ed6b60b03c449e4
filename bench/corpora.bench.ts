import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createParser } from '../platform/mail/parser.ts';
import type { BenchOptions } from './bench.ts';
import { judgeBounce } from './corpora/bounces.ts';
import { filesBelow, type Specimen } from './corpora/files.ts';
import { createScore, type Score } from './corpora/score.ts';
import { judgeMessage } from './corpora/messages.ts';
import { judgeReply } from './corpora/replies.ts';

export const about = 'a folder of messages, replies and bounces (corpora DIR [EXPECTATIONS] [-v]): how many are read as expected';

/** A message that takes this long on a busy machine is killed by the reader itself much earlier. */
const PATIENCE_MS = 20_000;

/**
 * What is right stands beside the files: `NAME.json` of a parsed message, `NAME.expected` or `NAME.expected.txt` with the
 * words of a reply, or a second folder with files of the same names. Files in a folder `bounces` are reports, except below
 * `not`; text files without headers are replies; all others are messages.
 */
export async function run({ quiet, verbose, words }: BenchOptions): Promise<Record<string, unknown>> {
  const [folder, expectations] = words.map((word) => resolve(process.env.INIT_CWD ?? '.', word));
  if (folder === undefined || !(await isFolder(folder))) throw new Error('Name the folder: npm run bench -- corpora DIR');
  const parser = createParser({ killAfterMs: PATIENCE_MS });
  const score = createScore();
  try {
    for (const specimen of await filesBelow(folder, expectations ?? null)) await judge(specimen, parser, score);
  } finally {
    await parser.close();
  }
  const { rows, failures } = score.result();
  if (!quiet) console.table(rows);
  if (verbose) for (const failure of failures) console.log(`\n${join(folder, failure.file)}\n  ${failure.words.replaceAll('\n', '\n  ')}`);
  return { folder, rows };
}

async function judge(specimen: Specimen, parser: Pick<ReturnType<typeof createParser>, 'parse'>, score: Score): Promise<void> {
  if (specimen.kind === 'reply') await judgeReply(specimen, parser, score);
  else if (specimen.kind === 'message') await judgeMessage(specimen, parser, score);
  else await judgeBounce(specimen, parser, score);
}

const isFolder = (path: string): Promise<boolean> => stat(path).then((found) => found.isDirectory(), () => false);
