-- Mails that let a customer in to their own requests are as secret as those that let in our own people.
alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check check (purpose in ('reply', 'forward', 'acknowledgement', 'invitation', 'reset', 'notice', 'archive', 'bulk', 'customer_sign_in')) not valid;
alter table outbox validate constraint outbox_purpose_check;

-- How customers see their own requests; what is absent is as usual.
create table request_settings (
  workspace_id uuid not null references workspaces (id),
  -- Of those who answer: the whole name, the first name, or the company's alone.
  staff_names text not null default 'first' check (staff_names in ('full', 'first', 'none')),
  -- Whether somebody who has not signed in may write.
  strangers boolean not null default true,
  primary key (workspace_id)
);
call rapport_protect('request_settings');

-- A way in that was sent to a mailbox: a link, and a code to type. Machine time.
create table request_sign_ins (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  code_hash bytea not null,
  link_hash bytea not null,
  -- Codes that were tried.
  tries bigint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id)
);
create unique index request_sign_ins_link on request_sign_ins (workspace_id, link_hash);
create index request_sign_ins_expiry on request_sign_ins (expires_at);
call rapport_protect('request_sign_ins');

-- Customers who are signed in. What they see follows the address, whoever has it now. Machine time.
create table request_sessions (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  address_key text not null,
  token_hash bytea not null,
  -- By a mail to the address, or by the word of the company's own server.
  proof text not null check (proof in ('mail', 'company')),
  user_agent text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id)
);
create unique index request_sessions_token on request_sessions (workspace_id, token_hash);
create index request_sessions_address on request_sessions (workspace_id, address_key, created_at desc, id desc) where ended_at is null;
create index request_sessions_expiry on request_sessions (expires_at);
call rapport_protect('request_sessions');

-- What was written in somebody's name, until its mailbox says whose it is. Machine time.
create table request_confirmations (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  token_hash bytea not null,
  -- The message that is there already, and unproven.
  ticket_id uuid,
  entry_id uuid,
  -- Or what is to be filed once it is proven.
  waiting jsonb check (jsonb_typeof(waiting) = 'object'),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id) on delete cascade,
  check ((entry_id is null) <> (waiting is null) or used_at is not null)
);
create unique index request_confirmations_token on request_confirmations (workspace_id, token_hash);
create index request_confirmations_entry on request_confirmations (workspace_id, entry_id) where entry_id is not null;
create index request_confirmations_expiry on request_confirmations (expires_at);
call rapport_protect('request_confirmations');
