import type pg from 'pg';
import { newId } from '../platform/db/ids.ts';
import { NAMES, PHRASES, putWords, SYLLABLES, WORDS } from './generate-words.ts';

export type Desk = {
  readonly workspaceId: string;
  /** A lead with an eighth of the assigned tickets, in two of the teams. */
  readonly viewer: { readonly id: string; readonly email: string };
  /** The moment at which the newest message came; the clock of whoever reads the data starts here. */
  readonly anchor: Date;
};
export type Plan = {
  /** Tickets. */
  readonly size: number;
  readonly anchor: Date;
  /** By a superuser on data of no other use: no foreign keys are checked, and the indexes are built at the end. */
  readonly bulk?: boolean;
  readonly say?: (line: string) => void;
};

export const DAYS = 730;
export const ENTRIES = 5;
/** Every thousandth ticket, formatted and with deliveries. */
export const LONG_ENTRIES = 50;
const PEOPLE = 50;
const TEAMS = 8;
const RARE_ENTRIES = 12;
/** Every tenth customer may be the same person as the next one. */
const ALIKE = 10;
const [BRANDS, OFFICES] = [3, 12];
/** New words become ever rarer, and what is no word at all never ends: numbers of parts, slips, names. */
const MOST_WORDS = 250_000;
const TABLES = ['customers', 'customer_traces', 'customer_likenesses', 'identities', 'ticket_followers', 'search_words', 'tickets', 'ticket_tags', 'ticket_reads', 'entries', 'entry_html', 'outbox', 'events', 'search_documents'];

/**
 * A desk that was at work for two years, in SQL: everything that the product writes for a ticket that came by mail and was
 * answered. One in twelve tickets is open still; among the newest, most.
 */
export async function generate(client: pg.Client, { size, anchor, bulk = false, say = () => undefined }: Plan): Promise<Desk> {
  const desk = { workspaceId: newId(), viewer: { id: newId(), email: 'lead@desk.example' }, anchor };
  const run = async (what: string, text: string) => {
    const began = performance.now();
    await client.query(text);
    say(`  ${what.padEnd(36)} ${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s`);
  };
  const indexes = bulk ? await withoutIndexes(client) : [];
  await putWords(client);
  await client.query(functions(desk));
  await run('people, teams, customers', [staff(desk), customers(size)].join(';'));
  await run('tickets', tickets(size));
  await run('who follows, what is alike, words', [followers(), likenesses(), words(size)].join(';'));
  await run('entries', entries());
  await run('search documents', documents(size));
  await run('events', events());
  for (const { name, definition } of indexes) await run(name, definition);
  for (const table of [...TABLES, 'people', 'teams', 'team_members']) await client.query(`vacuum (analyze) ${table}`);
  return desk;
}

/** Drops what can be built faster at the end. */
async function withoutIndexes(client: pg.Client): Promise<{ name: string; definition: string }[]> {
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '1GB'; set work_mem = '128MB'`);
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid::regclass::text = any($1) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`, [TABLES]);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows;
}

/** Ids are version 7 and follow from what they stand for, so that tables need no look-up to name each other's rows. */
const functions = ({ workspaceId, viewer, anchor }: Desk): string => `
  create function pg_temp.ws() returns uuid language sql immutable as $$ select '${workspaceId}'::uuid $$;
  create function pg_temp.anchor() returns timestamptz language sql immutable as $$ select '${anchor.toISOString()}'::timestamptz $$;
  create function pg_temp.id(kind bigint, n bigint, at timestamptz) returns uuid language sql stable as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid $$;
  create function pg_temp.person(n bigint) returns uuid language sql stable as $$
    select case when n % ${PEOPLE} = 0 then '${viewer.id}'::uuid else pg_temp.id(1, n % ${PEOPLE}, pg_temp.anchor() - interval '${DAYS} days') end $$;
  create function pg_temp.team(n bigint) returns uuid language sql stable as $$ select pg_temp.id(2, n % ${TEAMS}, pg_temp.anchor() - interval '${DAYS} days') $$;
  create function pg_temp.brand(n bigint) returns uuid language sql stable as $$ select pg_temp.id(8, n % ${BRANDS}, pg_temp.anchor() - interval '${DAYS} days') $$;
  create function pg_temp.office(n bigint) returns uuid language sql stable as $$ select pg_temp.id(9, n % ${OFFICES}, pg_temp.anchor() - interval '${DAYS} days') $$;
  create function pg_temp.millis(at timestamptz) returns bigint language sql stable as $$ select (extract(epoch from at) * 1000)::bigint $$;
  create temp table g_stamps as
    select b, search_stamp(pg_temp.ws(), 'ticket', to_timestamp(b * 5400)) as stamp, search_stamp(pg_temp.ws(), 'customer', to_timestamp(b * 5400)) as customer_stamp
    from generate_series((extract(epoch from pg_temp.anchor()) / 5400)::bigint - ${(DAYS + 2) * 16}, (extract(epoch from pg_temp.anchor()) / 5400)::bigint + 1) b;
  analyze g_stamps`;

const staff = ({ viewer }: Desk): string => `
  select workspace_create(pg_temp.ws(), 'Bench', 'en', pg_temp.anchor() - interval '${DAYS} days');
  insert into people (workspace_id, id, email, email_key, name, role, joined_at, created_at)
    select pg_temp.ws(), pg_temp.person(n), case n when 0 then '${viewer.email}' else 'agent' || n || '@desk.example' end,
      case n when 0 then '${viewer.email}' else 'agent' || n || '@desk.example' end, 'Agent ' || n, case n when 0 then 'lead' else 'agent' end, at, at
    from generate_series(0, ${PEOPLE - 1}) n, (select pg_temp.anchor() - interval '${DAYS} days' as at) s;
  insert into teams (workspace_id, id, name, created_at)
    select pg_temp.ws(), pg_temp.team(n), 'Team ' || n, pg_temp.anchor() from generate_series(0, ${TEAMS - 1}) n;
  insert into team_members (workspace_id, team_id, person_id)
    select pg_temp.ws(), pg_temp.team(n % ${TEAMS}), pg_temp.person(n) from generate_series(0, ${PEOPLE - 1}) n
    union all select pg_temp.ws(), pg_temp.team(1), '${viewer.id}';
  insert into calendar_places (workspace_id, id, kind, name, created_at)
    select pg_temp.ws(), pg_temp.brand(n), 'brand', 'Brand ' || n, pg_temp.anchor() from generate_series(0, ${BRANDS - 1}) n
    union all select pg_temp.ws(), pg_temp.office(n), 'office', 'Office ' || n, pg_temp.anchor() from generate_series(0, ${OFFICES - 1}) n`;

const customers = (size: number): string => `
  create temp table g_customers as
    select c as n, pg_temp.id(3, c, at) as id, m.text || ' ' || c as name, m.n as name_n, lower(split_part(m.text, ' ', 2)) || c || '@mail.example' as email,
      (array['en', 'bg', 'pl', 'ru', 'ar'])[1 + c % 5] as language, at
    from generate_series(0, ${Math.ceil(size / 4)}) c cross join lateral (select pg_temp.anchor() - interval '${DAYS} days' * (1 - c / ${Math.ceil(size / 4) + 1}::float8) as at) s
    join g_names m on m.n = (c * 31) % ${NAMES};
  create unique index on g_customers (n);
  analyze g_customers;
  insert into customers (workspace_id, id, name, language, email, created_at, updated_at, likeness_due)
    select pg_temp.ws(), id, name, language, email, at, at, false from g_customers;
  insert into customer_traces (workspace_id, key, customer_id) select pg_temp.ws(), 'address ' || email, id from g_customers;
  insert into identities (workspace_id, id, customer_id, kind, value, value_key, created_at)
    select pg_temp.ws(), pg_temp.id(4, n, at), id, 'email', email, email, at from g_customers`;

/** `h` is 0 to 99 and stands for chance. */
const tickets = (size: number): string => `
  create temp table g_tickets as
    select i, pg_temp.id(5, i, s.at) as id, s.at, h, h2, entries, active, c.id as customer, c.name as customer_name, c.name_n, c.email, c.language,
      least(interval '1 hour' + interval '1 hour' * (h2 % 72), pg_temp.anchor() - s.at) as life,
      case when active then (array['new', 'new', 'open', 'open', 'open', 'open', 'waiting_customer', 'waiting_customer', 'waiting_third_party', 'scheduled'])[1 + h2 % 10]
        when h2 % 5 = 0 then 'resolved' else 'closed' end as status
    from (
      select i, pg_temp.anchor() - interval '${DAYS} days' * (1 - i / ${size}::float8) as at, (i * 7919) % 100 as h, (i * 104729 / 7) % 100 as h2,
        case when i % 1000 = 500 then ${LONG_ENTRIES} else ${ENTRIES} end as entries, (i * 7919) % 100 < 8 or (i > ${size} * 0.995 and (i * 7919) % 100 < 70) as active
      from generate_series(1::bigint, ${size}) i) s
    join g_customers c on c.n = (i * 7919) % ${Math.ceil(size / 4)};
  create unique index on g_tickets (i);
  analyze g_tickets;
  insert into tickets (workspace_id, id, number, subject, status, priority, channel, customer_id, assignee_id, team_id, language, tags, snippet, brand_id, office_id,
      waiting_since, last_message_at, status_since, queue_order, created_at, updated_at, resolved_at, closed_at, deleted_at, merged_into)
    select pg_temp.ws(), t.id, 1000 + i, initcap(left(p.text, 40 + (h % 30)::int)), status, case when h2 = 1 then 'urgent' when h2 < 10 then 'high' else 'normal' end, 'email', customer,
      case when status = 'new' or active and i % 10 = 0 then null when i % 8 = 0 then pg_temp.person(0) else pg_temp.person(i) end,
      case when h2 >= 5 then pg_temp.team(i / 3) end, language,
      case when h < 30 then array['tag ' || h, 'tag ' || h2] else '{}' end, left(q.text, 160), case when i % 5 > 0 then pg_temp.brand(i / 5) end, case when i % 2 = 0 then pg_temp.office(i / 2) end,
      case when status in ('new', 'open') then last end, last, last, case when status in ('new', 'open') then pg_temp.millis(last) else 8000000000000000 - pg_temp.millis(last) end,
      at, last, case when not active then last end, case when status = 'closed' then last end,
      case when i % 500 = 3 then last end, case when i % 500 = 4 then (select b.id from g_tickets b where b.i = t.i - 2) end
    from (select *, at + life as last from g_tickets) t join g_phrases p on p.n = i % ${PHRASES} join g_phrases q on q.n = (i * 31) % ${PHRASES} order by i;
  insert into ticket_tags (workspace_id, tag, ticket_id)
    select pg_temp.ws(), tag, id from g_tickets cross join lateral (select distinct unnest(array['tag ' || h, 'tag ' || h2]) as tag) g where h < 30;
  insert into ticket_reads (workspace_id, person_id, ticket_id, read_at)
    select pg_temp.ws(), pg_temp.person(0), id, at + life from g_tickets where i % 8 = 0`;

/** Everybody follows some. */
const followers = (): string => `
  insert into ticket_followers (workspace_id, person_id, ticket_id, followed_at)
    select pg_temp.ws(), pg_temp.person(i / 50), id, at from g_tickets where i % 50 = 7`;

/** They have long been compared with each other. */
const likenesses = (): string => `
  insert into customer_likenesses (workspace_id, a_id, b_id, reasons, weight, found_at)
    select pg_temp.ws(), least(a.id, b.id), greatest(a.id, b.id), case when a.n % 3 = 0 then array['number'] else array['name'] end, case when a.n % 3 = 0 then 40 else 20 end, b.at
    from g_customers a join g_customers b on b.n = a.n + 1 where a.n % ${ALIKE} = 0`;

const words = (size: number): string => `
  insert into search_words (workspace_id, word) select pg_temp.ws(), word from g_vocabulary on conflict do nothing;
  insert into search_words (workspace_id, word)
    select pg_temp.ws(), s[1 + n % k] || s[1 + n / k % k] || s[1 + n / (k * k) % k] || s[1 + n / (k * k * k) % k]
    from (select s, array_length(s, 1) as k from (select string_to_array('${SYLLABLES.join(' ')}', ' ') as s) a) b, generate_series(0, ${Math.min(MOST_WORDS, Math.ceil(size / 4))} - 1) g(m),
      lateral (select (m::bigint * 7919 % (k * k * k * k))::integer as n) h on conflict do nothing`;

/** By turns the customer and an agent, the customer first and last; the fourth is a note. */
const entries = (): string => `
  create temp view g_entries as
    select t.i * 64 + j as n, pg_temp.id(6, t.i * 64 + j, t.at + t.life * j / (t.entries - 1)) as id, t.id as ticket, t.i, t.entries, j,
      t.at + t.life * j / (t.entries - 1) as at, t.customer, t.customer_name, t.name_n, t.email, (t.i * 31 + j * 7) % ${PHRASES} as p1, (t.i * 17 + j * 13) % ${PHRASES} as p2
    from g_tickets t cross join lateral generate_series(0, t.entries - 1) j;
  insert into entries (workspace_id, id, ticket_id, type, channel, direction, author_kind, author_id, author_name, author_address, text, recipients, message_id, has_html, created_at)
    select pg_temp.ws(), e.id, ticket, case when j % 5 = 3 then 'note' else 'message' end, 'email',
      case when j % 2 = 0 then 'in' when j % 5 = 3 then 'internal' else 'out' end,
      case when j % 2 = 0 then 'customer' else 'person' end, case when j % 2 = 0 then customer else pg_temp.person(i) end,
      case when j % 2 = 0 then customer_name else 'Agent ' || i % ${PEOPLE} end, case when j % 2 = 0 then email end,
      a.text || '. ' || b.text || '.', '{"to": [{"name": "", "address": "support@desk.example"}], "cc": []}', e.id || '@mail.example', entries > ${ENTRIES}, at
    from g_entries e join g_phrases a on a.n = p1 join g_phrases b on b.n = p2;
  insert into entry_html (workspace_id, entry_id, html, safe, safe_version, remote_images)
    select pg_temp.ws(), e.id, html, html, 1, 0 from g_entries e join g_phrases a on a.n = p1
      cross join lateral (select repeat('<p style="margin:0 0 8px">' || a.text || '</p>', 8) as html) h where entries > ${ENTRIES};
  insert into outbox (workspace_id, id, purpose, entry_id, ticket_id, message_id, envelope_from, envelope_to, content, state, not_before, next_attempt_at, created_at, accepted_at)
    select pg_temp.ws(), pg_temp.id(7, e.n, at), 'reply', e.id, ticket, e.n || '@desk.example', 'support@desk.example', array[email],
      jsonb_build_object('subject', a.text, 'text', repeat(a.text, 4), 'html', repeat(a.text, 8)), 'accepted', at, at, at, at
    from g_entries e join g_phrases a on a.n = p1 where entries > ${ENTRIES} and j % 2 = 1 and j % 5 <> 3`;

const sought = (word: string): string => `(select vector from g_sought where text = '${word}')`;

const documents = (size: number): string => `
  insert into search_documents (workspace_id, kind, id, subject_id, at, vector)
    select pg_temp.ws(), 'entry', e.id, ticket, at, a.vector || b.vector || m.vector || array_to_tsvector(array[(1000 + i)::text, email])
      || case when (i + j) % 2 = 0 then ${sought(WORDS.ubiquitous)} else '' end || case when (i * 5 + j) % 100 = 50 then ${sought(WORDS.common)} else '' end
      || case when j = 2 and i % ${Math.max(1, Math.floor(size / RARE_ENTRIES))} = 7 then ${sought(WORDS.rare)} else '' end || s.stamp
    from g_entries e join g_phrases a on a.n = p1 join g_phrases b on b.n = p2 join g_names m on m.n = name_n
      join g_stamps s on s.b = floor(extract(epoch from at) / 5400)::bigint;
  insert into search_documents (workspace_id, kind, id, subject_id, at, vector)
    select pg_temp.ws(), 'ticket', t.id, t.id, at, p.vector || m.vector || array_to_tsvector(array[(1000 + i)::text, email]) || s.stamp
    from g_tickets t join g_phrases p on p.n = i % ${PHRASES} join g_names m on m.n = name_n join g_stamps s on s.b = floor(extract(epoch from at) / 5400)::bigint;
  insert into search_documents (workspace_id, kind, id, subject_id, at, name, vector)
    select pg_temp.ws(), 'customer', c.id, c.id, at, m.sound, m.vector || array_to_tsvector(array[email, c.n::text]) || s.customer_stamp
    from g_customers c join g_names m on m.n = name_n join g_stamps s on s.b = floor(extract(epoch from at) / 5400)::bigint`;

/** Two a ticket, long since told to everybody. */
const events = (): string => `
  insert into events (workspace_id, position, type, ticket_id, actor_kind, actor_id, data, at)
    select pg_temp.ws(), row_number() over (), case j when 0 then 'ticket.created' else 'ticket.changed' end, id,
      case j when 0 then 'system' else 'person' end, case j when 1 then pg_temp.person(i) end,
      case j when 0 then '{}' else '{"status": ["new", "open"]}' end::jsonb, at + life / 2 * j
    from g_tickets, generate_series(0, 1) j order by i;
  update event_sequencer set position = (select count(*) from events)`;
