import type pg from 'pg';
import { newId } from '../platform/db/ids.ts';

export type RoutingDesk = { readonly workspaceId: string; readonly queueId: string };

/** In SQL: people who are there and may have ten mails each, and mails that wait in one queue, of five languages and four priorities. */
export async function furnish(client: pg.Client, { agents, waiting }: { agents: number; waiting: number }): Promise<RoutingDesk> {
  const desk = { workspaceId: newId(), queueId: newId() };
  const ws = `'${desk.workspaceId}'::uuid`;
  await client.query(`
    select workspace_create(${ws}, 'Bench', 'en', now());
    create temp table g_people as select n, gen_random_uuid() as id from generate_series(1, ${agents}) n;
    insert into people (workspace_id, id, email, email_key, name, role, joined_at, created_at)
      select ${ws}, id, 'agent' || n || '@desk.example', 'agent' || n || '@desk.example', 'Agent ' || n, 'agent', now(), now() from g_people;
    insert into teams (workspace_id, id, name, created_at) select ${ws}, gen_random_uuid(), 'Team ' || n, now() from generate_series(1, 8) n;
    insert into team_members (workspace_id, team_id, person_id)
      select ${ws}, (select id from teams where name = 'Team ' || (1 + n % 8)), id from g_people;
    insert into skills (workspace_id, id, name, language, created_at) select ${ws}, gen_random_uuid(), l, l, now() from unnest(array['en', 'bg', 'pl', 'ru', 'ar']) l;
    insert into person_skills (workspace_id, person_id, skill_id, level)
      select ${ws}, p.id, s.id, 3 from g_people p join skills s on s.language = 'en' or s.language = (array['bg', 'pl', 'ru', 'ar', 'bg'])[1 + p.n % 5] or p.n % 7 = 0;
    insert into presences (workspace_id, person_id, state, since, acted_at, idle_since) select ${ws}, id, 'online', now(), now() + interval '1 hour', now() from g_people;
    insert into routing_settings (workspace_id, version, swept) values (${ws}, 1, 1);
    insert into queues (workspace_id, id, name, position, mode, offer_seconds, language, own_agent_seconds, created_at, updated_at)
      values (${ws}, '${desk.queueId}', 'Mail', 1, 'push', 3600, '{"level": 1, "need": "required", "relaxAfterSeconds": null}', 120, now(), now());
    create temp table g_customers as select n, gen_random_uuid() as id from generate_series(0, ${Math.ceil(waiting / 4)}) n;
    insert into customers (workspace_id, id, name, created_at, updated_at) select ${ws}, id, 'Customer ' || n, now(), now() from g_customers;
    insert into tickets (workspace_id, id, number, subject, status, priority, channel, customer_id, language, waiting_since, last_message_at, queue_order, created_at, updated_at)
      select ${ws}, gen_random_uuid(), k, 'Kettle ' || k, 'new', (array['low', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + k % 6], 'email', c.id, (array['en', 'bg', 'pl', 'ru', 'ar'])[1 + k % 5],
        at, at, (extract(epoch from at) * 1000)::bigint, at, at
      from generate_series(1, ${waiting}) k join g_customers c on c.n = k / 4 cross join lateral (select date_trunc('milliseconds', now() - interval '1 second' * (${waiting} - k)) as at) s;
    insert into queue_tickets (workspace_id, ticket_id, queue_id, state, number, channel, language, since, rank_at, ahead)
      select workspace_id, id, '${desk.queueId}', 'waiting', number, channel, language, waiting_since,
        waiting_since - case priority when 'low' then interval '0' when 'normal' then interval '1 hour' when 'high' then interval '4 hours' else interval '24 hours' end, 1000 from tickets;
    analyze`);
  return desk;
}

/** So many people accept and answer what they were offered, each one of theirs: there is room for one more. Their ids. */
export async function answer(client: pg.Client, count: number): Promise<string[]> {
  const { rows } = await client.query<{ person: string }>(`
    with chosen as (
      select distinct on (person_id) workspace_id, id, ticket_id, person_id from (select * from offers where state = 'offered' order by random() limit ${count * 4}) o order by person_id limit ${count}),
    accepted as (update offers o set state = 'accepted', settled_at = now() from chosen c where o.workspace_id = c.workspace_id and o.id = c.id),
    given as (update queue_tickets t set state = 'given', person_id = c.person_id, given_at = now() from chosen c where t.workspace_id = c.workspace_id and t.ticket_id = c.ticket_id),
    done as (update tickets t set assignee_id = c.person_id, status = 'waiting_customer', waiting_since = null from chosen c where t.workspace_id = c.workspace_id and t.id = c.ticket_id)
    select person_id as person from chosen`);
  return rows.map(({ person }) => person);
}
