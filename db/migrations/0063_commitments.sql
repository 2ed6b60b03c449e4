-- What somebody here promised a customer. Facts; whether it was kept in time is derived from them.
create table commitments (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  ticket_id uuid not null,
  -- The entry in which it was promised.
  entry_id uuid,
  customer_id uuid not null,
  kind text not null check (kind in ('callback', 'information', 'refund', 'follow_up', 'other', 'apology')),
  what text not null check (length(what) between 1 and 500),
  owner_id uuid not null,
  -- The ticket's, which it follows.
  team_id uuid,
  due_at timestamptz not null,
  -- Only a day was named.
  whole_day boolean not null default false,
  soon_at timestamptz not null,
  -- When there is something to say of it next: soon_at, then due_at, then nothing.
  next_at timestamptz,
  state text not null check (state in ('made', 'due_soon', 'broken', 'kept', 'renegotiated', 'withdrawn')),
  is_open boolean not null generated always as (state in ('made', 'due_soon', 'broken')) stored,
  made_at timestamptz not null,
  -- Null: the desk itself.
  made_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  note text not null default '' check (length(note) <= 500),
  withdrawn text check (withdrawn in ('customer', 'colleague', 'not_sent')),
  -- The promise that this one stands for.
  previous_id uuid,
  -- Of a renegotiated date: when the customer was told.
  told_at timestamptz,
  told_in uuid,
  apology_for uuid,
  -- The ticket was deleted: it sleeps.
  asleep boolean not null default false,
  -- Merges that brought it where it is, the last one last.
  merges uuid[] not null default '{}',
  version bigint not null default 1,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id),
  constraint commitments_owner_person_id foreign key (workspace_id, owner_id) references people (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id),
  foreign key (workspace_id, previous_id) references commitments (workspace_id, id),
  foreign key (workspace_id, apology_for) references commitments (workspace_id, id)
);
create index commitments_ticket on commitments (workspace_id, ticket_id, due_at);
create index commitments_entry on commitments (workspace_id, entry_id) where entry_id is not null;
create index commitments_told_in on commitments (workspace_id, told_in) where told_in is not null;
create unique index commitments_previous on commitments (workspace_id, previous_id) where previous_id is not null;
create unique index commitments_apology on commitments (workspace_id, apology_for) where apology_for is not null;
create index commitments_open on commitments (workspace_id, due_at, id) where is_open and not asleep;
create index commitments_owner_open on commitments (workspace_id, owner_id, due_at, id) where is_open and not asleep;
create index commitments_team_open on commitments (workspace_id, team_id, due_at, id) where is_open and not asleep;
create index commitments_ended on commitments (workspace_id, ended_at desc, id desc) where ended_at is not null;
create index commitments_owner_ended on commitments (workspace_id, owner_id, ended_at desc, id desc) where ended_at is not null;
create index commitments_team_ended on commitments (workspace_id, team_id, ended_at desc, id desc) where ended_at is not null;
-- For figures: those whose date lies in a period.
create index commitments_due on commitments (workspace_id, due_at) where kind <> 'apology';
-- What is due, of all workspaces.
create index commitments_next on commitments (next_at, id) where next_at is not null and not asleep;
call rapport_protect('commitments');
