import { sql, type RawBuilder } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { ArticleState } from '../core/contract.ts';

export type LiveHead = { id: string; number: number; language: Language; title: string; summary: string; liveAt: Date; categoryId: string | null; countries: string[] };
const head = sql`a.id, a.number, t.language, t.live_title as title, t.live_summary as summary, t.live_at as "liveAt", a.category_id as "categoryId", a.countries`;

/** `country` null: those of all countries. */
export type Shown = { readonly states: readonly ArticleState[]; readonly at: Date; readonly country: string | null };
/** Everything that readers see goes through this one condition. */
const shown = ({ states, at, country }: Shown): RawBuilder<unknown> => sql`a.state = any(${[...states]}::text[]) and t.live_version is not null
  and (a.valid_from is null or a.valid_from <= ${at}) and (a.valid_to is null or a.valid_to > ${at})
  and (${country}::text is null or cardinality(a.countries) = 0 or ${country} = any(a.countries))`;

const joined = sql`articles a join article_texts t on t.workspace_id = a.workspace_id and t.article_id = a.id`;

/** The first few of each of these categories. */
export async function firstOf(tx: Tx, workspaceId: string, categoryIds: readonly string[], { language, each, ...scope }: Shown & { language: Language; each: number }): Promise<LiveHead[]> {
  if (categoryIds.length === 0) return [];
  const { rows } = await sql<LiveHead>`select f.* from unnest(${[...categoryIds]}::uuid[]) as c (id), lateral (
    select ${head} from ${joined} where a.workspace_id = ${workspaceId} and a.category_id = c.id and t.language = ${language} and ${shown(scope)} order by a.number limit ${each}) f`.execute(tx);
  return rows;
}

export async function ofCategory(tx: Tx, workspaceId: string, categoryId: string, { language, after, limit, ...scope }: Shown & { language: Language; after: number; limit: number }): Promise<LiveHead[]> {
  const { rows } = await sql<LiveHead>`select ${head} from ${joined}
    where a.workspace_id = ${workspaceId} and a.category_id = ${categoryId} and a.number > ${after} and t.language = ${language} and ${shown(scope)} order by a.number limit ${limit}`.execute(tx);
  return rows;
}

/** Of these, what may be read; in no order. */
export async function liveHeads(tx: Tx, workspaceId: string, ids: readonly string[], scope: Shown): Promise<LiveHead[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<LiveHead>`select ${head} from ${joined} where a.workspace_id = ${workspaceId} and a.id = any(${[...ids]}::uuid[]) and ${shown(scope)}`.execute(tx);
  return rows;
}

export type LiveArticle = LiveHead & { html: string; state: ArticleState };

/** An article in all languages in which it is live, wherever it holds: whoever has its address reads where that is. */
export async function liveArticle(tx: Tx, workspaceId: string, number: number, scope: Omit<Shown, 'country'>): Promise<(LiveArticle & { isSource: boolean })[]> {
  const { rows } = await sql<LiveArticle & { isSource: boolean }>`select ${head}, t.live_html as html, a.state, t.language = a.source_language as "isSource" from ${joined}
    where a.workspace_id = ${workspaceId} and a.number = ${number} and ${shown({ ...scope, country: null })}`.execute(tx);
  return rows;
}

export async function newest(tx: Tx, workspaceId: string, { language, limit, ...scope }: Shown & { language: Language; limit: number }): Promise<LiveHead[]> {
  const { rows } = await sql<LiveHead>`select ${head} from article_texts t join articles a on a.workspace_id = t.workspace_id and a.id = t.article_id
    where t.workspace_id = ${workspaceId} and t.language = ${language} and ${shown(scope)} order by t.live_at desc, a.number desc limit ${limit}`.execute(tx);
  return rows;
}

/** For the map of the site: only what everybody may read. */
export async function publicAddresses(tx: Tx, workspaceId: string, { at, language, limit }: { at: Date; language: Language; limit: number }): Promise<Pick<LiveHead, 'number' | 'title' | 'liveAt'>[]> {
  const { rows } = await sql<Pick<LiveHead, 'number' | 'title' | 'liveAt'>>`select a.number, t.live_title as title, t.live_at as "liveAt" from ${joined}
    where a.workspace_id = ${workspaceId} and t.language = ${language} and ${shown({ states: ['public'], at, country: null })} order by a.number limit ${limit}`.execute(tx);
  return rows;
}

/** Countries for which articles are meant that somebody may read; most companies name none. */
export async function namedCountries(tx: Tx, workspaceId: string, states: readonly ArticleState[]): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`select distinct c.country from articles a, unnest(a.countries) as c (country) where a.workspace_id = ${workspaceId} and a.state = any(${[...states]}::text[]) order by 1`.execute(tx);
  return rows.map(({ country }) => country);
}
