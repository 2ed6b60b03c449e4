import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { type Language, LANGUAGES } from '../../kernel/languages.ts';
import { ROOT } from './command.ts';

type Catalogue = Readonly<Record<string, string>>;
type Token = ReturnType<typeof compileMessageOrThrow>[number];

/** Every sentence in every language, with the same blanks to fill and every plural that the language has. */
export async function translations(): Promise<string[]> {
  const folders = new Set<string>();
  for await (const file of glob('{features/*,features/*/server/pages,apps/*,ui,platform/pages}/messages/*.json', { cwd: ROOT })) folders.add(dirname(file));
  const problems: string[] = [];
  const homes = new Map<string, string>();
  for (const folder of [...folders].sort()) {
    const catalogues = await readFolder(folder, problems);
    problems.push(...compare(folder, catalogues));
    for (const id of Object.keys(catalogues.en)) {
      const home = homes.get(id);
      if (home !== undefined) problems.push(`${folder}: "${id}" is also in ${home}`);
      homes.set(id, folder);
    }
  }
  return problems;
}

type Catalogues = Readonly<Record<Language, Catalogue>>;

async function readFolder(folder: string, problems: string[]): Promise<Catalogues> {
  const read = async (language: Language): Promise<[Language, Catalogue]> => {
    const file = `${folder}/${language}.json`;
    try {
      return [language, JSON.parse(await readFile(join(ROOT, file), 'utf8')) as Catalogue];
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      return [language, {}];
    }
  };
  return Object.fromEntries(await Promise.all(LANGUAGES.map(read))) as Catalogues;
}

export function compare(folder: string, catalogues: Catalogues): string[] {
  const ids = new Set(LANGUAGES.flatMap((language) => Object.keys(catalogues[language])));
  return [...ids].flatMap((id) => {
    const blanks = blanksOf(catalogues.en[id] ?? '');
    return LANGUAGES.flatMap((language) =>
      faultsOf(catalogues[language][id], { language, english: catalogues.en[id], blanks }).map((fault) => `${folder}/${language}.json: "${id}" ${fault}`));
  });
}

function faultsOf(message: unknown, { language, english, blanks }: { language: Language; english: string | undefined; blanks: string | null }): string[] {
  if (message === undefined) return ['is missing'];
  if (typeof message !== 'string' || message.trim() === '') return ['is empty'];
  let tokens: readonly Token[];
  try {
    tokens = compileMessageOrThrow(message);
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  const faults = tokens.flatMap((token) => pluralFaults(token, language));
  const own = blanksOf(message);
  if (blanks !== null && own !== blanks) faults.push(`has the blanks {${own}} where English has {${blanks}}`);
  if (language !== 'en' && message === english && /\p{L}{3,}\s+\p{L}{3,}/u.test(message)) faults.push('is still English');
  return faults;
}

/** Names of the blanks, sorted; null when the message cannot be read. */
function blanksOf(message: string): string | null {
  try {
    return [...new Set(compileMessageOrThrow(message).flatMap(namesIn))].sort().join(', ');
  } catch {
    return null;
  }
}

function namesIn(token: Token): string[] {
  if (typeof token === 'string') return [];
  const [name, , choices] = token;
  return [...(name === '#' ? [] : [name]), ...choicesOf(choices).flatMap(([, tokens]) => tokens.flatMap(namesIn))];
}

function pluralFaults(token: Token, language: Language): string[] {
  if (typeof token === 'string') return [];
  const [name, type, format] = token;
  const choices = choicesOf(format);
  const inner = choices.flatMap(([, tokens]) => tokens.flatMap((part) => pluralFaults(part, language)));
  if (type !== 'plural' && type !== 'selectordinal') return inner;
  const wanted = new Intl.PluralRules(language, { type: type === 'plural' ? 'cardinal' : 'ordinal' }).resolvedOptions().pluralCategories;
  const given = choices.map(([key]) => key).filter((key) => !/^=?\d+$/.test(key));
  return [
    ...inner,
    ...wanted.filter((category) => !given.includes(category)).map((category) => `lacks the plural "${category}" of {${name}}`),
    ...given.filter((category) => !(wanted as string[]).includes(category)).map((category) => `has a plural "${category}" of {${name}} that the language does not know`),
  ];
}

function choicesOf(format: unknown): [string, Token[]][] {
  if (typeof format !== 'object' || format === null) return [];
  return Object.entries(format).filter((entry): entry is [string, Token[]] => entry[0] !== 'offset' && Array.isArray(entry[1]));
}
