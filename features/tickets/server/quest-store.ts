import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { ALWAYS, type Condition } from '../../conditions/core/condition.ts';
import { tagsInUse } from './store.ts';

/** Customers, and in small letters the addresses of theirs that are meant. */
export type Known = { readonly customerIds: readonly string[]; readonly addresses: readonly string[] };

/** What a search demands of a ticket besides its words; each is known by one reading of the ticket. */
export type Demands = {
  readonly shelf: 'kept' | 'spam' | 'trash';
  readonly where: RawBuilder<SqlBool>;
  readonly hasFiles: boolean | null;
  /** Theirs, or they have written there. */
  readonly from: readonly (Known & { readonly isNot: boolean })[];
  /** Addresses, parts of them before or behind the sign, or what mailboxes are called; and customers to whom we have written. One of each list was written to, or none. */
  readonly to: readonly (Known & { readonly names: readonly string[]; readonly mailboxIds: readonly string[]; readonly isNot: boolean })[];
  readonly number: number | null;
};

/** Few tickets may hang on these: they are asked first, each by its own index. */
export type Handle =
  | { readonly by: 'people' | 'teams'; readonly ids: readonly string[] }
  /** Theirs, or they take part. */
  | ({ readonly by: 'customers' } & Known)
  | { readonly by: 'tag' | 'status'; readonly names: readonly string[] }
  | { readonly by: 'number'; readonly number: number };

/** What a search asks for, its names resolved. Words and demands narrow each other. */
export type Quest = Omit<Demands, 'where'> & {
  /** All of them in one document; empty: none are asked for. */
  readonly words: string;
  /** Each stands so in the document; their words are among `words`. */
  readonly phrases: readonly string[];
  /** Tickets of which any document holds one of these are left out. */
  readonly without: readonly { readonly text: string; readonly isPhrase: boolean }[];
  readonly condition: Condition;
  /** When it was written; without words, when the ticket began. */
  readonly since: Date | null;
  readonly until: Date | null;
  readonly handles: readonly Handle[];
};

/** Words and nothing else. */
export const questOf = (words: string): Quest => ({
  words, phrases: [], without: [], condition: ALWAYS, since: null, until: null, handles: [], shelf: 'kept', hasFiles: null, from: [], to: [], number: null,
});

const ids = (values: readonly string[]) => sql`any(${[...values]}::uuid[])`;
const texts = (values: readonly string[]) => sql`any(${[...values]}::text[])`;

/** Null when more than `most` hang on it. */
export async function ticketsBy(tx: Tx, handle: Handle, most: number): Promise<string[] | null> {
  const { rows } = await sql<{ id: string }>`${await byHandle(tx, handle)} limit ${most + 1}`.execute(tx);
  return rows.length > most ? null : rows.map(({ id }) => id);
}

async function byHandle(tx: Tx, handle: Handle): Promise<RawBuilder<unknown>> {
  switch (handle.by) {
    case 'number': return sql`select id from tickets where number = ${handle.number}`;
    case 'customers': return sql`select id from tickets where customer_id = ${ids(handle.customerIds)} union select ticket_id as id from participants where address_key = ${texts(handle.addresses)}`;
    case 'people': return sql`select id from tickets where assignee_id = ${ids(handle.ids)}`;
    case 'teams': return sql`select id from tickets where team_id = ${ids(handle.ids)}`;
    case 'status': return sql`select id from tickets where status = any(${[...handle.names]}::text[])`;
    case 'tag': return sql`select ticket_id as id from ticket_tags where tag = any(${await spellings(tx, handle.names)}::text[])`;
  }
}

const MOST_SPELLINGS = 50;

/** As people wrote them: VIP, vip. */
async function spellings(tx: Tx, names: readonly string[]): Promise<string[]> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const inUse = await Promise.all([...wanted].map((name) => tagsInUse(tx, name, MOST_SPELLINGS)));
  return inUse.flat().map(({ name }) => name).filter((name) => wanted.has(name.toLowerCase()));
}

const SHELVES = {
  kept: sql<SqlBool>`tickets.phase in ('active', 'done')`,
  spam: sql<SqlBool>`tickets.spam_at is not null`,
  trash: sql<SqlBool>`tickets.phase = 'deleted' and tickets.spam_at is null`,
} as const;

/** Pictures that belong to the looks of a mail are no files that anybody sent. */
const WITH_FILES = sql<SqlBool>`exists (
  select from entries e join attachments a on a.workspace_id = e.workspace_id and a.entry_id = e.id
  where e.workspace_id = tickets.workspace_id and e.ticket_id = tickets.id and e.withdrawn_at is null and (a.content_id is null or left(a.content_type, 6) <> 'image/'))`;

/** Looked up for each ticket: a mere `exists` may be made by reading the whole table once. */
const anyOf = (rows: RawBuilder<unknown>) => sql<SqlBool>`coalesce((select true from ${rows} limit 1), false)`;
const saidOn = (what: RawBuilder<unknown>) => anyOf(sql`entries e where e.workspace_id = tickets.workspace_id and e.ticket_id = tickets.id and e.type in ('message', 'letter') and e.withdrawn_at is null and ${what}`);
const takesPart = (which: RawBuilder<unknown>) => anyOf(sql`participants p where p.workspace_id = tickets.workspace_id and p.ticket_id = tickets.id and ${which}`);
const unless = (isNot: boolean, there: RawBuilder<SqlBool>) => (isNot ? sql<SqlBool>`(${there}) is not true` : there);

const fromOf = ({ customerIds, addresses, isNot }: Demands['from'][number]) => unless(isNot, sql<SqlBool>`(tickets.customer_id = ${ids(customerIds)} or (
  ${takesPart(sql`p.address_key = ${texts(addresses)}`)} and ${saidOn(sql`e.direction = 'in' and (e.author_id = ${ids(customerIds)} or lower(e.author_address) = ${texts(addresses)})`)}))`);

/** What goes to nobody by name goes to whose ticket it is; whoever else is written to takes part. */
const WITHOUT_ADDRESS = sql<SqlBool>`coalesce(jsonb_array_length(e.recipients -> 'to'), 0) = 0`;
const writtenTo = (addresses: readonly string[]) => sql<SqlBool>`exists (
  select from jsonb_array_elements((e.recipients -> 'to') || coalesce(e.recipients -> 'cc', '[]')) r where lower(r ->> 'address') = ${texts(addresses)})`;

const toOf = ({ names, mailboxIds, customerIds, addresses, isNot }: Demands['to'][number]) => unless(isNot, sql<SqlBool>`(tickets.mailbox_id = ${ids(mailboxIds)}
  or ${takesPart(sql`(p.address_key = ${texts(names)} or split_part(p.address_key, '@', 1) = ${texts(names)} or split_part(p.address_key, '@', 2) = ${texts(names)})`)}
  or (tickets.customer_id = ${ids(customerIds)} and ${saidOn(sql`e.direction = 'out' and (${WITHOUT_ADDRESS} or ${writtenTo(addresses)})`)}))`);

function demanded({ shelf, where, hasFiles, from, to, number }: Demands): RawBuilder<SqlBool> {
  return sql.join([
    SHELVES[shelf], sql`(${where})`, ...from.map(fromOf), ...to.map(toOf),
    ...number === null ? [] : [sql`tickets.number = ${number}`],
    ...hasFiles === null ? [] : [hasFiles ? WITH_FILES : sql`not ${WITH_FILES}`],
  ], sql` and `) as RawBuilder<SqlBool>;
}

/** Of these tickets, those of which all is true. */
export async function sieved(tx: Tx, among: readonly string[], demands: Demands): Promise<Set<string>> {
  if (among.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select tickets.id from tickets where tickets.id = ${ids(among)} and ${demanded(demands)}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export type Spot = { readonly id: string; readonly at: string };
type Span = { readonly limit: number; readonly after: Spot | null; readonly since: Date | null; readonly until: Date | null };

const inTime = ({ after, since, until }: Span) => sql`
  (${since}::timestamptz is null or tickets.created_at >= ${since}) and (${until}::timestamptz is null or tickets.created_at < ${until})
  and (${after?.at ?? null}::timestamptz is null or (tickets.created_at, tickets.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))`;

const SPOT = sql`tickets.id, to_char(tickets.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;

/** A page of these tickets, the newest first. */
export async function pageAmong(tx: Tx, among: readonly string[], demands: Demands, span: Span): Promise<Spot[]> {
  const { rows } = await sql<Spot>`select ${SPOT} from tickets where tickets.id = ${ids(among)} and ${demanded(demands)} and ${inTime(span)}
    order by tickets.created_at desc, tickets.id desc limit ${span.limit}`.execute(tx);
  return rows;
}

/**
 * A page of a shelf, the newest first, which looks at `most` tickets of each phase and no more. `end` is where the first of
 * these walks stopped: beyond it nothing is known yet. Each is along an index.
 */
export async function pageOfShelf(tx: Tx, demands: Demands, span: Span & { most: number }): Promise<{ rows: Spot[]; end: Spot | null }> {
  const found: Spot[] = [];
  const ends: Spot[] = [];
  for (const phase of demands.shelf === 'kept' ? ['active', 'done'] : ['deleted']) {
    const walk = (columns: RawBuilder<unknown>) => sql`select ${columns} from tickets where tickets.phase = ${phase} and ${inTime(span)} order by tickets.created_at desc, tickets.id desc`;
    const { rows } = await sql<Spot>`select ${SPOT} from (${walk(sql`tickets.*`)} limit ${span.most}) as tickets where ${demanded(demands)} order by tickets.created_at desc, tickets.id desc limit ${span.limit}`.execute(tx);
    found.push(...rows);
    if (rows.length === span.limit) continue;
    const { rows: [end] } = await sql<Spot>`${walk(SPOT)} offset ${span.most - 1} limit 1`.execute(tx);
    if (end) ends.push(end);
  }
  const [end = null] = ends.sort(newestFirst);
  return { rows: found.sort(newestFirst).filter((row) => end === null || newestFirst(row, end) <= 0).slice(0, span.limit), end };
}

/** Their moments are written in one time zone with all their digits. */
const newestFirst = (a: Spot, b: Spot): number => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1);

/** `asideId`: it is said in a side conversation and stands in no entry. */
export type Words = { readonly id: string; readonly text: string; readonly authorName: string; readonly entryId: string | null; readonly asideId: string | null; readonly fileName: string | null; /** Of what came with it, where the words may stand in these alone. */ readonly fileNames?: readonly string[] };

/** Characters of one text that are read for a passage. */
export const MOST_SHOWN = 20_000;

/** What these entries say. */
export async function wordsOfEntries(tx: Tx, entryIds: readonly string[]): Promise<Words[]> {
  if (entryIds.length === 0) return [];
  const { rows } = await sql<Words>`select id, left(text, ${MOST_SHOWN}) as text, author_name as "authorName", id as "entryId", null as "asideId", null as "fileName" from entries
    where id = ${ids(entryIds)} and withdrawn_at is null`.execute(tx);
  return rows;
}

/** What these files say. */
export async function wordsOfFiles(tx: Tx, attachmentIds: readonly string[]): Promise<Words[]> {
  if (attachmentIds.length === 0) return [];
  const { rows } = await sql<Words>`select a.id, left(w.text, ${MOST_SHOWN}) as text, e.author_name as "authorName", e.id as "entryId", null as "asideId", a.name as "fileName"
    from attachment_words w join attachments a on a.workspace_id = w.workspace_id and a.id = w.attachment_id join entries e on e.workspace_id = a.workspace_id and e.id = a.entry_id
    where w.attachment_id = ${ids(attachmentIds)} and e.withdrawn_at is null`.execute(tx);
  return rows;
}

export async function subjectsOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; subject: string }>`select id, subject from tickets where id = ${ids(ticketIds)}`.execute(tx);
  return new Map(rows.map(({ id, subject }) => [id, subject]));
}
