import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** `not-bounce`: a mail that only looks like a report. */
export type Specimen = {
  readonly file: string; readonly kind: 'reply' | 'message' | 'bounce' | 'not-bounce'; readonly raw: Buffer;
  /** What should come of it, as it is written down. */
  readonly expected: { readonly name: string; readonly text: string } | null;
};

const BESIDE = ['.expected', '.expected.txt', '.expected.json', '.json'];
const HEADER = /^(?:From |[A-Za-z][A-Za-z0-9-]{1,70}:)/;
const NO_MESSAGE = /\.(?:md|json|expected)$|\.expected\.txt$/;

/** All files of a folder, below as well, with what is expected of each; `expectations` is a folder with files of the same names. */
export async function filesBelow(folder: string, expectations: string | null): Promise<Specimen[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  const here = new Set(names);
  const specimens: Specimen[] = [];
  for (const file of names) {
    if (NO_MESSAGE.test(file) || /(?:^|\/)(?:licences?|expected|html|text)\//.test(file) || file.startsWith('.')) continue;
    const raw = await readFile(join(folder, file));
    specimens.push({ file, kind: kindOf(join(folder, file), raw), raw, expected: await expectedOf(file, folder, here, expectations) });
  }
  return specimens;
}

function kindOf(path: string, raw: Buffer): Specimen['kind'] {
  if (/\/bounces?\//.test(path)) return /\/not\//.test(path) ? 'not-bounce' : 'bounce';
  if (/\/repl(?:y|ies)\//.test(path) || (path.endsWith('.txt') && !HEADER.test(raw.toString('latin1', 0, 200)))) return 'reply';
  return 'message';
}

async function expectedOf(file: string, folder: string, here: ReadonlySet<string>, expectations: string | null): Promise<Specimen['expected']> {
  const stem = file.replace(/\.[^./]{1,8}$/, '');
  for (const name of BESIDE.flatMap((ending) => [`${file}${ending}`, `${stem}${ending}`])) {
    if (here.has(name)) return { name, text: await readFile(join(folder, name), 'utf8') };
  }
  if (expectations === null) return null;
  for (const name of [file, ...BESIDE.map((ending) => `${stem}${ending}`)]) {
    const text = await readFile(join(expectations, name), 'utf8').catch(() => null);
    if (text !== null) return { name, text };
  }
  return null;
}
