import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { ArticleFigures, FigureSort } from '../core/contract.ts';

export type Counted = { readonly articleId: string; readonly day: string; readonly shown: number };

/** Nobody waits for the disk because of a figure; articles that are gone by now are left out. */
export async function addShown(tx: Tx, workspaceId: string, counted: readonly Counted[]): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx);
  await sql`insert into article_views as v (workspace_id, article_id, day, shown)
    select ${workspaceId}::uuid, a.id, c.day, c.shown
    from unnest(${counted.map(({ articleId }) => articleId)}::uuid[], ${counted.map(({ day }) => day)}::date[], ${counted.map(({ shown }) => shown)}::bigint[]) as c (article_id, day, shown)
    join articles a on a.workspace_id = ${workspaceId} and a.id = c.article_id order by a.id, c.day
    on conflict (workspace_id, article_id, day) do update set shown = v.shown + excluded.shown`.execute(tx);
}

export async function saveReading(tx: Tx, workspaceId: string, { reader, articleId, at }: { reader: string; articleId: string; at: Date }): Promise<void> {
  await tx.insertInto('article_readings').values({ workspace_id: workspaceId, reader, article_id: articleId, at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'reader', 'article_id']).doUpdateSet({ at })).execute();
}

/** What this reader has read since then came before the ticket. */
export async function linkRead(tx: Tx, workspaceId: string, { ticketId, reader, since, at }: { ticketId: string; reader: string; since: Date; at: Date }): Promise<void> {
  await sql`insert into article_tickets (workspace_id, article_id, ticket_id, at)
    select workspace_id, article_id, ${ticketId}::uuid, ${at}::timestamptz from article_readings where workspace_id = ${workspaceId} and reader = ${reader} and at >= ${since}
    on conflict do nothing`.execute(tx);
}

/** The same of the customer of the ticket, as far as they were signed in when they read. */
export async function linkReadByCustomer(tx: Tx, workspaceId: string, { ticketId, prefix, since, at }: { ticketId: string; prefix: string; since: Date; at: Date }): Promise<void> {
  await sql`insert into article_tickets (workspace_id, article_id, ticket_id, at)
    select r.workspace_id, r.article_id, t.id, ${at}::timestamptz from tickets t
    join article_readings r on r.workspace_id = t.workspace_id and r.reader = ${prefix} || t.customer_id and r.at >= ${since}
    where t.workspace_id = ${workspaceId} and t.id = ${ticketId} on conflict do nothing`.execute(tx);
}

/** One article by its token; one that is gone by now is left out. */
export async function linkArticle(tx: Tx, workspaceId: string, { ticketId, articleId, at }: { ticketId: string; articleId: string; at: Date }): Promise<void> {
  await sql`insert into article_tickets (workspace_id, article_id, ticket_id, at)
    select workspace_id, id, ${ticketId}::uuid, ${at}::timestamptz from articles where workspace_id = ${workspaceId} and id = ${articleId} on conflict do nothing`.execute(tx);
}

export type Figures = Pick<ArticleFigures, 'shown' | 'helped' | 'notHelped' | 'ticketCount'>;
type Period = { readonly day: string };

const columns = { shown: sql`shown`, helped: sql`helped`, notHelped: sql`"notHelped"`, tickets: sql`"ticketCount"` } as const satisfies Record<FigureSort, unknown>;

/** Of all that customers may read; those with the same figure by their numbers, the newest first. */
export async function figuresPage(tx: Tx, workspaceId: string, { day, sort, isAscending, limit, after }: Period & { sort: FigureSort; isAscending: boolean; limit: number; after: readonly [number, number] | null }): Promise<(ArticleFigures & { place: number })[]> {
  const { rows } = await sql<ArticleFigures & { place: number }>`
    with views as (select article_id, sum(shown)::bigint as n from article_views where workspace_id = ${workspaceId} and day >= ${day}::date group by article_id),
      votes as (select article_id, count(*) filter (where helped) as yes, count(*) filter (where not helped) as no from article_votes where workspace_id = ${workspaceId} and at >= ${day}::date group by article_id),
      followed as (select article_id, count(*) as n from article_tickets where workspace_id = ${workspaceId} and at >= ${day}::date group by article_id),
      figures as (select a.id, a.number, coalesce(t.title, '') as title, a.state, coalesce(views.n, 0) as shown, coalesce(votes.yes, 0) as helped, coalesce(votes.no, 0) as "notHelped", coalesce(followed.n, 0) as "ticketCount"
        from articles a left join views on views.article_id = a.id left join votes on votes.article_id = a.id left join followed on followed.article_id = a.id
          left join article_texts t on t.workspace_id = a.workspace_id and t.article_id = a.id and t.language = a.source_language
        where a.workspace_id = ${workspaceId} and a.state in ('public', 'customers_only')),
      placed as (select figures.*, ${columns[sort]} * ${isAscending ? -1 : 1}::bigint as place from figures)
    select * from placed where ${after?.[0] ?? null}::bigint is null or (place, number) < (${after?.[0] ?? null}::bigint, ${after?.[1] ?? null}::bigint)
    order by place desc, number desc limit ${limit}`.execute(tx);
  return rows;
}

export async function figuresOf(tx: Tx, workspaceId: string, articleId: string, { day }: Period): Promise<Figures> {
  const { rows } = await sql<Figures>`select
    (select coalesce(sum(shown), 0)::bigint from article_views where workspace_id = ${workspaceId} and article_id = ${articleId} and day >= ${day}::date) as shown,
    (select count(*) from article_votes where workspace_id = ${workspaceId} and article_id = ${articleId} and at >= ${day}::date and helped) as helped,
    (select count(*) from article_votes where workspace_id = ${workspaceId} and article_id = ${articleId} and at >= ${day}::date and not helped) as "notHelped",
    (select count(*) from article_tickets where workspace_id = ${workspaceId} and article_id = ${articleId} and at >= ${day}::date) as "ticketCount"`.execute(tx);
  return rows[0]!;
}

/** The newest tickets that came after it. */
export const ticketsAfterReading = (tx: Tx, workspaceId: string, articleId: string, { day, limit }: Period & { limit: number }): Promise<{ id: string; number: number; subject: string }[]> =>
  tx.selectFrom('article_tickets as r').innerJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'r.workspace_id').onRef('t.id', '=', 'r.ticket_id'))
    .select(['t.id', 't.number', 't.subject']).where('r.workspace_id', '=', workspaceId).where('r.article_id', '=', articleId).where('r.at', '>=', sql<Date>`${day}::date`)
    .orderBy('r.at', 'desc').limit(limit).execute();
