-- What people say two tickets are to each other; read from `from_id`: it is a duplicate, a child, an incident of the other, was split from it, or has to do with it.
create table ticket_relations (
  workspace_id uuid not null,
  from_id uuid not null,
  to_id uuid not null check (to_id <> from_id),
  kind text not null check (kind in ('related', 'duplicate_of', 'child_of', 'incident_of', 'split_from')),
  related_by uuid not null,
  related_at timestamptz not null,
  primary key (workspace_id, from_id, to_id),
  foreign key (workspace_id, from_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, to_id) references tickets (workspace_id, id) on delete cascade
);
create index ticket_relations_to on ticket_relations (workspace_id, to_id, kind, related_at, from_id);
call rapport_protect('ticket_relations');

-- Entries of one ticket that became another one, for the way back.
create table ticket_splits (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  entry_ids uuid[] not null,
  split_by uuid not null,
  split_at timestamptz not null,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, target_id) references tickets (workspace_id, id) on delete cascade
);
create index ticket_splits_source on ticket_splits (workspace_id, source_id);
create index ticket_splits_target on ticket_splits (workspace_id, target_id);
call rapport_protect('ticket_splits');
