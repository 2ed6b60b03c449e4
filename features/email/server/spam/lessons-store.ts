import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { WordCount } from '../../core/spam/classifier.ts';

export type Kind = 'spam' | 'ham';
export type Lesson = { readonly wanted: Kind | null; readonly learnt: Kind | null; readonly words: string[] };

const MAX_ATTEMPTS = 3;

export const wordCounts = (tx: Tx, workspaceId: string, words: readonly string[]): Promise<WordCount[]> =>
  tx.selectFrom('spam_words').select(['word', 'spam', 'ham']).where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`word = any(${[...words]}::text[])`).execute();

/** People decided; `unlessDecided` leaves what was decided before. */
export async function insertWishes(tx: Tx, workspaceId: string, { ledgerIds, wanted, at, unlessDecided }: {
  ledgerIds: readonly string[]; wanted: Kind; at: Date; unlessDecided: boolean;
}): Promise<void> {
  if (ledgerIds.length === 0) return;
  await tx.insertInto('spam_lessons').values(ledgerIds.map((id) => ({ workspace_id: workspaceId, ledger_id: id, wanted, decided_at: at })))
    .onConflict((conflict) => (unlessDecided ? conflict.doNothing()
      : conflict.columns(['workspace_id', 'ledger_id']).doUpdateSet({ wanted, decided_at: at, attempts: 0 }))).execute();
}

/** People took it back. */
export async function dropWishes(tx: Tx, workspaceId: string, ledgerIds: readonly string[], at: Date): Promise<void> {
  await tx.updateTable('spam_lessons').set({ wanted: null, decided_at: at, attempts: 0 }).where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`ledger_id = any(${[...ledgerIds]}::uuid[])`).execute();
}

/** Decisions of every workspace that are not learnt yet, the oldest first. */
export const dueLessons = (owner: Database['owner'], limit: number): Promise<{ workspaceId: string; ledgerId: string }[]> =>
  owner.selectFrom('spam_lessons').select(['workspace_id as workspaceId', 'ledger_id as ledgerId'])
    .where(sql<boolean>`wanted is distinct from learnt`).orderBy('decided_at').limit(limit).execute();

export const findLesson = (tx: Tx, workspaceId: string, ledgerId: string): Promise<Lesson | undefined> =>
  tx.selectFrom('spam_lessons').select(['wanted', 'learnt', 'words']).where('workspace_id', '=', workspaceId).where('ledger_id', '=', ledgerId).executeTakeFirst();

/** One could not be learnt; after the third time it is let be. */
export async function lessonFailed(tx: Tx, workspaceId: string, ledgerId: string): Promise<void> {
  await tx.updateTable('spam_lessons').set({
    attempts: sql`attempts + 1`, wanted: sql<Kind | null>`case when attempts + 1 >= ${MAX_ATTEMPTS} then learnt else wanted end`,
  }).where('workspace_id', '=', workspaceId).where('ledger_id', '=', ledgerId).execute();
}

export async function saveLesson(tx: Tx, workspaceId: string, ledgerId: string, { learnt, words, at }: { learnt: Kind | null; words: readonly string[]; at: Date }): Promise<void> {
  const rows = { workspace_id: workspaceId, ledger_id: ledgerId };
  if (learnt === null) await tx.deleteFrom('spam_lessons').where('workspace_id', '=', workspaceId).where('ledger_id', '=', ledgerId).execute();
  else await tx.updateTable('spam_lessons').set({ learnt, words: [...words], learnt_at: at }).where('workspace_id', '=', rows.workspace_id).where('ledger_id', '=', ledgerId).execute();
}

/** The oldest lessons of one kind beyond the newest `keep`. */
export const oldLessons = (tx: Tx, workspaceId: string, kind: Kind, limit: number): Promise<{ ledgerId: string; words: string[] }[]> =>
  tx.selectFrom('spam_lessons').select(['ledger_id as ledgerId', 'words']).where('workspace_id', '=', workspaceId).where('learnt', '=', kind)
    .orderBy('learnt_at').limit(limit).execute();

export async function addWords(tx: Tx, workspaceId: string, kind: Kind, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  const [spam, ham] = kind === 'spam' ? [1, 0] : [0, 1];
  await tx.insertInto('spam_words').values(words.map((word) => ({ workspace_id: workspaceId, word, spam, ham })))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'word']).doUpdateSet({ spam: sql`spam_words.spam + excluded.spam`, ham: sql`spam_words.ham + excluded.ham` })).execute();
}

export async function takeWords(tx: Tx, workspaceId: string, kind: Kind, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  const these = sql<boolean>`word = any(${[...words]}::text[])`;
  await tx.updateTable('spam_words').set({ [kind]: sql`greatest(${sql.ref(kind)} - 1, 0)` }).where('workspace_id', '=', workspaceId).where(these).execute();
  await tx.deleteFrom('spam_words').where('workspace_id', '=', workspaceId).where(these).where('spam', '=', 0).where('ham', '=', 0).execute();
}

/** Words that were often on one side and hardly on the other. Reads all words of a workspace: for its settings alone. */
export async function tellingWords(tx: Tx, workspaceId: string, kind: Kind, lessons: Record<Kind, number>, limit: number): Promise<WordCount[]> {
  const [mine, other] = kind === 'spam' ? ['spam', 'ham'] as const : ['ham', 'spam'] as const;
  return tx.selectFrom('spam_words').select(['word', 'spam', 'ham']).where('workspace_id', '=', workspaceId).where(mine, '>=', 3)
    .where(sql<boolean>`left(word, 2) in ('w:', 's:', 'l:')`)
    .orderBy(sql`${sql.ref(mine)}::float8 / ${Math.max(lessons[mine], 1)} - 4 * ${sql.ref(other)}::float8 / ${Math.max(lessons[other], 1)}`, 'desc').orderBy('word').limit(limit).execute();
}

export async function forgetEverything(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('spam_words').where('workspace_id', '=', workspaceId).execute();
  await tx.deleteFrom('spam_lessons').where('workspace_id', '=', workspaceId).execute();
}
