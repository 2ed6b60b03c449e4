import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { VOTE_REASONS } from '../core/contract.ts';

/** Different things looked for on one day that are kept; beyond that somebody is filling the table. */
const MOST_A_DAY = 20_000;

/** Nobody waits for the disk because of a figure. */
export async function logSearch(tx: Tx, workspaceId: string, { language, words, found, at }: { language: Language; words: string; found: boolean; at: Date }): Promise<void> {
  const failed = found ? 0 : 1;
  await sql`set local synchronous_commit = off`.execute(tx);
  await sql`insert into help_searches as s (workspace_id, day, language, words, searched, failed, last_at)
    select ${workspaceId}::uuid, ${at.toISOString().slice(0, 10)}::date, ${language}, ${words}, 1, ${failed}::bigint, ${at}::timestamptz
    where exists (select 1 from help_searches where workspace_id = ${workspaceId} and day = ${at.toISOString().slice(0, 10)}::date and language = ${language} and words = ${words})
      or (select count(*) from (select 1 from help_searches where workspace_id = ${workspaceId} and day = ${at.toISOString().slice(0, 10)}::date limit ${MOST_A_DAY}) kept) < ${MOST_A_DAY}
    on conflict (workspace_id, day, language, words) do update set searched = s.searched + 1, failed = s.failed + excluded.failed, last_at = greatest(s.last_at, excluded.last_at)`.execute(tx);
}

export type Gap = { language: Language; words: string; searched: number; failed: number; lastAt: Date; ticketCount: number };

/** What was looked for in vain since then, the most often first; what somebody dealt with counts from then on. */
export async function gapsSince(tx: Tx, workspaceId: string, { day, language, limit }: { day: string; language: Language | null; limit: number }): Promise<Gap[]> {
  const { rows } = await sql<Gap>`
    select s.language, s.words, sum(s.searched)::bigint as searched, sum(s.failed)::bigint as failed, max(s.last_at) as "lastAt",
      (select count(*) from help_search_tickets t where t.workspace_id = ${workspaceId} and t.language = s.language and t.words = s.words and t.at >= ${day}::date) as "ticketCount"
    from help_searches s left join help_gaps_closed c on c.workspace_id = s.workspace_id and c.language = s.language and c.words = s.words
    where s.workspace_id = ${workspaceId} and s.day >= ${day}::date and s.failed > 0 and (c.at is null or s.last_at > c.at) and (${language}::text is null or s.language = ${language})
    group by s.language, s.words order by sum(s.failed) desc, max(s.last_at) desc, s.words limit ${limit}`.execute(tx);
  return rows;
}

export async function searchTotals(tx: Tx, workspaceId: string, day: string, language: Language | null): Promise<{ searched: number; failed: number }> {
  const { rows } = await sql<{ searched: number; failed: number }>`select coalesce(sum(searched), 0)::bigint as searched, coalesce(sum(failed), 0)::bigint as failed
    from help_searches where workspace_id = ${workspaceId} and day >= ${day}::date and (${language}::text is null or language = ${language})`.execute(tx);
  return rows[0]!;
}

export async function ticketsAfter(tx: Tx, workspaceId: string, gaps: readonly Pick<Gap, 'language' | 'words'>[], each: number): Promise<{ language: Language; words: string; id: string; number: number; subject: string }[]> {
  if (gaps.length === 0) return [];
  const { rows } = await sql<{ language: Language; words: string; id: string; number: number; subject: string }>`
    select g.language, g.words, k.id, k.number, k.subject
    from unnest(${gaps.map(({ language }) => language)}::text[], ${gaps.map(({ words }) => words)}::text[]) as g (language, words),
      lateral (select i.id, i.number, i.subject from help_search_tickets t join tickets i on i.workspace_id = t.workspace_id and i.id = t.ticket_id
        where t.workspace_id = ${workspaceId} and t.language = g.language and t.words = g.words order by t.at desc limit ${each}) k`.execute(tx);
  return rows;
}

export async function linkTicket(tx: Tx, workspaceId: string, { ticketId, language, words, at }: { ticketId: string; language: Language; words: string; at: Date }): Promise<void> {
  await tx.insertInto('help_search_tickets').values({ workspace_id: workspaceId, ticket_id: ticketId, language, words, at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'ticket_id']).doNothing()).execute();
}

export async function closeGap(tx: Tx, workspaceId: string, { language, words, at, by }: { language: Language; words: string; at: Date; by: string }): Promise<void> {
  await tx.insertInto('help_gaps_closed').values({ workspace_id: workspaceId, language, words, at, by_id: by })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'language', 'words']).doUpdateSet({ at, by_id: by })).execute();
}

export type Vote = { articleId: string; visitor: string; language: Language; helped: boolean; reason: (typeof VOTE_REASONS)[number] | null; note: string | null; at: Date };

/** One for each visitor: a second one takes the place of the first. The counters follow. */
export async function saveVote(tx: Tx, workspaceId: string, vote: Vote): Promise<void> {
  const before = await tx.selectFrom('article_votes').select('helped').where('workspace_id', '=', workspaceId).where('article_id', '=', vote.articleId).where('visitor', '=', vote.visitor).forUpdate().executeTakeFirst();
  const row = { language: vote.language, helped: vote.helped, reason: vote.reason, note: vote.note, at: vote.at };
  await tx.insertInto('article_votes').values({ workspace_id: workspaceId, article_id: vote.articleId, visitor: vote.visitor, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'article_id', 'visitor']).doUpdateSet(row)).execute();
  if (before?.helped === vote.helped) return;
  const step = (side: boolean): number => (vote.helped === side ? 1 : 0) - (before?.helped === side ? 1 : 0);
  await tx.updateTable('articles').set({ helped: sql`helped + ${step(true)}::bigint`, not_helped: sql`not_helped + ${step(false)}::bigint` }).where('workspace_id', '=', workspaceId).where('id', '=', vote.articleId).execute();
}

export const votesOf = (tx: Tx, workspaceId: string, articleId: string, limit: number): Promise<Omit<Vote, 'articleId' | 'visitor'>[]> =>
  tx.selectFrom('article_votes').select(['language', 'helped', 'reason', 'note', 'at']).where('workspace_id', '=', workspaceId).where('article_id', '=', articleId)
    .where((e) => e.or([e('helped', '=', false), e('note', 'is not', null)])).orderBy('at', 'desc').limit(limit).$castTo<Omit<Vote, 'articleId' | 'visitor'>>().execute();
