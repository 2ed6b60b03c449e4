-- The most urgent promise of a ticket. Rooms that promise keep a column each; `due_at` is the earlier of them.
alter table tickets add column sla_due_at timestamptz;
alter table tickets add column commitment_due_at timestamptz;
alter table tickets add column due_at timestamptz;
-- Milliseconds of `due_at`, and above all times for tickets that are never due: the order of a list, ascending.
alter table tickets add column due_order bigint not null default 9000000000000000;
create index tickets_due on tickets (workspace_id, phase, due_order, id);

-- What is promised, and to which tickets. Tried in the order of `place`, the owner's own before the ready-made.
create table sla_policies (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Null: the workspace's default calendar.
  calendar_id uuid,
  -- In the language of conditions; null: every ticket.
  conditions jsonb,
  -- [{metric, priority?, seconds, time}]
  targets jsonb not null check (jsonb_typeof(targets) = 'array'),
  -- [{do, at, metric?, …}]
  actions jsonb not null default '[]' check (jsonb_typeof(actions) = 'array'),
  place bigint not null,
  enabled boolean not null default true,
  ready_made text,
  -- Counts the changes.
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id)
);
create unique index sla_policies_name on sla_policies (workspace_id, lower(name));
create unique index sla_policies_ready_made on sla_policies (workspace_id, ready_made) where ready_made is not null;
create index sla_policies_calendar on sla_policies (workspace_id, calendar_id) where calendar_id is not null;
call rapport_protect('sla_policies');

-- How far the open tickets of a workspace have followed what is promised there.
create table sla_rules (
  workspace_id uuid not null references workspaces (id),
  -- Counts every change of policies and calendars.
  version bigint not null default 1,
  -- Sheets that were written under an earlier version may lack facts, because nothing was promised for a time.
  trusted_from bigint not null default 0,
  -- The version that all open tickets have followed.
  swept bigint not null default 0,
  -- How far the sweep at hand has come along the list of open tickets, and for which version.
  sweeping bigint,
  sweep_after jsonb,
  primary key (workspace_id)
);
create index sla_rules_stale on sla_rules (workspace_id) where swept < version;
call rapport_protect('sla_rules');

-- The clocks of a ticket: one row, written once in a unit of work. `next_at` is the one column that is looked along.
create table sla_sheets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  policy_id uuid,
  sheet jsonb not null,
  -- Under which version of the rules it was written.
  rules bigint not null,
  -- When something is to be announced next; null: nothing.
  next_at timestamptz,
  due_at timestamptz,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
) with (fillfactor = 80);
create index sla_sheets_next on sla_sheets (next_at, workspace_id, ticket_id) where next_at is not null;
call rapport_protect('sla_sheets');

-- Where something is to be announced by then, the earliest first.
create function sla_due(now_ timestamptz, limit_ integer) returns table (workspace_id uuid, ticket_id uuid, next_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id, s.ticket_id, s.next_at from sla_sheets s where s.next_at <= now_ order by s.next_at, s.workspace_id, s.ticket_id limit limit_
$$;
revoke execute on function sla_due(timestamptz, integer) from public;
grant execute on function sla_due(timestamptz, integer) to rapport_app;

-- Workspaces whose open tickets have not followed a change yet.
create function sla_stale(limit_ integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.workspace_id from sla_rules r where r.swept < r.version order by r.workspace_id limit limit_
$$;
revoke execute on function sla_stale(integer) from public;
grant execute on function sla_stale(integer) to rapport_app;

-- What a lead should look at.
create table sla_flags (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  kind text not null check (kind in ('holding_replies', 'repeated_snoozes')),
  person_id uuid,
  count bigint not null,
  at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create unique index sla_flags_open on sla_flags (workspace_id, ticket_id, kind) where reviewed_at is null;
create index sla_flags_newest on sla_flags (workspace_id, at desc, id desc) where reviewed_at is null;
create index sla_flags_person on sla_flags (workspace_id, person_id) where person_id is not null;
call rapport_protect('sla_flags');
