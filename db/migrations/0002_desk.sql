-- Customers --------------------------------------------------------------------------------------------------------

create table customers (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null default '' check (length(name) <= 300),
  language text check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  -- The identity that stands for the customer in lists; derived when identities change.
  email text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index customers_recent on customers (workspace_id, updated_at desc, id desc);
call rapport_protect('customers');

create table identities (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  value text not null check (length(value) between 1 and 320),
  -- Normalised for comparison: a lower-case address, an E.164 number.
  value_key text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, value_key),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id)
);
create index identities_customer on identities (workspace_id, customer_id);
call rapport_protect('identities');

create table customer_notes (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  author_id uuid not null,
  text text not null check (length(text) between 1 and 20000),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id),
  foreign key (workspace_id, author_id) references people (workspace_id, id)
);
create index customer_notes_customer on customer_notes (workspace_id, customer_id, created_at desc);
create index customer_notes_author on customer_notes (workspace_id, author_id);
call rapport_protect('customer_notes');

-- Mailboxes (owned by the email room; tickets name the one they came through) -------------------------------------

create table mailboxes (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  address text not null,
  -- Lower case; one installation receives each address once, whatever the workspace.
  address_key text not null unique,
  name text not null default '',
  team_id uuid,
  signature text not null default '' check (length(signature) <= 10000),
  acknowledge boolean not null default false,
  -- By language: {"en": {"subject": …, "text": …}}; a missing language falls back to the ready-made words.
  acknowledgement jsonb not null default '{}',
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create index mailboxes_team on mailboxes (workspace_id, team_id);
call rapport_protect('mailboxes');

-- Tickets ----------------------------------------------------------------------------------------------------------

create table tickets (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  number bigint not null,
  subject text not null default '' check (length(subject) <= 1000),
  status text not null check (status in ('new', 'open', 'waiting_customer', 'waiting_third_party', 'scheduled', 'resolved', 'closed')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  kind text not null default 'question' check (kind in ('question', 'information_request', 'service_request', 'claim', 'complaint', 'suggestion', 'praise')),
  channel text not null check (channel in ('email', 'phone', 'desk', 'chat', 'letter', 'web')),
  customer_id uuid not null,
  assignee_id uuid,
  team_id uuid,
  mailbox_id uuid,
  language text check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  -- A person corrected the language: detection leaves it alone.
  language_fixed boolean not null default false,
  tags text[] not null default '{}',
  -- The last words, for the list.
  snippet text not null default '',
  -- The oldest customer message that nobody has answered; null when all are answered.
  waiting_since timestamptz,
  -- The last message of either side; notes and rules do not move it.
  last_message_at timestamptz not null,
  -- Order of the usual list, ascending: first those who wait, the longest waiting first, then the rest, newest first.
  queue_order bigint not null,
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  closed_at timestamptz,
  deleted_at timestamptz,
  deleted_by uuid,
  merged_into uuid,
  phase text not null generated always as (
    case when merged_into is not null then 'merged' when deleted_at is not null then 'deleted'
      when status in ('resolved', 'closed') then 'done' else 'active' end) stored,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id),
  foreign key (workspace_id, assignee_id) references people (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, merged_into) references tickets (workspace_id, id)
);
create index tickets_queue on tickets (workspace_id, phase, queue_order, id);
create index tickets_status on tickets (workspace_id, status, phase, queue_order, id);
create index tickets_assignee on tickets (workspace_id, assignee_id, phase, queue_order, id);
create index tickets_unassigned on tickets (workspace_id, phase, queue_order, id) where assignee_id is null;
create index tickets_team on tickets (workspace_id, team_id, phase, queue_order, id);
create index tickets_customer on tickets (workspace_id, customer_id, created_at desc);
create index tickets_recent on tickets (workspace_id, updated_at desc, id desc);
create index tickets_created on tickets (workspace_id, created_at desc, id desc);
create index tickets_mailbox on tickets (workspace_id, mailbox_id) where mailbox_id is not null;
create index tickets_merged on tickets (workspace_id, merged_into) where merged_into is not null;
call rapport_protect('tickets');

create table ticket_tags (
  workspace_id uuid not null,
  tag text not null,
  ticket_id uuid not null,
  primary key (workspace_id, tag, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index ticket_tags_ticket on ticket_tags (workspace_id, ticket_id);
call rapport_protect('ticket_tags');

-- Who takes part by mail besides the requester: they get copies of public messages, never the history.
create table participants (
  workspace_id uuid not null,
  ticket_id uuid not null,
  address_key text not null,
  address text not null,
  name text not null default '',
  added_at timestamptz not null,
  primary key (workspace_id, ticket_id, address_key),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
call rapport_protect('participants');

create table entries (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  type text not null check (type in ('message', 'note', 'call', 'visit', 'letter')),
  channel text not null check (channel in ('email', 'phone', 'desk', 'chat', 'letter', 'web')),
  direction text not null check (direction in ('in', 'out', 'internal')),
  author_kind text not null check (author_kind in ('customer', 'person', 'system')),
  author_id uuid,
  author_name text not null default '',
  author_address text,
  subject text not null default '',
  text text not null default '',
  quoted text not null default '',
  -- {"to": [{"name","address"}], "cc": […]} of a mail; null elsewhere.
  recipients jsonb,
  message_id text,
  -- The ledger row that an incoming mail came from.
  ledger_id uuid,
  has_html boolean not null default false,
  -- Why this entry needs a second look, e.g. "unparsable"; shown with the entry.
  notice text,
  created_at timestamptz not null,
  -- An agent took back a reply within the undo window, or deleted a note.
  withdrawn_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);
create index entries_ticket on entries (workspace_id, ticket_id, created_at, id);
create index entries_message on entries (workspace_id, message_id) where message_id is not null;
call rapport_protect('entries');

-- The HTML as it came (or as the composer made it), sanitised each time it is shown.
create table entry_html (
  workspace_id uuid not null,
  entry_id uuid not null,
  html text not null,
  primary key (workspace_id, entry_id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id) on delete cascade
);
call rapport_protect('entry_html');

create table attachments (
  workspace_id uuid not null,
  id uuid not null,
  -- Null while it only hangs on a draft.
  entry_id uuid,
  uploaded_by uuid,
  name text not null check (length(name) between 1 and 255),
  content_type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null,
  content_id text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id) on delete cascade,
  foreign key (workspace_id, sha256) references blobs (workspace_id, sha256)
);
create index attachments_entry on attachments (workspace_id, entry_id) where entry_id is not null;
create index attachments_blob on attachments (workspace_id, sha256);
create index attachments_loose on attachments (created_at) where entry_id is null;
call rapport_protect('attachments');

create table ticket_reads (
  workspace_id uuid not null,
  person_id uuid not null,
  ticket_id uuid not null,
  read_at timestamptz not null,
  primary key (workspace_id, person_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index ticket_reads_ticket on ticket_reads (workspace_id, ticket_id);
call rapport_protect('ticket_reads');

create table ticket_merges (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  -- What is needed to take the source apart again: its entries' ids and its former state.
  undo jsonb not null,
  merged_by uuid not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references tickets (workspace_id, id),
  foreign key (workspace_id, target_id) references tickets (workspace_id, id)
);
create index ticket_merges_source on ticket_merges (workspace_id, source_id);
create index ticket_merges_target on ticket_merges (workspace_id, target_id);
call rapport_protect('ticket_merges');

-- What a person is writing, saved while typing. One per person, ticket and kind; ticket null: a new ticket.
create table drafts (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  ticket_id uuid,
  kind text not null check (kind in ('reply', 'note', 'forward', 'new')),
  body jsonb not null,
  version bigint not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create unique index drafts_one on drafts (workspace_id, person_id, kind, coalesce(ticket_id, '00000000-0000-0000-0000-000000000000'));
create index drafts_ticket on drafts (workspace_id, ticket_id) where ticket_id is not null;
call rapport_protect('drafts');

-- Mail -------------------------------------------------------------------------------------------------------------

-- The ledger: one row for every message that we said 250 to. It is the queue of the intake as well.
create table inbound_messages (
  workspace_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  door text not null check (door in ('smtp', 'imap', 'http')),
  sha256 text not null,
  size bigint not null,
  message_id text,
  envelope_from text not null default '',
  envelope_to text[] not null default '{}',
  from_address text,
  to_addresses text[] not null default '{}',
  state text not null check (state in ('received', 'filed', 'duplicate', 'quarantined', 'bounce', 'autoreply')),
  reason text,
  ticket_id uuid,
  entry_id uuid,
  attempts bigint not null default 0,
  next_attempt_at timestamptz,
  received_at timestamptz not null,
  done_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, sha256) references blobs (workspace_id, sha256),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);
create index inbound_messages_recent on inbound_messages (workspace_id, received_at desc, id desc);
create index inbound_messages_open on inbound_messages (next_attempt_at) where state = 'received';
create index inbound_messages_content on inbound_messages (workspace_id, mailbox_id, sha256);
create index inbound_messages_blob on inbound_messages (workspace_id, sha256);
create index inbound_messages_ticket on inbound_messages (workspace_id, ticket_id) where ticket_id is not null;
call rapport_protect('inbound_messages');

-- Everything that leaves by mail, written in the transaction that causes it.
create table outbox (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  purpose text not null check (purpose in ('reply', 'forward', 'acknowledgement', 'invitation', 'reset', 'notice')),
  -- The timeline entry that this mail delivers, if any.
  entry_id uuid,
  ticket_id uuid,
  message_id text not null,
  envelope_from text not null,
  envelope_to text[] not null,
  -- What is composed into MIME at sending: {from, to, cc, replyTo, subject, text, html, inReplyTo, references, headers, language}.
  content jsonb not null,
  -- [{sha256, name, contentType, contentId}]
  attachments jsonb not null default '[]',
  state text not null check (state in ('queued', 'sending', 'accepted', 'failed', 'withdrawn')),
  not_before timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts bigint not null default 0,
  lease_until timestamptz,
  response text,
  created_at timestamptz not null,
  accepted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index outbox_message on outbox (workspace_id, message_id);
create index outbox_due on outbox (next_attempt_at) where state in ('queued', 'sending');
create index outbox_recent on outbox (workspace_id, created_at desc, id desc);
create index outbox_entry on outbox (workspace_id, entry_id) where entry_id is not null;
call rapport_protect('outbox');

create function mailbox_lookup(address_key_ text)
returns table (workspace_id uuid, mailbox_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.workspace_id, m.id from mailboxes m where m.address_key = address_key_ and m.disabled_at is null
$$;
revoke execute on function mailbox_lookup(text) from public;
grant execute on function mailbox_lookup(text) to rapport_app;

-- Saved replies ----------------------------------------------------------------------------------------------------

create table saved_replies (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  team_id uuid,
  name text not null check (length(name) between 1 and 200),
  -- {"en": "<p>…</p>", "bg": …}: HTML with logic-less placeholders such as {{customer.name}}.
  variants jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create index saved_replies_team on saved_replies (workspace_id, team_id) where team_id is not null;
call rapport_protect('saved_replies');
