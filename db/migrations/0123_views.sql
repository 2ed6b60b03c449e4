-- Saved lists of tickets. Seen by their owner, by a team, or by everybody.
create table views (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Both null: everybody's.
  owner_id uuid,
  team_id uuid,
  check (owner_id is null or team_id is null),
  -- In the language of conditions; me and mine are whoever looks.
  conditions jsonb not null check (jsonb_typeof(conditions) = 'object'),
  shelf text not null check (shelf in ('active', 'done', 'all')),
  sort text not null check (sort in ('queue', 'due', 'updated', 'created')),
  created_by uuid not null,
  -- Counts the changes.
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references people (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade
);
create index views_name on views (workspace_id, name, id);
create index views_owner on views (workspace_id, owner_id) where owner_id is not null;
create index views_team on views (workspace_id, team_id) where team_id is not null;
call rapport_protect('views');
