-- What wrote a message: a person, a machine. Null on what came before this was kept.
alter table inbound_messages add column nature text check (nature in ('person', 'bounce', 'autoreply', 'machine'));

-- Ages of tickets since their last message are looked up by it.
create index tickets_last_message on tickets (workspace_id, phase, last_message_at, id);

create table rules (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  -- The order in which they run; made anew as a whole.
  position bigint not null,
  enabled boolean not null,
  kind text not null check (kind in ('event', 'time')),
  -- {name, description, trigger, conditions, calendarId, actions, hourlyLimit, includeExisting}
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  -- Counts the changes of the definition.
  version bigint not null default 1,
  calendar_id uuid,
  -- The key of the ready-made rule that it began as.
  ready_made text check (length(ready_made) <= 60),
  -- Of a rule on time that is on: when tickets are looked through next.
  look_at timestamptz,
  -- The log of what it did stays.
  removed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id)
);
create index rules_order on rules (workspace_id, position) where removed_at is null;
create index rules_calendar on rules (workspace_id, calendar_id) where calendar_id is not null;
create index rules_due on rules (look_at) where look_at is not null;
create unique index rules_ready_made on rules (workspace_id, ready_made) where ready_made is not null;
call rapport_protect('rules');

create table rule_versions (
  workspace_id uuid not null,
  rule_id uuid not null,
  version bigint not null,
  definition jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (workspace_id, rule_id, version),
  foreign key (workspace_id, rule_id) references rules (workspace_id, id) on delete cascade
);
call rapport_protect('rule_versions', 'select, insert');

-- How far a rule on time has looked: tickets up to here have been judged at the moment when they came of age.
create table rule_ages (
  workspace_id uuid not null,
  rule_id uuid not null,
  -- Which age of the condition, counted from 0.
  number bigint not null,
  reached_at timestamptz not null,
  reached_id uuid not null,
  primary key (workspace_id, rule_id, number),
  foreign key (workspace_id, rule_id) references rules (workspace_id, id) on delete cascade
);
call rapport_protect('rule_ages');

-- What rules did: once for each cause. The log of tickets and the bound of each hour.
create table rule_runs (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  rule_version bigint not null,
  ticket_id uuid not null,
  -- What began it: event:<seq> of the first event of a chain, or age:<moments>.
  cause text not null check (length(cause) <= 400),
  -- What it is called in rules; null for a rule on time.
  event text,
  due_at timestamptz,
  late boolean not null default false,
  depth bigint not null default 0,
  outcome text not null check (outcome in ('ran', 'failed', 'limited', 'looped')),
  held jsonb not null default '[]',
  effects jsonb not null default '[]',
  -- The events of the ticket after the first and up to the second were made by this run.
  seq_from bigint not null default 0,
  seq_to bigint not null default 0,
  at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, rule_id, ticket_id, cause),
  foreign key (workspace_id, rule_id) references rules (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index rule_runs_ticket on rule_runs (workspace_id, ticket_id, at desc, id desc);
create index rule_runs_rule on rule_runs (workspace_id, rule_id, at desc, id desc);
call rapport_protect('rule_runs');

-- Of rules that ask for hours: tickets for which all else held while the hours did not.
create table rule_later (
  workspace_id uuid not null,
  rule_id uuid not null,
  ticket_id uuid not null,
  due_at timestamptz not null,
  primary key (workspace_id, rule_id, ticket_id),
  foreign key (workspace_id, rule_id) references rules (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index rule_later_due on rule_later (workspace_id, rule_id, due_at, ticket_id);
create index rule_later_ticket on rule_later (workspace_id, ticket_id);
call rapport_protect('rule_later');

-- What a rule has put off: the ticket comes back then.
create table rule_follow_ups (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  ticket_id uuid not null,
  text text not null check (length(text) <= 10000),
  due_at timestamptz not null,
  done_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, rule_id) references rules (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index rule_follow_ups_ticket on rule_follow_ups (workspace_id, ticket_id);
create index rule_follow_ups_rule on rule_follow_ups (workspace_id, rule_id);
create index rule_follow_ups_due on rule_follow_ups (due_at) where done_at is null;
call rapport_protect('rule_follow_ups');

-- Which workspaces have been given the ready-made rules.
create table rule_sets (
  workspace_id uuid primary key references workspaces (id),
  ready_made bigint not null
);
call rapport_protect('rule_sets');
