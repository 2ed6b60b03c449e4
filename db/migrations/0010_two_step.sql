-- Two-step sign-in: what a person can prove themself with beside the password, and who must.

alter table workspaces add column two_step_roles text[] not null default '{}'
  check (two_step_roles <@ array['owner', 'admin', 'lead', 'agent', 'colleague']);

-- A device on which the second step is not asked for again until a day. It is known by its cookie.
create table remembered_devices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  device_hash bytea not null unique,
  user_agent text not null,
  address text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index remembered_devices_person on remembered_devices (workspace_id, person_id);
call rapport_protect('remembered_devices');

-- How the second step of a session was done (null: not at all), and when its person last proved who they are.
alter table sessions
  add column second_step text check (second_step in ('totp', 'passkey', 'recovery', 'device', 'operator')),
  add column proved_at timestamptz not null default now(),
  add column remembered_id uuid;
update sessions set proved_at = created_at;

-- One authenticator app for each person; a draft is one that was shown and not confirmed yet. Seeds are sealed.
create table totp_seeds (
  workspace_id uuid not null,
  person_id uuid not null,
  seed text,
  confirmed_at timestamptz,
  last_step bigint,
  draft text,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade,
  check ((seed is null) = (confirmed_at is null))
);
call rapport_protect('totp_seeds');

create table recovery_codes (
  workspace_id uuid not null,
  person_id uuid not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, person_id, code_hash),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
call rapport_protect('recovery_codes');

create table passkeys (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index passkeys_person on passkeys (workspace_id, person_id);
call rapport_protect('passkeys');

-- What a passkey must sign: good once, for one purpose and one person (or nobody known yet). Only functions reach it.
create table passkey_challenges (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('register', 'second_step', 'sign_in', 'step_up')),
  person_id uuid,
  expires_at timestamptz not null
);
create index passkey_challenges_expiry on passkey_challenges (expires_at);

create function passkey_challenge_put(challenge_hash_ bytea, purpose_ text, person_ uuid, seconds_ bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from passkey_challenges where ctid = any(array(
    select ctid from passkey_challenges where expires_at < now() limit 100 for update skip locked));
  insert into passkey_challenges (challenge_hash, purpose, person_id, expires_at)
  values (challenge_hash_, purpose_, person_, now() + make_interval(secs => seconds_))
$$;

create function passkey_challenge_use(challenge_hash_ bytea, purpose_ text, person_ uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from passkey_challenges where challenge_hash = challenge_hash_ and purpose = purpose_
    and person_id is not distinct from person_ and expires_at > now();
  return found;
end $$;

create function auth_passkey(credential_id_ text)
returns table (workspace_id uuid, person_id uuid, passkey_id uuid, public_key bytea, counter bigint, transports text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select k.workspace_id, k.person_id, k.id, k.public_key, k.counter, k.transports
  from passkeys k join people p on p.workspace_id = k.workspace_id and p.id = k.person_id
  where k.credential_id = credential_id_ and p.deactivated_at is null and p.joined_at is not null
$$;

-- Links of mails carry a short code too, for whoever types it; a sign-in that waits for its second step is a link of its own.
alter table one_time_links add column code_hash bytea unique;
alter table one_time_links drop constraint one_time_links_purpose_check;
alter table one_time_links add constraint one_time_links_purpose_check check (purpose in ('invitation', 'reset', 'second_step'));

create or replace function auth_link(purpose_ text, token_hash_ bytea)
returns table (workspace_id uuid, link_id uuid, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.workspace_id, l.id, l.person_id
  from one_time_links l join people p on p.workspace_id = l.workspace_id and p.id = l.person_id
  where (l.token_hash = token_hash_ or l.code_hash = token_hash_) and l.purpose = purpose_ and l.used_at is null
    and l.expires_at > now() and p.deactivated_at is null
$$;

/*
 * Whether a session is enough: whoever has a second step has done it, whoever must have one has one. Asked for every
 * request and every open socket, so that a rule that was made stricter holds at once.
 */
create function two_step_done(workspace_ uuid, person_ uuid, role_ text, second_step_ text) returns boolean
language sql stable as $$
  select case
    when exists (select 1 from totp_seeds t where t.workspace_id = workspace_ and t.person_id = person_ and t.confirmed_at is not null)
      or exists (select 1 from passkeys k where k.workspace_id = workspace_ and k.person_id = person_)
    then second_step_ is not null
    else not exists (select 1 from workspaces w where w.id = workspace_ and role_ = any(w.two_step_roles)) end
$$;

create or replace function auth_session(token_hash_ bytea)
returns table (workspace_id uuid, person_id uuid, role text, team_ids uuid[], session_id uuid, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id, s.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = s.workspace_id and m.person_id = s.person_id order by 1),
    s.id, s.last_seen_at
  from sessions s join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
  where s.token_hash = token_hash_ and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
    and two_step_done(s.workspace_id, s.person_id, p.role, s.second_step)
$$;

create or replace function auth_dead_credentials(ids uuid[])
returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id from unnest(ids) as c (id)
  where not exists (
    select 1 from sessions s join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.id = c.id and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
      and two_step_done(s.workspace_id, s.person_id, p.role, s.second_step))
  and not exists (
    select 1 from api_tokens t join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
    where t.id = c.id and t.revoked_at is null and t.expires_at > now() and p.deactivated_at is null)
$$;

revoke execute on function passkey_challenge_put(bytea, text, uuid, bigint) from public;
revoke execute on function passkey_challenge_use(bytea, text, uuid) from public;
revoke execute on function auth_passkey(text) from public;
grant execute on function passkey_challenge_put(bytea, text, uuid, bigint) to rapport_app;
grant execute on function passkey_challenge_use(bytea, text, uuid) to rapport_app;
grant execute on function auth_passkey(text) to rapport_app;
