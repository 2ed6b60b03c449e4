-- Side conversations: what people here settle by mail with others (a courier, a supplier, a workshop) about a ticket. They are no entries of it, so nothing
-- that shows a ticket to its customer can show them. `path`: merges of tickets that they came along, the latest last.
create table asides (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}',
  subject text not null,
  started_by uuid not null,
  -- The ticket waits for the answer.
  waits boolean not null,
  created_at timestamptz not null,
  last_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index asides_ticket on asides (workspace_id, ticket_id, last_at desc, id);
call rapport_protect('asides');

create table aside_people (
  workspace_id uuid not null,
  aside_id uuid not null,
  address_key text not null,
  address text not null,
  name text not null,
  added_at timestamptz not null,
  primary key (workspace_id, aside_id, address_key),
  foreign key (workspace_id, aside_id) references asides (workspace_id, id) on delete cascade
);
call rapport_protect('aside_people');

-- `author_id`: who here wrote it; null for what came in. `file_ids`: attachments that are kept for it.
create table aside_messages (
  workspace_id uuid not null,
  id uuid not null,
  aside_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  author_id uuid,
  author_name text not null,
  author_address text,
  recipients jsonb not null default '[]',
  text text not null,
  quoted text not null,
  file_ids uuid[] not null default '{}',
  message_id text,
  ledger_id uuid,
  verdict text,
  automatic boolean not null default false,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, aside_id) references asides (workspace_id, id) on delete cascade
);
create index aside_messages_aside on aside_messages (workspace_id, aside_id, created_at, id);
call rapport_protect('aside_messages');

alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check
  check (purpose in ('reply', 'forward', 'acknowledgement', 'invitation', 'reset', 'notice', 'archive', 'bulk', 'customer_sign_in', 'aside'));
