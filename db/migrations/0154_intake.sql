-- What is asked first, for each kind of ticket; one definition for forms, chats and agents.
create table intakes (
  workspace_id uuid not null references workspaces (id),
  kind text not null check (kind in ('question', 'information_request', 'service_request', 'claim', 'complaint', 'suggestion', 'praise')),
  active boolean not null default true,
  questions jsonb not null,
  updated_at timestamptz not null,
  primary key (workspace_id, kind)
);
call rapport_protect('intakes');
