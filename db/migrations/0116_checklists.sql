-- What is to be done on tickets of a kind, in order.
create table checklist_templates (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  -- Null: for everybody.
  team_id uuid,
  name text not null check (length(name) between 1 and 200),
  -- The texts of the items.
  items text[] not null check (cardinality(items) between 1 and 50),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create index checklist_templates_name on checklist_templates (workspace_id, name, id);
create index checklist_templates_team on checklist_templates (workspace_id, team_id) where team_id is not null;
call rapport_protect('checklist_templates');

create table checklists (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  ticket_id uuid not null,
  -- What it began as, which may be gone.
  template_id uuid,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null,
  -- Null: a rule.
  created_by uuid,
  -- When its last item was done; null while something is left.
  finished_at timestamptz,
  -- Merges that brought it where it is, the last one last.
  merges uuid[] not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index checklists_ticket on checklists (workspace_id, ticket_id, created_at, id);
call rapport_protect('checklists');

create table checklist_items (
  workspace_id uuid not null,
  id uuid not null,
  checklist_id uuid not null,
  place bigint not null,
  text text not null check (length(text) between 1 and 500),
  done_at timestamptz,
  done_by uuid,
  -- Who is to do it, and by when.
  owner_id uuid,
  due_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, checklist_id) references checklists (workspace_id, id) on delete cascade,
  constraint checklist_items_owner_person_id foreign key (workspace_id, owner_id) references people (workspace_id, id)
);
create index checklist_items_list on checklist_items (workspace_id, checklist_id, place);
call rapport_protect('checklist_items');
