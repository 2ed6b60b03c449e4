-- Which answers a second person has to see before they leave. Any of them that holds is enough.
create table approval_policies (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  enabled boolean not null,
  -- Null: every ticket.
  conditions jsonb,
  -- Whose answers: roles, and rule.
  writers text[] not null check (cardinality(writers) > 0),
  -- On which ways: email (forwards too), chat.
  channels text[] not null check (cardinality(channels) > 0),
  -- {by: leads} | {by: people, ids} | {by: team, id}
  reviewers jsonb not null check (jsonb_typeof(reviewers) = 'object'),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index approval_policies_order on approval_policies (workspace_id, created_at, id);
call rapport_protect('approval_policies');

-- Rules that asked for it on one ticket, until somebody who may approve lifts it.
create table approval_demands (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  ticket_id uuid not null,
  rule_id uuid,
  name text not null,
  reviewers jsonb not null,
  set_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  merges uuid[] not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index approval_demands_ticket on approval_demands (workspace_id, ticket_id, set_at);
call rapport_protect('approval_demands');

-- An answer that waits for a second person, or did.
create table approvals (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  ticket_id uuid not null,
  kind text not null check (kind in ('reply', 'chat', 'forward')),
  state text not null check (state in ('waiting', 'returned', 'approved', 'withdrawn')),
  -- Null: a rule.
  writer_id uuid,
  writer_name text not null,
  -- What asked for it: the name of a policy or a rule.
  reason text not null,
  reviewers jsonb not null,
  -- {to, cc, sendAt, status, entryId}
  details jsonb not null,
  -- What left in the end.
  entry_id uuid,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  -- Counts the steps: what is approved is what was read.
  version bigint not null,
  merges uuid[] not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index approvals_ticket on approvals (workspace_id, ticket_id, asked_at, id);
create index approvals_waiting on approvals (workspace_id, asked_at, id) where state = 'waiting';
create index approvals_writer on approvals (workspace_id, writer_id, asked_at, id) where state in ('waiting', 'returned');
call rapport_protect('approvals');

-- Every version of the words, and every word about them.
create table approval_steps (
  workspace_id uuid not null,
  approval_id uuid not null,
  number bigint not null,
  what text not null check (what in ('asked', 'edited', 'returned', 'approved', 'withdrawn')),
  -- Null: a rule.
  person_id uuid,
  person_name text not null,
  remark text not null default '' check (length(remark) <= 2000),
  text text not null,
  html text,
  attachment_ids uuid[] not null default '{}',
  at timestamptz not null,
  primary key (workspace_id, approval_id, number),
  foreign key (workspace_id, approval_id) references approvals (workspace_id, id) on delete cascade
);
call rapport_protect('approval_steps');
