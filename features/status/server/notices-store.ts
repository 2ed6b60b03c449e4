import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Texts } from '../core/contract.ts';
import type { SKIPPED } from '../core/notices-contract.ts';

type Skipped = (typeof SKIPPED)[number];
export type Notice = {
  readonly id: string; readonly titles: Texts; readonly texts: Texts; readonly condition: object; readonly shelves: 'active' | 'all'; readonly chosen: number;
  readonly leavesAt: Date; readonly stoppedAt: Date | null; readonly createdAt: Date;
};
const columns = ['id', 'titles', 'texts', 'condition', 'shelves', 'chosen', 'leaves_at as leavesAt', 'stopped_at as stoppedAt', 'created_at as createdAt'] as const;
const notices = (tx: Tx, workspaceId: string) => tx.selectFrom('status_notices').select(columns).where('workspace_id', '=', workspaceId).$castTo<Notice>();

export const noticePage = (tx: Tx, workspaceId: string, limit: number, before: readonly [string, string] | null): Promise<Notice[]> => {
  const query = notices(tx, workspaceId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  return (before ? query.where(sql<boolean>`(created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`) : query).execute();
};
export const findNotice = (tx: Tx, workspaceId: string, id: string): Promise<Notice | undefined> => notices(tx, workspaceId).where('id', '=', id).executeTakeFirst();
export const lockNotice = (tx: Tx, workspaceId: string, id: string): Promise<Notice | undefined> => notices(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

type Chosen = { readonly customerId: string; readonly language: Language | null };

export async function insertNotice(tx: Tx, workspaceId: string, { id, titles, texts, condition, shelves, chosen, leavesAt, createdAt }: Notice, byId: string, customers: readonly Chosen[]): Promise<void> {
  await tx.insertInto('status_notices').values({
    workspace_id: workspaceId, id, titles: JSON.stringify(titles), texts: JSON.stringify(texts), condition: JSON.stringify(condition), shelves, chosen, leaves_at: leavesAt, created_at: createdAt, by_id: byId,
  }).execute();
  await sql`insert into status_notice_letters (workspace_id, notice_id, customer_id, language, leaves_at)
    select ${workspaceId}, ${id}, c.id, c.language, ${leavesAt} from unnest(${customers.map(({ customerId }) => customerId)}::uuid[], ${customers.map(({ language }) => language)}::text[]) as c (id, language)`.execute(tx);
}

export type Count = { readonly noticeId: string; readonly isDone: boolean; readonly skipped: Skipped | null; readonly count: number };
export const letterCounts = (tx: Tx, workspaceId: string, noticeIds: readonly string[]): Promise<Count[]> =>
  noticeIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('status_notice_letters')
    .select((e) => ['notice_id as noticeId', sql<boolean>`done_at is not null`.as('isDone'), 'skipped', e.fn.countAll<number>().as('count')])
    .where('workspace_id', '=', workspaceId).where('notice_id', 'in', noticeIds).groupBy(['notice_id', sql`done_at is not null`, 'skipped']).$castTo<Count>().execute();

/** What was not written yet never will be. */
export async function stopNotice(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('status_notices').set({ stopped_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  await tx.updateTable('status_notice_letters').set({ done_at: at, skipped: 'stopped' }).where('workspace_id', '=', workspaceId).where('notice_id', '=', id).where('done_at', 'is', null).execute();
}

export type DueLetter = { readonly workspaceId: string; readonly id: string };
export const dueLetters = (owner: Database['owner'], at: Date, limit: number): Promise<DueLetter[]> =>
  owner.selectFrom('status_notice_letters').select(['workspace_id as workspaceId', 'id']).where('done_at', 'is', null).where('leaves_at', '<=', at).orderBy('leaves_at').orderBy('id').limit(limit).execute();

export type NoticeLetter = { readonly noticeId: string; readonly customerId: string; readonly language: Language | null };
/** Undefined when another process has it, or it is done. */
export const takeNoticeLetter = (tx: Tx, workspaceId: string, id: string): Promise<NoticeLetter | undefined> =>
  tx.selectFrom('status_notice_letters').select(['notice_id as noticeId', 'customer_id as customerId', 'language']).where('workspace_id', '=', workspaceId).where('id', '=', id)
    .where('done_at', 'is', null).forUpdate().skipLocked().$castTo<NoticeLetter>().executeTakeFirst();

export const isAddressed = async (tx: Tx, workspaceId: string, noticeId: string, addressKey: string): Promise<boolean> =>
  await tx.selectFrom('status_notice_letters').select('id').where('workspace_id', '=', workspaceId).where('notice_id', '=', noticeId).where('address_key', '=', addressKey).executeTakeFirst() !== undefined;

export async function endLetter(tx: Tx, workspaceId: string, id: string, { at, skipped, addressKey }: { at: Date; skipped: Skipped | null; addressKey: string | null }): Promise<void> {
  await tx.updateTable('status_notice_letters').set({ done_at: at, skipped, address_key: addressKey }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
