-- When work is done. A calendar is read and changed as a whole, so what it holds stands in one row.
create table calendars (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Of the IANA list. Every time of day below is a reading of the clock on the wall there.
  time_zone text not null check (length(time_zone) between 1 and 60),
  -- {mon: [{from, to}], …}; days that are left out are closed.
  week jsonb not null check (jsonb_typeof(week) = 'object'),
  -- [{date, name, hours?}]: closed, or open at hours of its own.
  holidays jsonb not null default '[]' check (jsonb_typeof(holidays) = 'array'),
  -- [{from, to, reason}]: closed whatever else is said.
  closures jsonb not null default '[]' check (jsonb_typeof(closures) = 'array'),
  is_default boolean not null default false,
  -- Counts the changes.
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index calendars_name on calendars (workspace_id, lower(name));
create unique index calendars_default on calendars (workspace_id) where is_default;
call rapport_protect('calendars');
