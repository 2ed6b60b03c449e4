-- Whose mail is held back, and whose is never taken for spam. A domain counts with everything below it.
create table sender_rules (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  verdict text not null check (verdict in ('block', 'allow')),
  kind text not null check (kind in ('address', 'domain')),
  -- Lower case: an address, or a domain without a dot in front.
  value text not null check (length(value) between 1 and 320),
  reason text not null default '' check (length(reason) <= 500),
  created_by uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, value),
  foreign key (workspace_id, created_by) references people (workspace_id, id)
);
create index sender_rules_recent on sender_rules (workspace_id, verdict, created_at desc, id desc);
create index sender_rules_author on sender_rules (workspace_id, created_by) where created_by is not null;
call rapport_protect('sender_rules');

-- How strict a workspace is, and how much its filter has learnt. No row: the usual, and nothing.
create table spam_filters (
  workspace_id uuid primary key references workspaces (id),
  sensitivity text not null default 'normal' check (sensitivity in ('off', 'careful', 'normal', 'strict')),
  per_ten_minutes bigint not null default 60 check (per_ten_minutes between 5 and 100000),
  per_hour bigint not null default 300 check (per_hour between 5 and 1000000),
  equal_texts bigint not null default 30 check (equal_texts between 5 and 100000),
  -- Lessons that are in the words now.
  spam_lessons bigint not null default 0,
  ham_lessons bigint not null default 0
);
call rapport_protect('spam_filters');

-- In how many of the learnt messages a word was. A word that is in none has no row.
create table spam_words (
  workspace_id uuid not null references workspaces (id),
  word text not null check (length(word) between 1 and 64),
  spam bigint not null default 0 check (spam >= 0),
  ham bigint not null default 0 check (ham >= 0),
  primary key (workspace_id, word)
);
call rapport_protect('spam_words');

-- What people decided about a message, and what of it has been learnt. The two differ until somebody comes by.
create table spam_lessons (
  workspace_id uuid not null references workspaces (id),
  ledger_id uuid not null,
  -- Null: the decision was taken back.
  wanted text check (wanted in ('spam', 'ham')),
  learnt text check (learnt in ('spam', 'ham')),
  -- Those that were counted, so that they can be taken off again.
  words text[] not null default '{}',
  decided_at timestamptz not null,
  learnt_at timestamptz,
  attempts bigint not null default 0,
  primary key (workspace_id, ledger_id),
  foreign key (workspace_id, ledger_id) references inbound_messages (workspace_id, id) on delete cascade
);
create index spam_lessons_due on spam_lessons (decided_at) where wanted is distinct from learnt;
create index spam_lessons_learnt on spam_lessons (workspace_id, learnt, learnt_at) where learnt is not null;
call rapport_protect('spam_lessons');

-- How many messages of a busy sender, or with the same text, came in ten minutes.
create table sender_traffic (
  workspace_id uuid not null references workspaces (id),
  key text not null check (length(key) between 1 and 400),
  slot timestamptz not null,
  count bigint not null,
  primary key (workspace_id, key, slot)
);
create index sender_traffic_age on sender_traffic (slot);
call rapport_protect('sender_traffic');

-- Spam is a way of being deleted: out of every view but its own, and back with one click.
alter table tickets add column spam_at timestamptz;
create index tickets_spam on tickets (workspace_id, updated_at desc, id desc) where spam_at is not null;
create index tickets_thrown_away on tickets (workspace_id, updated_at desc, id desc) where phase = 'deleted' and spam_at is null;
