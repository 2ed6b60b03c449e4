-- One person did the same to many tickets.
create table bulk_runs (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  person_id uuid not null,
  -- Null: whatever their role allows; else what the token was for.
  scopes text[],
  actions jsonb not null check (jsonb_typeof(actions) = 'array'),
  total bigint not null check (total > 0),
  begun_at timestamptz not null,
  stopped_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index bulk_runs_person on bulk_runs (workspace_id, person_id, begun_at, id);
create index bulk_runs_age on bulk_runs (workspace_id, begun_at);
call rapport_protect('bulk_runs');

-- What became of each of them.
create table bulk_items (
  workspace_id uuid not null,
  run_id uuid not null,
  ticket_id uuid not null,
  place bigint not null,
  state text not null check (state in ('waiting', 'done', 'unchanged', 'failed', 'stopped', 'undoing', 'undone', 'kept')),
  -- Since when it waits to be done, or to be taken back; null when nothing is to be done with it.
  queued_at timestamptz,
  -- Why it failed, or was not taken back.
  code text,
  detail text,
  -- What of it was different before and after, and what it wrote: {before, after, snoozedAt, entryId, approvalId}.
  undo jsonb,
  primary key (workspace_id, run_id, ticket_id),
  foreign key (workspace_id, run_id) references bulk_runs (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index bulk_items_queue on bulk_items (queued_at, run_id, place) where queued_at is not null;
create index bulk_items_state on bulk_items (workspace_id, run_id, state, place);
create index bulk_items_ticket on bulk_items (workspace_id, ticket_id);
call rapport_protect('bulk_items');
