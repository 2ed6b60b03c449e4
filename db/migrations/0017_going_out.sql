-- Domains that mail leaves from, and what their DNS said when it was last asked: {records: [...]}.
create table sending_domains (
  workspace_id uuid not null references workspaces (id),
  domain text not null check (length(domain) between 1 and 255),
  checked_at timestamptz,
  found jsonb,
  created_at timestamptz not null,
  primary key (workspace_id, domain)
);
call rapport_protect('sending_domains');

-- Keys that mail is signed with (DKIM). A pair of one selector each, made together: RSA, and Ed25519 beside it.
create table dkim_keys (
  workspace_id uuid not null,
  id uuid not null,
  domain text not null,
  selector text not null check (selector ~ '^[a-z0-9-]{1,63}$'),
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  -- As it stands in DNS after p=.
  public_key text not null,
  -- Sealed by the vault, bound to this row; null once nothing is signed with it any more.
  private_key text,
  created_at timestamptz not null,
  -- When the record was first found in DNS; nothing is signed before.
  seen_at timestamptz,
  -- When a newer key took over.
  retired_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, domain) references sending_domains (workspace_id, domain)
);
create unique index dkim_keys_selector on dkim_keys (workspace_id, domain, selector);
call rapport_protect('dkim_keys');

-- Mail servers that mail leaves through, beside the one of the installation.
create table mail_relays (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  host text not null check (length(host) between 1 and 255),
  port bigint not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null default '' check (length(username) <= 320),
  -- Sealed by the vault, bound to this row; null without a user.
  password text,
  -- Addresses and domains of ours whose mail it carries; empty: all that no other relay carries.
  senders text[] not null default '{}',
  -- When it cannot be reached, mail leaves by the relay of the installation instead.
  fails_over boolean not null default false,
  -- Every change of the settings; connections of before are not used again.
  version bigint not null default 1,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index mail_relays_order on mail_relays (workspace_id, created_at, id);
call rapport_protect('mail_relays');

-- Where answers to our mail go instead of the mailbox itself, and who gets a copy of everything that leaves; empty: nobody.
alter table mailboxes add column reply_to text not null default '' check (length(reply_to) <= 320);
alter table mailboxes add column archive text not null default '' check (length(archive) <= 320);

-- `archive`: the copy of a mail that left; `bulk`: what many get and each may refuse.
alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check check (purpose in ('reply', 'forward', 'acknowledgement', 'invitation', 'reset', 'notice', 'archive', 'bulk'));

-- Who does not want a kind of bulk mail any more.
create table mail_unsubscriptions (
  workspace_id uuid not null references workspaces (id),
  list text not null check (length(list) between 1 and 100),
  address_key text not null check (length(address_key) between 3 and 320),
  at timestamptz not null,
  primary key (workspace_id, list, address_key)
);
call rapport_protect('mail_unsubscriptions');
