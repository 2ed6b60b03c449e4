-- Drafts of replies that somebody shares with a team, or with everybody who may answer the ticket. Drafts that are shared with nobody stay in `drafts`.
-- `path`: merges of tickets that they came along, the latest last. `writers`: whose words stand in them, [{id, name}], who began first.
create table shared_drafts (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}',
  audience text not null check (audience in ('team', 'ticket')),
  -- Without its team, a draft for a team is for nobody but who began it.
  team_id uuid,
  author_id uuid not null,
  writers jsonb not null,
  body jsonb not null,
  version bigint not null default 1,
  edited_by uuid not null,
  edited_at timestamptz not null,
  -- When others were last told that it is another.
  told_at timestamptz not null,
  shared_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  outcome text check (outcome in ('sent', 'held', 'discarded')),
  entry_id uuid,
  primary key (workspace_id, id),
  check ((ended_at is null) = (outcome is null)),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete set null (team_id)
);
create index shared_drafts_ticket on shared_drafts (workspace_id, ticket_id, shared_at);
create index shared_drafts_team on shared_drafts (workspace_id, team_id) where team_id is not null;
create index shared_drafts_entry on shared_drafts (workspace_id, entry_id) where entry_id is not null;
call rapport_protect('shared_drafts');

-- Whose words they are, where others than the author wrote them as well: [{id, name}].
alter table entries add column written_by jsonb;
