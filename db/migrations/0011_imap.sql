-- Where the mail of a mailbox is fetched from by IMAP. A mailbox has one source at most.
create table mail_sources (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  mailbox_id uuid not null,
  host text not null check (length(host) between 1 and 255),
  port bigint not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null check (length(username) between 1 and 320),
  -- Sealed by the vault, bound to this row.
  password text not null,
  -- What happens on the server to a message that is ours.
  afterwards text not null default 'seen' check (afterwards in ('leave', 'seen', 'move')),
  move_to text not null default '' check (length(move_to) <= 500),
  -- The name under which this server signs `Authentication-Results`; empty: nobody's are believed.
  authserv_id text not null default '' check (length(authserv_id) <= 255),
  -- Messages that lay there before this moment are left alone; null: all are taken.
  taken_since timestamptz,
  -- Every change of the settings; who runs the source begins anew.
  version bigint not null default 1,
  last_ok_at timestamptz,
  -- What went wrong last; null while it works.
  error_code text,
  error_words text,
  -- When it was told that it fails; told once until it works again.
  announced_at timestamptz,
  -- One process at a time; a lease that is over is free to take.
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
create unique index mail_sources_mailbox on mail_sources (workspace_id, mailbox_id);
call rapport_protect('mail_sources');

-- How far each folder has been read. Written in the transaction that makes the messages ours.
create table mail_folders (
  workspace_id uuid not null,
  source_id uuid not null,
  name text not null check (length(name) between 1 and 500),
  -- Null until it was opened for the first time; when the server's changes, every UID means something else.
  uid_validity bigint,
  last_uid bigint not null default 0,
  -- UIDs below it lay there when the folder was first opened, or its UIDs changed: their age says whether they are taken.
  first_uid bigint not null default 1,
  -- When the server's UIDs were last compared with ours.
  compared_at timestamptz,
  primary key (workspace_id, source_id, name),
  foreign key (workspace_id, source_id) references mail_sources (workspace_id, id) on delete cascade
);
call rapport_protect('mail_folders');

-- What became of each UID of a folder, while the message is there.
create table mail_uids (
  workspace_id uuid not null,
  source_id uuid not null,
  folder text not null,
  uid_validity bigint not null,
  uid bigint not null,
  -- stored: in the ledger; skipped: older than the source; trying: could not be taken yet; aside: given up, in the ledger as quarantined.
  state text not null check (state in ('stored', 'skipped', 'trying', 'aside')),
  ledger_id uuid,
  attempts bigint not null default 0,
  -- When it was marked or moved on the server.
  settled_at timestamptz,
  primary key (workspace_id, source_id, folder, uid_validity, uid),
  foreign key (workspace_id, source_id, folder) references mail_folders (workspace_id, source_id, name) on delete cascade
);
create index mail_uids_unsettled on mail_uids (workspace_id, source_id, folder, uid_validity, uid) where state = 'stored' and settled_at is null;
call rapport_protect('mail_uids');

-- Who handed a message over to our SMTP listener, for asking the sender's domain whether it knows them.
alter table inbound_messages add column client_address text;
alter table inbound_messages add column client_name text;
-- {verdict, domain, spf, dkim, dmarc, arc, by}: whether the sender's domain vouches for the message.
alter table inbound_messages add column authentication jsonb;
-- Message-ID, date, sender and body in one: the same message by another way, whatever lines were added on it.
alter table inbound_messages add column fingerprint text;
create unique index inbound_messages_fingerprint on inbound_messages (workspace_id, mailbox_id, fingerprint) where fingerprint is not null;

alter table entries add column authentication jsonb;
