import pg from 'pg';
import { FLOOR_TABLES } from './floor.ts';

/** A word in twenty messages of all, one in every hundredth message, and one in every second. */
export const WORDS = { rare: 'thermostat', common: 'kettle', ubiquitous: 'order' } as const;
export const ENTRIES = 5;
/** Every thousandth ticket is a long one. */
export const LONG = 50;

const TABLES = ['customers', 'identities', 'tickets', 'entries', 'events', 'search_documents'];

/**
 * Fills the workspace with `size` tickets over two years, in SQL. Everything that the product would have written is there:
 * customers and their identities, tickets, entries, events, and search documents from a vocabulary of stems.
 */
export async function generate(superuserUrl: string, size: number, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const run = async (what: string, sql: string) => {
    const began = performance.now();
    await client.query(sql);
    say(`  ${what.padEnd(34)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`);
  };
  try {
    await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '64MB'; set synchronous_commit = off`);
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i where i.indrelid::regclass::text = any($1) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`, [TABLES]);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await run('vocabulary and customers', customers(size));
    await run(`${size} tickets`, tickets(size));
    await run('entries', entries());
    await run('search documents', documents(size));
    await run('events', events());
    for (const { name, definition } of indexes) await run(`index ${name}`, definition);
    for (const table of TABLES) await run(`vacuum and statistics of ${table}`, `vacuum (analyze) ${table}`);
    await run('the floor, from the same rows', FLOOR_TABLES);
    await run('checkpoint', 'checkpoint');
    await client.query('create table bench.done as select 1 as version');
  } finally {
    await client.end();
  }
}

export async function isGenerated(superuserUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query(`select to_regclass('bench.done') is not null as done`)).rows[0]?.done === true;
  } finally {
    await client.end();
  }
}

const customers = (size: number): string => `
  drop schema if exists bench cascade;
  create schema bench;
  create table bench.w as select id as workspace from workspaces limit 1;
  select setseed(0.42);
  create table bench.words as
    select n, s[1 + floor(random() * 24)] || s[1 + floor(random() * 24)] || s[1 + floor(random() * 24)] || case when n % 3 = 0 then s[1 + n % 24] else '' end as word
    from generate_series(1, 8000) n,
      (select array['ba','ke','lo','mi','nu','pra','sti','gor','vel','dra','zi','hu','ter','fa','clo','wen','ju','ryl','sko','pi','tam','bre','ox','ni'] as s) v;
  create table bench.phrases as
    select n, string_agg(word, ' ') as words, array_to_tsvector(array_agg(distinct word)) as vector
    from (select n, w.word from generate_series(0, 3999) n, lateral (
      select word from bench.words where bench.words.n in (select 1 + floor(8000 * random() ^ 3)::int from generate_series(1, 14) where n >= 0)) w) p
    group by n;
  alter table bench.phrases add primary key (n);
  create table bench.customers as
    select n, uuidv7() as id, f[1 + n % 12] || ' ' || l[1 + n / 12 % 14] || ' ' || n as name, 'c' || n || '@mail.example' as email,
      g[1 + n % 5] as language, now() - interval '730 days' * (1 - n::float8 / ${size / 5}) as at
    from generate_series(0, ${size / 5 - 1}) n,
      (select array['Maria','Ivan','Anna','Petar','Ewa','Olga','Karim','James','Ruth','Nadia','Tomasz','Elena'] as f,
        array['Petrova','Novak','Kowalska','Smirnova','Haddad','Whitfield','Georgiev','Zielinska','Morozova','Khoury','Fletcher','Todorov','Mazur','Stoyanov'] as l,
        array['en','bg','pl','ru','ar'] as g) v;
  alter table bench.customers add primary key (n);
  insert into customers (workspace_id, id, name, language, email, created_at, updated_at)
    select workspace, id, name, language, email, at, at from bench.customers, bench.w;
  insert into identities (workspace_id, id, customer_id, kind, value, value_key, created_at)
    select workspace, uuidv7(), id, 'email', email, email, at from bench.customers, bench.w;
`;

const tickets = (size: number): string => `
  create table bench.tickets as
    select i, uuidv7() as id, c.id as customer, c.name, c.email, c.language, now() - interval '730 days' * (1 - i::float8 / ${size}) as at,
      case when i % 1000 = 0 then ${LONG} else ${ENTRIES} end as entries,
      case when i > ${size} * 0.985 then (array['new','open','waiting_customer'])[1 + i % 3] when i % 40 = 0 then 'waiting_customer' when i % 2 = 0 then 'resolved' else 'closed' end as status
    from generate_series(1, ${size}) i join bench.customers c on c.n = (i::bigint * 7919) % ${size / 5};
  alter table bench.tickets add primary key (i);
  insert into tickets (workspace_id, id, number, subject, status, channel, customer_id, language, snippet, waiting_since, last_message_at, queue_order,
      created_at, updated_at, resolved_at, closed_at, assignee_id)
    select workspace, t.id, 1000 + i, initcap(left(p.words, 50)), t.status, 'email', t.customer, t.language, left(p.words, 160),
      case when t.status in ('new', 'open') then t.at + interval '20 hours' end, t.at + interval '20 hours',
      case when t.status in ('new', 'open') then extract(epoch from t.at + interval '20 hours') * 1000 else 8e15 - extract(epoch from t.at + interval '20 hours') * 1000 end,
      t.at, t.at + interval '20 hours', case when t.status in ('resolved', 'closed') then t.at + interval '20 hours' end,
      case when t.status = 'closed' then t.at + interval '20 hours' end, case when i % 4 > 0 then (select id from people limit 1) end
    from bench.tickets t join bench.phrases p on p.n = i % 4000, bench.w;
  select setval(format('%I', 'ticket_number_' || replace(workspace::text, '-', ''))::regclass, ${size + 1001}) from bench.w;
`;

const entries = (): string => `
  create table bench.entries as
    select row_number() over (order by t.at + interval '5 hours' * j) as n, uuidv7() as id, t.i, t.id as ticket, j,
      t.at + interval '20 hours' * j / t.entries as at, (t.i * 31 + j * 7) % 4000 as p1, (t.i * 17 + j * 13) % 4000 as p2
    from bench.tickets t, lateral generate_series(0, t.entries - 1) j;
  insert into entries (workspace_id, id, ticket_id, type, channel, direction, author_kind, author_id, author_name, author_address, text, recipients, created_at)
    select workspace, e.id, e.ticket, 'message', 'email', case when j % 2 = 0 then 'in' else 'out' end, case when j % 2 = 0 then 'customer' else 'person' end,
      case when j % 2 = 0 then t.customer end, t.name, t.email, a.words || '. ' || b.words, '{"to": [], "cc": []}', e.at
    from bench.entries e join bench.tickets t on t.i = e.i join bench.phrases a on a.n = e.p1 join bench.phrases b on b.n = e.p2, bench.w;
`;

const documents = (size: number): string => `
  insert into search_documents (workspace_id, kind, id, subject_id, at, vector)
    select workspace, 'entry', e.id, e.ticket, e.at, a.vector || b.vector || array_to_tsvector(array_remove(array[
        (1000 + e.i)::text, lower(split_part(t.name, ' ', 1)), lower(split_part(t.name, ' ', 2)), t.email,
        case when e.n % 2 = 0 then '${WORDS.ubiquitous}' end, case when e.n % 100 = 50 then '${WORDS.common}' end,
        case when e.n % ${Math.floor(size * ENTRIES / 20)} = 77 then '${WORDS.rare}' end], null))
      || search_stamp(workspace, 'entry', e.at)
    from bench.entries e join bench.tickets t on t.i = e.i join bench.phrases a on a.n = e.p1 join bench.phrases b on b.n = e.p2, bench.w;
  insert into search_documents (workspace_id, kind, id, subject_id, at, vector)
    select workspace, 'ticket', t.id, t.id, t.at, p.vector || array_to_tsvector(array[(1000 + i)::text, t.email]) || search_stamp(workspace, 'ticket', t.at)
    from bench.tickets t join bench.phrases p on p.n = i % 4000, bench.w;
  insert into search_documents (workspace_id, kind, id, subject_id, at, name, vector)
    select workspace, 'customer', c.id, c.id, c.at, lower(c.name), array_to_tsvector(array[lower(split_part(c.name, ' ', 1)), lower(split_part(c.name, ' ', 2)), c.email])
      || search_stamp(workspace, 'customer', c.at)
    from bench.customers c, bench.w;
`;

/** Two a ticket, all delivered: followers begin behind them. */
const events = (): string => `
  insert into events (workspace_id, position, type, ticket_id, actor_kind, data, at)
    select workspace, row_number() over (), case j when 0 then 'ticket.created' else 'ticket.changed' end, t.id, 'system', case j when 0 then '{}' else '{"status":["new","open"]}' end::jsonb, t.at + interval '1 hour' * j
    from bench.tickets t, generate_series(0, 1) j, bench.w;
  update event_sequencer set position = (select count(*) from events);
`;
