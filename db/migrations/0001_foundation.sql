-- Roles. `rapport_app` is what every unit of work becomes; it can log in nowhere and owns nothing.
do $$ begin create role rapport_app nologin; exception when duplicate_object then null; end $$;
grant rapport_app to current_user;
grant usage on schema public to rapport_app;

create extension if not exists pg_trgm;

/*
 * Puts a tenant's table behind row-level security, for its owner too: the application sees the rows of the workspace
 * that its transaction names and nothing without one; the owner (migrations, backup, worker) has a policy of its own.
 */
create procedure rapport_protect(tbl regclass, app_rights text default 'select, insert, update, delete', key text default 'workspace_id')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format('create policy owner_rows on %s to current_user using (true) with check (true)', tbl);
  execute format(
    'create policy workspace_rows on %s to rapport_app using (%2$I = nullif(current_setting(''rapport.workspace'', true), '''')::uuid) '
    'with check (%2$I = nullif(current_setting(''rapport.workspace'', true), '''')::uuid)', tbl, key);
  execute format('grant %s on %s to rapport_app', app_rights, tbl);
end $$;

-- Workspaces -----------------------------------------------------------------------------------------------------

create table workspaces (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  language text not null default 'en' check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  time_zone text not null default 'UTC',
  created_at timestamptz not null
);
call rapport_protect('workspaces', 'select, update', 'id');

-- One-time links for the very first owner. No workspace exists yet, so only the functions below reach them.
create table setup_links (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- People ---------------------------------------------------------------------------------------------------------

create table people (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  email text not null,
  email_key text not null,
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('owner', 'admin', 'lead', 'agent', 'colleague')),
  language text not null default 'en' check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  password_hash text,
  invited_at timestamptz,
  joined_at timestamptz,
  deactivated_at timestamptz,
  deactivated_by uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, email_key)
);
create index people_email on people (email_key);
call rapport_protect('people');

create table teams (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index teams_name on teams (workspace_id, lower(name)) where archived_at is null;
call rapport_protect('teams');

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  person_id uuid not null,
  primary key (workspace_id, team_id, person_id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index team_members_person on team_members (workspace_id, person_id);
call rapport_protect('team_members');

create table sessions (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  user_agent text not null default '',
  address text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index sessions_person on sessions (workspace_id, person_id);
create index sessions_expiry on sessions (expires_at);
call rapport_protect('sessions');

create table api_tokens (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  token_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index api_tokens_person on api_tokens (workspace_id, person_id);
call rapport_protect('api_tokens');

-- Invitations and password resets: single use, hashed, expiring.
create table one_time_links (
  workspace_id uuid not null,
  id uuid not null,
  purpose text not null check (purpose in ('invitation', 'reset')),
  person_id uuid not null,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index one_time_links_person on one_time_links (workspace_id, person_id);
call rapport_protect('one_time_links');

-- Counters of the limits that must survive a restart (sign-in, resets). Keys are hashes; only rapport_take reaches them.
create table rate_windows (
  key text primary key,
  count bigint not null,
  ends_at timestamptz not null
);
create index rate_windows_end on rate_windows (ends_at);

-- Idempotent writes ------------------------------------------------------------------------------------------------

create table idempotency_keys (
  workspace_id uuid not null references workspaces (id),
  actor_id uuid not null,
  key text not null,
  fingerprint text not null,
  status bigint,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, actor_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
call rapport_protect('idempotency_keys');

-- The event log ----------------------------------------------------------------------------------------------------

create table events (
  workspace_id uuid not null references workspaces (id),
  seq bigint not null generated always as identity,
  -- Given after commit by the sequencer, in batches ordered by seq; followers read `position > mine`.
  position bigint,
  type text not null,
  ticket_id uuid,
  subject_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'customer', 'system')),
  actor_id uuid,
  data jsonb not null default '{}',
  at timestamptz not null,
  primary key (workspace_id, seq)
);
create unique index events_position on events (position) where position is not null;
create index events_unsequenced on events (seq) where position is null;
create index events_ticket on events (workspace_id, ticket_id, seq) where ticket_id is not null;
call rapport_protect('events', 'select, insert');

create table event_sequencer (
  single boolean primary key default true check (single),
  position bigint not null default 0,
  holder text,
  lease_until timestamptz
);
insert into event_sequencer default values;

create table event_followers (
  name text primary key,
  position bigint not null,
  updated_at timestamptz not null default now()
);

-- Files: small ones live here (one commit makes them durable), large ones on disk under their hash. ------------------

create table blobs (
  workspace_id uuid not null references workspaces (id),
  sha256 text not null check (length(sha256) = 64),
  size bigint not null check (size >= 0),
  bytes bytea,
  created_at timestamptz not null default now(),
  primary key (workspace_id, sha256)
);
alter table blobs alter column bytes set storage external;
call rapport_protect('blobs', 'select, insert, delete');

-- What must look across workspaces ---------------------------------------------------------------------------------

create function auth_people(email_key_ text)
returns table (workspace_id uuid, person_id uuid, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.workspace_id, p.id, p.password_hash from people p
  where p.email_key = email_key_ and p.deactivated_at is null and p.password_hash is not null
  order by p.created_at limit 10
$$;

create function auth_session(token_hash_ bytea)
returns table (workspace_id uuid, person_id uuid, role text, team_ids uuid[], session_id uuid, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id, s.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = s.workspace_id and m.person_id = s.person_id order by 1),
    s.id, s.last_seen_at
  from sessions s join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
  where s.token_hash = token_hash_ and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
$$;

create function auth_token(token_hash_ bytea)
returns table (workspace_id uuid, person_id uuid, role text, team_ids uuid[], token_id uuid, scopes text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select t.workspace_id, t.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = t.workspace_id and m.person_id = t.person_id order by 1),
    t.id, t.scopes
  from api_tokens t join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
  where t.token_hash = token_hash_ and t.revoked_at is null and t.expires_at > now() and p.deactivated_at is null
$$;

-- Which of these credentials are no longer good: open sockets are checked with it.
create function auth_dead_credentials(ids uuid[])
returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id from unnest(ids) as c (id)
  where not exists (
    select 1 from sessions s join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.id = c.id and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null)
  and not exists (
    select 1 from api_tokens t join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
    where t.id = c.id and t.revoked_at is null and t.expires_at > now() and p.deactivated_at is null)
$$;

create function auth_link(purpose_ text, token_hash_ bytea)
returns table (workspace_id uuid, link_id uuid, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.workspace_id, l.id, l.person_id
  from one_time_links l join people p on p.workspace_id = l.workspace_id and p.id = l.person_id
  where l.token_hash = token_hash_ and l.purpose = purpose_ and l.used_at is null and l.expires_at > now()
    and p.deactivated_at is null
$$;

-- A person for whom a reset may be asked, in every workspace that knows the address.
create function auth_reset_targets(email_key_ text)
returns table (workspace_id uuid, person_id uuid, email text, name text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.workspace_id, p.id, p.email, p.name, p.language from people p
  where p.email_key = email_key_ and p.deactivated_at is null and p.joined_at is not null
  order by p.created_at limit 10
$$;

/*
 * Counts one use of `key_` in a fixed window that starts with its first use. Returns the uses so far, this one included,
 * and the seconds until the window ends. Machine time: a limit is not a business rule.
 */
create function rapport_take(key_ text, seconds_ bigint)
returns table (used bigint, retry_after bigint)
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into rate_windows as w (key, count, ends_at) values (key_, 1, clock_timestamp() + make_interval(secs => seconds_))
  on conflict (key) do update set
    count = case when w.ends_at <= clock_timestamp() then 1 else w.count + 1 end,
    ends_at = case when w.ends_at <= clock_timestamp() then excluded.ends_at else w.ends_at end
  returning w.count, greatest(1, ceil(extract(epoch from w.ends_at - clock_timestamp())))::bigint
$$;

create function rapport_forget(key_ text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$ delete from rate_windows where key = key_ $$;

create function workspace_count() returns bigint
language sql stable security definer set search_path = public, pg_temp as $$ select count(*) from workspaces $$;

-- The first workspace of a new installation, or one more; its ticket numbers come from a sequence of its own.
create function workspace_create(id_ uuid, name_ text, language_ text, at_ timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into workspaces (id, name, language, created_at) values (id_, name_, language_, at_);
  execute format('create sequence %I as bigint start 1001', 'ticket_number_' || replace(id_::text, '-', ''));
end $$;

create function next_ticket_number(workspace_ uuid) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return nextval(format('%I', 'ticket_number_' || replace(workspace_::text, '-', ''))::regclass);
end $$;

create function setup_link_create(token_hash_ bytea, expires_at_ timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into setup_links (token_hash, expires_at) values (token_hash_, expires_at_)
$$;

-- True exactly once for a link that is good, and only while there is no workspace.
create function setup_link_use(token_hash_ bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  lock table setup_links in share row exclusive mode;
  if exists (select 1 from workspaces) then return false; end if;
  update setup_links set used_at = now() where token_hash = token_hash_ and used_at is null and expires_at > now();
  return found;
end $$;

create function setup_link_good(token_hash_ bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select 1 from workspaces)
    and exists (select 1 from setup_links where token_hash = token_hash_ and used_at is null and expires_at > now())
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prosecdef
  loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rapport_app', f);
  end loop;
end $$;
revoke execute on procedure rapport_protect(regclass, text, text) from public;
