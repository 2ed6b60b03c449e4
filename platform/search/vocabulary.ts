import { sql } from 'kysely';
import type { Tx } from '../db/db.ts';
import { normalise, tokens } from './tokens.ts';

/** Shorter words are like too many others. */
const LETTERS = /^[\p{L}\p{M}]{4,40}$/u;
/** Of one text; a book that was pasted in teaches no more. */
const MOST_OF_ONE = 2_000;
const MOST_READ = 100_000;
/** Words that this process has seen in the table, of all workspaces; beyond it it begins anew. */
const MOST_REMEMBERED = 200_000;
const MOST_ALIKE = 200;

/** The words of a text as they are written, each once, in an order that is the same for everybody. */
export function wordsIn(text: string): string[] {
  const words = new Set<string>();
  for (const { kind, text: word } of tokens(normalise(text.slice(0, MOST_READ)))) {
    if (kind === 'word' && LETTERS.test(word)) words.add(word);
    if (words.size === MOST_OF_ONE) break;
  }
  return [...words].toSorted();
}

/** Names of files are written together: customs-declaration_2.pdf */
export const apart = (name: string): string => name.replaceAll(/[^\p{L}\p{M}]+/gu, ' ');

/**
 * Which words stand in what can be sought: so that one that was mistyped leads to what was meant. Where and how often is not kept,
 * and whoever offers one sees first that something is found by it.
 */
export function createVocabulary() {
  let remembered = new Set<string>();

  return {
    /** Harmless twice; what is known already costs nothing. */
    async keep(tx: Tx, workspaceId: string, texts: readonly string[]): Promise<void> {
      const fresh = [...new Set(texts.flatMap(wordsIn))].filter((word) => !remembered.has(`${workspaceId} ${word}`)).toSorted();
      if (fresh.length === 0) return;
      await sql`insert into search_words (workspace_id, word) select ${workspaceId}, unnest(${fresh}::text[]) on conflict do nothing`.execute(tx);
      if (remembered.size > MOST_REMEMBERED) remembered = new Set();
      for (const word of fresh) remembered.add(`${workspaceId} ${word}`);
    },

    /** Those that were taken out of what people wrote. */
    async forget(tx: Tx, workspaceId: string, texts: readonly string[]): Promise<void> {
      const gone = [...new Set(texts.flatMap(wordsIn))];
      if (gone.length === 0) return;
      await sql`delete from search_words where workspace_id = ${workspaceId} and word = any(${gone}::text[])`.execute(tx);
      for (const word of gone) remembered.delete(`${workspaceId} ${word}`);
    },

    /** What may be meant by each of these, the nearest first; nothing for a word that stands somewhere as it is. */
    async meant(tx: Tx, workspaceId: string, typed: readonly string[]): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>();
      for (const one of typed) {
        const word = normalise(one);
        if (!LETTERS.test(word)) continue;
        const { rows } = await sql<{ word: string }>`select word from search_words_like(${workspaceId}, ${word}, ${MOST_ALIKE})`.execute(tx);
        const alike = rows.map((row) => row.word);
        if (!alike.includes(word)) found.set(one, nearest(word, alike));
      }
      return found;
    },
  };
}

export type Vocabulary = ReturnType<typeof createVocabulary>;

/** One slip in a short word, two in a long one. The first letter is seldom the wrong one. */
function nearest(word: string, alike: readonly string[]): string[] {
  const most = word.length < 7 ? 1 : 2;
  const ranked = alike.map((other) => ({ other, slips: slipsBetween(word, other, most) + (other[0] === word[0] ? 0 : 0.5) }));
  return ranked.filter(({ slips }) => slips <= most + 0.5).toSorted((a, b) => a.slips - b.slips).map(({ other }) => other);
}

/** Letters added, left out, exchanged or swapped with their neighbour (Damerau and Levenshtein); beyond `most` it is only known that there are more. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(isSwapped ? Math.min(slips, before[j - 2]! + 1) : slips);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
