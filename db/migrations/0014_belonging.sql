-- A mail that came to several of our mailboxes is one message: one ticket, the other rows are its duplicates.
drop index inbound_messages_fingerprint;
create unique index inbound_messages_fingerprint on inbound_messages (workspace_id, fingerprint) where fingerprint is not null;

-- How long after it was resolved a ticket is opened again by an answer; later ones begin a linked ticket.
alter table teams add column reopen_days bigint not null default 4 check (reopen_days between 0 and 365);

-- Whether answers go to an address with a token (`support+token@`), for providers that change Message-IDs.
alter table mailboxes add column token_in_address boolean not null default false;

-- A ticket that points at an earlier one without having joined it, and what a person decided about that.
create table ticket_links (
  workspace_id uuid not null,
  ticket_id uuid not null,
  to_id uuid not null,
  -- stranger: answers it, from an address that takes no part; unproven: answers it, from a sender whose domain disowns the
  -- mail; possibly_belongs_to: refers to it without proof; follows: answers it after it was over.
  reason text not null check (reason in ('stranger', 'unproven', 'possibly_belongs_to', 'follows')),
  address text not null default '' check (length(address) <= 320),
  created_at timestamptz not null,
  -- Null while nobody has decided. `joined` is taken back when the merge is undone.
  outcome text check (outcome in ('joined', 'apart')),
  merge_id uuid,
  settled_at timestamptz,
  settled_by uuid,
  primary key (workspace_id, ticket_id, to_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, to_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, settled_by) references people (workspace_id, id)
);
-- From the earlier ticket's side; newest first.
create index ticket_links_to on ticket_links (workspace_id, to_id, created_at desc);
create index ticket_links_by on ticket_links (workspace_id, settled_by) where settled_by is not null;
create index ticket_links_merge on ticket_links (workspace_id, merge_id) where merge_id is not null;
call rapport_protect('ticket_links');
