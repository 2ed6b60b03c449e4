-- Who is there, what they can, and which ticket goes to whom.

-- What a workspace says about sharing work out; defaults are the program's. `version` counts changes of queues and skills; the open
-- tickets that nobody has follow it, page by page.
create table routing_settings (
  workspace_id uuid not null references workspaces (id),
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  version bigint not null default 0,
  swept bigint not null default 0,
  -- How far the sweep at hand has come, and for which version.
  sweeping bigint,
  sweep_after text,
  primary key (workspace_id)
);
create index routing_settings_stale on routing_settings (workspace_id) where swept < version;
call rapport_protect('routing_settings');

create table skills (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Tickets in this language ask for it.
  language text check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index skills_name on skills (workspace_id, lower(name));
create unique index skills_language on skills (workspace_id, language) where language is not null;
call rapport_protect('skills');

create table person_skills (
  workspace_id uuid not null,
  person_id uuid not null,
  skill_id uuid not null,
  level bigint not null check (level between 1 and 5),
  primary key (workspace_id, person_id, skill_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, skill_id) references skills (workspace_id, id) on delete cascade
);
create index person_skills_skill on person_skills (workspace_id, skill_id);
call rapport_protect('person_skills');

-- Those whose capacity is not the workspace's.
create table person_capacities (
  workspace_id uuid not null,
  person_id uuid not null,
  capacity jsonb not null check (jsonb_typeof(capacity) = 'object'),
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
call rapport_protect('person_capacities');

-- The workspace's own names for being away.
create table presence_states (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  state text not null check (state in ('online', 'away', 'transfers_only', 'offline')),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index presence_states_name on presence_states (workspace_id, lower(name));
call rapport_protect('presence_states');

-- What each person chose. `acted_at`, `seen_at`, `gone_at` and `vanished_at` are machine time, the rest is business time.
create table presences (
  workspace_id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('online', 'away', 'transfers_only', 'offline')),
  own_state_id uuid,
  reason text not null default '' check (length(reason) <= 200),
  -- {channel: false}: switched off.
  channels jsonb not null default '{}',
  since timestamptz not null,
  acted_at timestamptz not null,
  -- The last sign of an open browser; null for who works without one.
  seen_at timestamptz,
  -- When they count as gone, unless there is a sign before; null: nothing to look for.
  gone_at timestamptz,
  vanished_at timestamptz,
  wrap_up_until timestamptz,
  -- Offers in a row that were left to pass.
  missed bigint not null default 0,
  missed_away boolean not null default false,
  last_given_at timestamptz,
  idle_since timestamptz not null,
  -- When mail of somebody who is offline goes back.
  back_at timestamptz,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, own_state_id) references presence_states (workspace_id, id) on delete set null (own_state_id)
);
create index presences_own_state on presences (workspace_id, own_state_id) where own_state_id is not null;
create index presences_there on presences (workspace_id, state);
create index presences_gone on presences (gone_at) where gone_at is not null;
create index presences_back on presences (back_at) where back_at is not null;
call rapport_protect('presences');

create table absences (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  deputy_id uuid,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  reason text not null default '' check (length(reason) <= 200),
  -- When their work is looked through next; null when it is over.
  look_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, deputy_id) references people (workspace_id, id)
);
create index absences_person on absences (workspace_id, person_id, to_at);
create index absences_deputy on absences (workspace_id, deputy_id) where deputy_id is not null;
create index absences_coming on absences (workspace_id, to_at, id);
create index absences_look on absences (look_at) where look_at is not null;
call rapport_protect('absences');

create table queues (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- The first in order whose conditions hold has the ticket.
  position bigint not null,
  -- In the language of conditions; null: every ticket.
  conditions jsonb,
  mode text not null check (mode in ('pull', 'push', 'round_robin', 'least_loaded', 'longest_idle')),
  team_ids uuid[] not null default '{}',
  -- [{teamId, afterSeconds}]
  overflow jsonb not null default '[]',
  offer_seconds bigint,
  -- [{id, level, need, relaxAfterSeconds}]
  skills jsonb not null default '[]',
  language jsonb,
  head_start_seconds bigint not null default 0,
  own_agent_seconds bigint,
  calendar_id uuid,
  version bigint not null default 1,
  -- Since when something waits and nobody is there; null: somebody is, or nothing waits.
  nobody_since timestamptz,
  -- When a queue from which people take is looked at next.
  look_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id)
);
create unique index queues_name on queues (workspace_id, lower(name));
create index queues_order on queues (workspace_id, position, id);
create index queues_calendar on queues (workspace_id, calendar_id) where calendar_id is not null;
call rapport_protect('queues');

-- A ticket in its queue, from when it first waits until it is done; who has it keeps its waiting time here.
create table queue_tickets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  queue_id uuid not null,
  state text not null check (state in ('waiting', 'offered', 'given')),
  number bigint not null,
  channel text not null,
  -- Empty: not known.
  language text not null,
  since timestamptz not null,
  -- `since` less the head start: whose turn it is.
  rank_at timestamptz not null,
  person_id uuid,
  given_at timestamptz,
  -- Who had the customer's last ticket, once it was looked for.
  own_agent_id uuid,
  own_known boolean not null default false,
  -- What was expected when it came: how many were before it, and how long it would take. Seconds of working time.
  ahead bigint,
  low_seconds bigint,
  high_seconds bigint,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, queue_id) references queues (workspace_id, id) on delete cascade
) with (fillfactor = 80);
create index queue_tickets_turn on queue_tickets (workspace_id, queue_id, state, rank_at, number);
create index queue_tickets_alike on queue_tickets (workspace_id, queue_id, state, language, channel, rank_at, number);
create index queue_tickets_since on queue_tickets (workspace_id, queue_id, state, since);
create index queue_tickets_unexpected on queue_tickets (workspace_id, queue_id) where state = 'waiting' and ahead is null;
call rapport_protect('queue_tickets');

create table offers (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  queue_id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('offered', 'accepted', 'refused', 'passed', 'withdrawn')),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  why jsonb not null,
  reason text not null default '' check (length(reason) <= 200),
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, queue_id) references queues (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create unique index offers_open on offers (workspace_id, ticket_id) where state = 'offered';
create index offers_ticket on offers (workspace_id, ticket_id, settled_at);
create index offers_queue on offers (workspace_id, queue_id);
create index offers_mine on offers (workspace_id, person_id, offered_at) where state = 'offered';
create index offers_expiring on offers (expires_at) where state = 'offered';
call rapport_protect('offers');

-- What routing did, and why. `why`: [{code, values}], ids and amounts only.
create table routing_log (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  queue_id uuid,
  person_id uuid,
  at timestamptz not null,
  late boolean not null default false,
  why jsonb not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index routing_log_ticket on routing_log (workspace_id, ticket_id, at desc, id desc);
call rapport_protect('routing_log');

-- How long tickets waited, beside what was expected. Seconds of working time by the queue's calendar.
create table queue_waits (
  workspace_id uuid not null,
  id uuid not null,
  queue_id uuid not null,
  ticket_id uuid not null,
  since timestamptz not null,
  given_at timestamptz not null,
  ahead bigint not null,
  waited_seconds bigint not null,
  low_seconds bigint,
  high_seconds bigint,
  replied_at timestamptz,
  reply_seconds bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, queue_id) references queues (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index queue_waits_latest on queue_waits (workspace_id, queue_id, given_at desc);
create index queue_waits_replied on queue_waits (workspace_id, queue_id, replied_at desc) where replied_at is not null;
create index queue_waits_ticket on queue_waits (workspace_id, ticket_id);
call rapport_protect('queue_waits');

-- What is due by then: offers that were not answered, people who are gone, mail that goes back, absences.
create function routing_due(now_ timestamptz, machine_ timestamptz, limit_ integer) returns table (what text, workspace_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    (select 'offer', o.workspace_id, o.id, o.expires_at as at from offers o where o.state = 'offered' and o.expires_at <= now_ order by o.expires_at limit limit_)
    union all
    (select 'gone', p.workspace_id, p.person_id, p.gone_at from presences p where p.gone_at <= machine_ order by p.gone_at limit limit_)
    union all
    (select 'back', p.workspace_id, p.person_id, p.back_at from presences p where p.back_at <= now_ order by p.back_at limit limit_)
    union all
    (select 'absence', a.workspace_id, a.id, a.look_at from absences a where a.look_at <= now_ order by a.look_at limit limit_)
  ) as due order by at limit limit_
$$;
revoke execute on function routing_due(timestamptz, timestamptz, integer) from public;
grant execute on function routing_due(timestamptz, timestamptz, integer) to rapport_app;

-- Workspaces, after this one, in whose queues something waits that is given out by itself, or that is to be looked at again.
create function routing_waiting(now_ timestamptz, after_ uuid, limit_ integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct q.workspace_id from queues q
  where q.workspace_id > after_
    and (q.mode <> 'pull' or q.look_at is null or q.look_at <= now_)
    and (q.nobody_since is not null
      or exists (select from queue_tickets t where t.workspace_id = q.workspace_id and t.queue_id = q.id and t.state = 'waiting'))
  order by q.workspace_id limit limit_
$$;
revoke execute on function routing_waiting(timestamptz, uuid, integer) from public;
grant execute on function routing_waiting(timestamptz, uuid, integer) to rapport_app;

-- Workspaces whose open tickets have not followed a change of queues yet.
create function routing_stale(limit_ integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id from routing_settings s where s.swept < s.version order by s.workspace_id limit limit_
$$;
revoke execute on function routing_stale(integer) from public;
grant execute on function routing_stale(integer) to rapport_app;

-- Queues with tickets of which nobody has said yet how long they will wait.
create function routing_unexpected(limit_ integer) returns table (workspace_id uuid, queue_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct t.workspace_id, t.queue_id from queue_tickets t where t.state = 'waiting' and t.ahead is null order by 1, 2 limit limit_
$$;
revoke execute on function routing_unexpected(integer) from public;
grant execute on function routing_unexpected(integer) to rapport_app;
