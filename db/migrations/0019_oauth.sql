-- How a workspace is registered at the sign-in services of mail providers.
create table oauth_clients (
  workspace_id uuid not null references workspaces (id),
  provider text not null check (provider in ('google', 'microsoft', 'other')),
  client_id text not null check (length(client_id) between 1 and 500),
  -- Sealed by the vault, bound to this row.
  client_secret text not null,
  -- Microsoft's: whose accounts may sign in.
  tenant text not null default '' check (length(tenant) <= 200),
  -- Of `other` alone; those of the known ones are in the program.
  authorize_url text not null default '' check (length(authorize_url) <= 1000),
  token_url text not null default '' check (length(token_url) <= 1000),
  scope text not null default '' check (length(scope) <= 1000),
  -- The one mail server that tokens are shown to.
  mail_host text not null default '' check (length(mail_host) <= 255),
  created_at timestamptz not null,
  primary key (workspace_id, provider)
);
call rapport_protect('oauth_clients');

-- Sign-ins that were begun. What comes back is believed once, from the session that began it, and soon.
create table oauth_sign_ins (
  workspace_id uuid not null,
  state_hash bytea not null,
  session_id uuid not null,
  mailbox_id uuid not null,
  provider text not null,
  username text not null check (length(username) between 1 and 320),
  -- Sealed: proves that whoever takes the code to the provider is who asked for it.
  verifier text not null,
  expires_at timestamptz not null,
  primary key (workspace_id, state_hash),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, provider) references oauth_clients (workspace_id, provider) on delete cascade
);
create index oauth_sign_ins_mailbox on oauth_sign_ins (workspace_id, mailbox_id);
create index oauth_sign_ins_provider on oauth_sign_ins (workspace_id, provider);
create index oauth_sign_ins_over on oauth_sign_ins (workspace_id, expires_at);
call rapport_protect('oauth_sign_ins');

-- What a provider gave for the account of a mailbox.
create table oauth_grants (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  provider text not null,
  username text not null check (length(username) between 1 and 320),
  -- Both sealed, bound to this row.
  refresh_token text not null,
  access_token text not null,
  access_until timestamptz not null,
  -- When the provider said that this sign-in is over: somebody has to sign in again.
  refused_at timestamptz,
  -- One process at a time asks for new tokens: a second answer may make the first one void.
  refreshing_until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, provider) references oauth_clients (workspace_id, provider) on delete cascade
);
create index oauth_grants_provider on oauth_grants (workspace_id, provider);
call rapport_protect('oauth_grants');

-- By password, or by the sign-in of that provider.
alter table mail_sources add column auth text not null default 'password' check (auth in ('password', 'google', 'microsoft', 'other'));
