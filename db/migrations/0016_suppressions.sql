-- Addresses that mail is no longer sent to, because it came back or somebody called it spam, until a person lifts it.
create table mail_suppressions (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  address_key text not null,
  reason text not null check (reason in ('unknown_address', 'unknown_host', 'disabled', 'complaint', 'often_failing')),
  -- What the other side said.
  words text not null default '',
  -- The message that said so.
  ledger_id uuid,
  since timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, lifted_by) references people (workspace_id, id)
);
create unique index mail_suppressions_address on mail_suppressions (workspace_id, address_key) where lifted_at is null;
create index mail_suppressions_order on mail_suppressions (workspace_id, since desc, id desc) where lifted_at is null;
create index mail_suppressions_lifted_by on mail_suppressions (workspace_id, lifted_by) where lifted_by is not null;
call rapport_protect('mail_suppressions');

-- Failures that may pass by themselves (a full mailbox, a server that is down), one row a day and address.
create table mail_soft_failures (
  workspace_id uuid not null references workspaces (id),
  address_key text not null,
  day date not null,
  count bigint not null,
  primary key (workspace_id, address_key, day)
);
call rapport_protect('mail_soft_failures');

-- What a delivery report says: {kind, recipients: [{address, status, hard, reason, words}]}.
alter table inbound_messages add column report jsonb;
