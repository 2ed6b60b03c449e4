-- Moving in: files that records come from, and what became of each of their rows.
create table imports (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  kind text not null check (kind in ('customers', 'companies', 'mail')),
  state text not null check (state in ('ready', 'checking', 'checked', 'running', 'done', 'stopped', 'undoing', 'undone', 'failed')),
  file_name text not null check (length(file_name) <= 300),
  sha256 text not null,
  size bigint not null,
  -- How the file is read: encoding, separator, which column is what; of mail, the mailbox.
  options jsonb not null,
  -- How far, in characters of a table or bytes of mail, and in rows.
  place bigint not null default 0,
  length bigint not null default 0,
  rows bigint not null default 0,
  created bigint not null default 0,
  updated bigint not null default 0,
  same bigint not null default 0,
  failed bigint not null default 0,
  undone bigint not null default 0,
  kept bigint not null default 0,
  error text,
  created_by uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id)
);
create index imports_latest on imports (workspace_id, created_at desc, id desc);
create index imports_working on imports (created_at) where state in ('checking', 'running', 'undoing');
create index imports_files on imports (workspace_id, sha256);
call rapport_protect('imports');
call rapport_watch('imports', 'import', '{kind,state}', '{file_name,sha256,size,options,place,length,rows,created,updated,same,failed,undone,kept,error,created_by,ended_at}', only_ => '{state}');

create table import_rows (
  workspace_id uuid not null,
  import_id uuid not null,
  -- As people count the lines of a table: the first after the heads is 1.
  number bigint not null,
  outcome text not null check (outcome in ('created', 'updated', 'same', 'failed')),
  -- Of a failed one, why: {column, code, detail}.
  reason jsonb,
  subject_id uuid,
  -- What it was before, and has become: what undoing goes by.
  change jsonb,
  settled text check (settled in ('undone', 'kept')),
  primary key (workspace_id, import_id, number),
  foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
create index import_rows_failed on import_rows (workspace_id, import_id, number) where outcome = 'failed';
create index import_rows_to_undo on import_rows (workspace_id, import_id, number desc) where outcome in ('created', 'updated') and settled is null;
call rapport_protect('import_rows');

-- By which name another system knew a record: the same row does not come in twice.
create table import_keys (
  workspace_id uuid not null references workspaces (id),
  kind text not null check (kind in ('customers', 'companies', 'mail')),
  key text not null check (length(key) between 1 and 400),
  subject_id uuid not null,
  import_id uuid not null,
  primary key (workspace_id, kind, key)
);
create index import_keys_subject on import_keys (workspace_id, subject_id);
call rapport_protect('import_keys');
create index companies_by_name on companies (workspace_id, name_key) where removed_at is null;
