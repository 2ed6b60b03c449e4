import pg from 'pg';
import { ENTRIES, LONG_ENTRIES, type Desk } from './generate.ts';
import { WORDS } from './generate-words.ts';
import { json, type Get } from './scale-client.ts';

/** What is measured: the visits of a row come by turns, each asks for its paths at once. */
export type Row = { readonly what: string; readonly visits: readonly (readonly string[])[]; readonly floor?: readonly (readonly string[])[] };

const API = '/api/v1';
const SAMPLES = 40;

/** The rows, and the ids that they need, of tickets of all ages. */
export async function rowsOf(get: Get, superuserUrl: string, { workspaceId }: Desk): Promise<Row[]> {
  const long = await ticketsWith(superuserUrl, workspaceId, 'number % 1000 = 500');
  const short = await ticketsWith(superuserUrl, workspaceId, 'number % 1000 between 100 and 400');
  const [team] = (await json<{ items: { id: string }[] }>(get, `${API}/teams?limit=1`)).items;
  const places = (await json<{ items: { id: string; kind: string }[] }>(get, `${API}/calendar-places`)).items;
  const [brand, office] = ['brand', 'office'].map((wanted) => places.find(({ kind }) => kind === wanted));
  const list = (query: string) => one(`${API}/tickets?limit=50${query}`);
  const search = (words: string) => list(`&q=${encodeURIComponent(words)}`);
  const everywhere = (q: string) => one(`${API}/search?q=${encodeURIComponent(q)}`);
  const customers = short.map(({ customer }) => customer);
  const { email } = await json<{ email: string }>(get, `${API}/customers/${customers[0]}`);
  return [
    { what: 'list: active, the usual order', visits: list(''), floor: one('/list') },
    { what: 'list: active, page 10', visits: one(await tenth(get, `${API}/tickets?limit=50`)) },
    { what: 'list: mine', visits: list('&assignee=me') },
    { what: 'list: unassigned', visits: list('&assignee=none') },
    { what: 'list: my teams', visits: list('&team=mine') },
    { what: 'list: one team', visits: list(`&team=${team!.id}`) },
    { what: 'list: one status', visits: list('&status=waiting_customer') },
    { what: 'list: new and open', visits: list('&status=new,open') },
    { what: 'list: done, last changed', visits: list('&status=done&sort=updated') },
    { what: 'list: resolved lately', visits: list('&status=done&resolved=lately&sort=updated') },
    { what: 'list: all, last changed', visits: list('&status=all&sort=updated') },
    { what: 'list: all, last changed, page 10', visits: one(await tenth(get, `${API}/tickets?limit=50&status=all&sort=updated`)) },
    { what: 'list: all, newest', visits: list('&status=all&sort=created') },
    { what: 'list: deleted', visits: list('&status=deleted&sort=updated') },
    { what: 'list: mine, done', visits: list('&assignee=me&status=done&sort=updated') },
    { what: 'list: a tag', visits: list('&tag=tag%207') },
    { what: 'list: a brand', visits: list(`&brand=${brand!.id}`) },
    // What was kept from before there were offices has none.
    ...office ? [{ what: 'list: an office', visits: list(`&office=${office.id}`) }] : [],
    { what: 'list: followed', visits: list('&followed=me&sort=updated') },
    { what: 'list: of a customer', visits: customers.map((id) => [`${API}/tickets?customer=${id}&limit=20&sort=created&status=all`]) },
    { what: 'counts', visits: one(`${API}/tickets/counts`) },
    { what: `ticket, ${ENTRIES} entries`, ...opened(short) },
    { what: `ticket, ${LONG_ENTRIES} entries`, ...opened(long) },
    { what: 'search: rare word', visits: search(WORDS.rare) },
    { what: 'search: common word (1 %)', visits: search(WORDS.common) },
    { what: 'search: ubiquitous word (50 %)', visits: search(WORDS.ubiquitous) },
    { what: 'search: both', visits: search(`${WORDS.common} ${WORDS.ubiquitous}`) },
    { what: 'search: half a word', visits: search(WORDS.rare.slice(0, 5)) },
    { what: 'search: no such word', visits: search('zzyzx') },
    { what: 'search: a number', visits: short.map(({ number }) => [`${API}/tickets?limit=50&q=${number}`]) },
    { what: 'search everything: common word', visits: everywhere(WORDS.common) },
    { what: 'search everything: ubiquitous word, mine', visits: everywhere(`${WORDS.ubiquitous} assignee:me`) },
    { what: 'search everything: common word, active complaints', visits: everywhere(`${WORDS.common} status:active kind:complaint`) },
    { what: 'search everything: ubiquitous word, not another, of last month', visits: everywhere(`${WORDS.ubiquitous} -${WORDS.common} after:30d`) },
    { what: 'search everything: a phrase', visits: everywhere(`"${WORDS.ubiquitous} ${WORDS.common}"`) },
    { what: 'search everything: mine, with files', visits: everywhere('assignee:me has:attachment') },
    { what: 'search everything: kind and channel', visits: everywhere('kind:praise channel:letter') },
    { what: 'search everything: a tag, of a name', visits: everywhere('tag:"tag 7" from:maria') },
    { what: 'search everything: to an address', visits: everywhere(`to:${email}`) },
    { what: 'search everything: mistyped', visits: everywhere(`${WORDS.rare.slice(0, -1)}d`) },
    { what: 'customers: the latest', visits: one(`${API}/customers?limit=50`) },
    { what: 'customers: alike', visits: one(`${API}/customers/likenesses?limit=50`) },
    { what: 'customers: a name', visits: one(`${API}/customers?limit=50&q=Maria`) },
    { what: 'customers: misspelt', visits: one(`${API}/customers?limit=50&q=Kowalsska`) },
    { what: 'customer, all entries', visits: customers.map((id) => [`${API}/customers/${id}/timeline?limit=50`]) },
    { what: 'tags in use', visits: one(`${API}/tags?limit=20`) },
    { what: 'today', visits: one(`${API}/reports/today`) },
  ];
}

const one = (path: string): string[][] => [[path]];

const opened = (tickets: readonly Sample[]): Pick<Row, 'visits'> & { floor: string[][] } => ({
  visits: tickets.map(({ id }) => [`${API}/tickets/${id}`, `${API}/tickets/${id}/entries?latest=1&limit=50`]),
  floor: tickets.map(({ id }) => [`/tickets/${id}`]),
});

type Sample = { id: string; number: number; customer: string };

async function ticketsWith(superuserUrl: string, workspaceId: string, condition: string): Promise<Sample[]> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Sample>(`
      select id, number, customer from (
        select id, number::integer, customer_id as customer, ntile(${SAMPLES}) over (order by number) as part from tickets
        where workspace_id = $1 and phase in ('active', 'done') and ${condition} and number >= 1000) t
      where number in (select max(number)::integer from (
        select number, ntile(${SAMPLES}) over (order by number) as part from tickets where workspace_id = $1 and phase in ('active', 'done') and ${condition}) p group by part)`, [workspaceId]);
    return rows;
  } finally {
    await client.end();
  }
}

async function tenth(get: Get, path: string): Promise<string> {
  let page = path;
  for (let n = 1; n < 10; n++) {
    const { nextCursor } = await json<{ nextCursor: string | null }>(get, page);
    if (nextCursor === null) break;
    page = `${path}&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return page;
}
