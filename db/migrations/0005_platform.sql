-- A file that is put again counts as new, so that the sweep of unused files leaves it alone while its owner is on the way.
grant update (created_at) on blobs to rapport_app;
create index blobs_age on blobs (created_at);
create index blobs_on_disk on blobs (sha256) where bytes is null;

-- The sequencer ---------------------------------------------------------------------------------------------------

/*
 * Takes or renews the lease of the sequencer and gives up to `batch_` committed events their positions, ordered by `seq`.
 * `holding` is false while another process holds the lease: one that is alive (its LISTEN connection holds the advisory
 * lock of its number) and not overdue. The row lock makes positions unique whatever the leases say.
 * When `holding`, at least half of the lease is left. For the owner alone.
 */
create function events_sequence(holder_ integer, lease_ interval, batch_ bigint, out holding boolean, out reached bigint, out given bigint)
language plpgsql volatile set search_path = public, pg_temp as $$
declare
  seen event_sequencer;
  at_ timestamptz;
begin
  select * into seen from event_sequencer for update;
  at_ := clock_timestamp();
  reached := seen.position;
  given := 0;
  holding := seen.holder is not distinct from holder_::text or events_lease_free(seen, at_);
  if not holding then return; end if;

  -- A new statement, so a new snapshot: taken while nobody else can give positions.
  with numbered as (
    select b.workspace_id, b.seq, row_number() over (order by b.seq) as n
    from (select e.workspace_id, e.seq from events e where e.position is null order by e.seq limit batch_) b
  )
  update events e set position = seen.position + numbered.n from numbered
  where e.workspace_id = numbered.workspace_id and e.seq = numbered.seq;
  get diagnostics given = row_count;
  reached := seen.position + given;

  if given > 0 or seen.holder is distinct from holder_::text or seen.lease_until <= at_ + lease_ / 2 then
    update event_sequencer set position = reached, holder = holder_::text, lease_until = at_ + lease_;
  end if;
  if given > 0 then perform pg_notify('rapport_sequenced', reached::text); end if;
end $$;

create function events_lease_free(seen event_sequencer, at_ timestamptz) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select seen.holder is null or seen.lease_until is null or seen.lease_until <= at_ or not exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = 730411 and l.objid = seen.holder::bigint::oid)
$$;
revoke execute on function events_sequence(integer, interval, bigint) from public;
revoke execute on function events_lease_free(event_sequencer, timestamptz) from public;

-- Realtime --------------------------------------------------------------------------------------------------------

-- Socket tickets that were used; a ticket is good once, in whichever process.
create table socket_tickets (
  hash bytea primary key,
  expires_at timestamptz not null
);
create index socket_tickets_expiry on socket_tickets (expires_at);

-- Uses a ticket up and says who stands behind its session or API token now; no row when either is no longer good.
create function socket_ticket_use(hash_ bytea, expires_at_ timestamptz, credential_ uuid)
returns table (workspace_id uuid, person_id uuid, name text, role text, team_ids uuid[], kind text, scopes text[])
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into socket_tickets (hash, expires_at) values (hash_, expires_at_) on conflict do nothing;
  if not found then return; end if;
  return query
    select p.workspace_id, p.id, p.name, p.role,
      array(select m.team_id from team_members m where m.workspace_id = p.workspace_id and m.person_id = p.id order by 1),
      c.kind, c.scopes
    from (
      select s.workspace_id, s.person_id, 'session' as kind, null::text[] as scopes from sessions s
        where s.id = credential_ and s.revoked_at is null and s.expires_at > now()
      union all
      select t.workspace_id, t.person_id, 'token', t.scopes from api_tokens t
        where t.id = credential_ and t.revoked_at is null and t.expires_at > now()
    ) c join people p on p.workspace_id = c.workspace_id and p.id = c.person_id
    where p.deactivated_at is null;
end $$;
revoke execute on function socket_ticket_use(bytea, timestamptz, uuid) from public;
grant execute on function socket_ticket_use(bytea, timestamptz, uuid) to rapport_app;

-- Sessions and tokens are looked up by id alone when sockets are checked.
create index sessions_id on sessions (id);
create index api_tokens_id on api_tokens (id);

-- Jobs ------------------------------------------------------------------------------------------------------------

-- The application enqueues in its own transaction and can do nothing else to the queue.
create function enqueue_job(name_ text, payload_ json, run_at_ timestamptz, max_attempts_ bigint, job_key_ text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  select graphile_worker.add_job(
    name_, payload_, run_at => run_at_, max_attempts => max_attempts_::integer, job_key => job_key_)
$$;
revoke execute on function enqueue_job(text, json, timestamptz, bigint, text) from public;
grant execute on function enqueue_job(text, json, timestamptz, bigint, text) to rapport_app;

/*
 * Frees the jobs of worker pools that died: a pool holds the advisory lock of its name as long as it is connected.
 * Without this they would wait for hours. For the owner alone.
 */
create function release_dead_jobs() returns bigint
language plpgsql volatile set search_path = public, pg_temp as $$
declare dead text[];
begin
  select array_agg(distinct j.locked_by) into dead from graphile_worker._private_jobs j
  where j.locked_by is not null and j.locked_at < now() - interval '10 seconds' and not exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = 730412 and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid);
  if dead is null then return 0; end if;
  perform graphile_worker.force_unlock_workers(dead);
  return array_length(dead, 1);
end $$;
revoke execute on function release_dead_jobs() from public;
