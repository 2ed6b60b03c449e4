-- What the company runs, as its customers see it.
create table status_components (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  -- Language → name.
  names jsonb not null check (jsonb_typeof(names) = 'object'),
  place bigint not null,
  state text not null default 'operational' check (state in ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')),
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index status_components_place on status_components (workspace_id, place, id) where archived_at is null;
call rapport_protect('status_components');

-- Something that went wrong, or work that was announced.
create table status_incidents (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  kind text not null check (kind in ('incident', 'maintenance')),
  titles jsonb not null check (jsonb_typeof(titles) = 'object'),
  impact text not null check (impact in ('none', 'minor', 'major', 'critical')),
  state text not null check (state in ('investigating', 'identified', 'monitoring', 'resolved', 'scheduled', 'in_progress', 'completed')),
  -- Of maintenance: when it begins and ends. Business time.
  starts_at timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check ((kind = 'maintenance') = (ends_at is not null))
);
create index status_incidents_open on status_incidents (workspace_id, starts_at desc, id desc) where ended_at is null;
create index status_incidents_newest on status_incidents (workspace_id, starts_at desc, id desc);
call rapport_protect('status_incidents');

create table status_affected (
  workspace_id uuid not null,
  incident_id uuid not null,
  component_id uuid not null,
  primary key (workspace_id, incident_id, component_id),
  foreign key (workspace_id, incident_id) references status_incidents (workspace_id, id) on delete cascade,
  foreign key (workspace_id, component_id) references status_components (workspace_id, id)
);
create index status_affected_component on status_affected (workspace_id, component_id);
call rapport_protect('status_affected');

-- What was said about it, one after the other; never changed.
create table status_updates (
  workspace_id uuid not null,
  id uuid not null,
  incident_id uuid not null,
  state text not null,
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  at timestamptz not null,
  by_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, incident_id) references status_incidents (workspace_id, id) on delete cascade
);
create index status_updates_incident on status_updates (workspace_id, incident_id, at desc, id desc);
call rapport_protect('status_updates', 'select, insert');

-- Tickets that are about it: one update tells all of them.
create table status_tickets (
  workspace_id uuid not null,
  incident_id uuid not null,
  ticket_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  primary key (workspace_id, incident_id, ticket_id),
  foreign key (workspace_id, incident_id) references status_incidents (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index status_tickets_ticket on status_tickets (workspace_id, ticket_id);
call rapport_protect('status_tickets');

-- Who gets every update by mail. Machine time.
create table status_subscriptions (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  address_key text not null,
  language text not null check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  token_hash bytea not null,
  created_at timestamptz not null,
  -- Null: the mailbox has not said yes.
  confirmed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index status_subscriptions_address on status_subscriptions (workspace_id, address_key);
create unique index status_subscriptions_token on status_subscriptions (workspace_id, token_hash);
create index status_subscriptions_unconfirmed on status_subscriptions (created_at) where confirmed_at is null;
call rapport_protect('status_subscriptions');

-- Mails that an update still owes; gone once they are written.
create table status_letters (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  update_id uuid not null,
  ticket_id uuid,
  subscription_id uuid,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, update_id) references status_updates (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, subscription_id) references status_subscriptions (workspace_id, id) on delete cascade,
  check ((ticket_id is null) <> (subscription_id is null))
);
create index status_letters_at on status_letters (at, id);
create index status_letters_update on status_letters (workspace_id, update_id);
create index status_letters_ticket on status_letters (workspace_id, ticket_id) where ticket_id is not null;
create index status_letters_subscription on status_letters (workspace_id, subscription_id) where subscription_id is not null;
call rapport_protect('status_letters');
