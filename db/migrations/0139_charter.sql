-- What a company promises in public: which of its policies, in which words, and what it cannot do.
create table charters (
  workspace_id uuid not null references workspaces (id),
  published boolean not null,
  -- Whether last month's figures stand beside the promises.
  figures boolean not null,
  -- Language → text.
  intro jsonb not null check (jsonb_typeof(intro) = 'object'),
  limits jsonb not null check (jsonb_typeof(limits) = 'object'),
  -- In their order: policy, metrics, priority, channel, and its name by language.
  lines jsonb not null check (jsonb_typeof(lines) = 'array'),
  updated_at timestamptz not null,
  primary key (workspace_id)
);
call rapport_protect('charters');
