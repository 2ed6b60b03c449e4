-- Who is asking, for all requests that came in the meantime: half of what a small request costs the database was this.
create function auth_sessions(token_hashes_ bytea[])
returns table (n integer, workspace_id uuid, person_id uuid, role text, team_ids uuid[], session_id uuid, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select asked.n::integer, s.workspace_id, s.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = s.workspace_id and m.person_id = s.person_id order by 1),
    s.id, s.last_seen_at
  from unnest(token_hashes_) with ordinality as asked (token_hash, n)
  join sessions s on s.token_hash = asked.token_hash
  join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
  where s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
    and two_step_done(s.workspace_id, s.person_id, p.role, s.second_step)
$$;
revoke execute on function auth_sessions(bytea[]) from public;
grant execute on function auth_sessions(bytea[]) to rapport_app;
drop function auth_session(bytea);
