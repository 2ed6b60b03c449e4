-- Somebody here asks somebody here about a ticket, between the two of them. `path`: merges of tickets that it came along, the latest last.
create table asks (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}',
  asked_by uuid not null,
  asked_id uuid not null check (asked_id <> asked_by),
  created_at timestamptz not null,
  last_at timestamptz not null,
  -- Since when there is an answer; null while one is waited for.
  answered_at timestamptz,
  closed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, asked_by) references people (workspace_id, id),
  foreign key (workspace_id, asked_id) references people (workspace_id, id)
);
create index asks_ticket on asks (workspace_id, ticket_id, last_at desc, id);
create index asks_asked on asks (workspace_id, asked_id, last_at desc, id) where closed_at is null;
create index asks_by on asks (workspace_id, asked_by, last_at desc, id) where closed_at is null;
call rapport_protect('asks');

create table ask_words (
  workspace_id uuid not null,
  id uuid not null,
  ask_id uuid not null,
  author_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ask_id) references asks (workspace_id, id) on delete cascade,
  foreign key (workspace_id, author_id) references people (workspace_id, id)
);
create index ask_words_ask on ask_words (workspace_id, ask_id, at, id);
call rapport_protect('ask_words');
