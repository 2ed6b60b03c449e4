-- Gives one use of a limit back: the attempt was the right person's.
create function rapport_give_back(key_ text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update rate_windows set count = count - 1 where key = key_ and count > 0
$$;

-- The first workspace of an installation; false when there is one already, however many ask at once.
create function workspace_create_first(id_ uuid, name_ text, language_ text, at_ timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  lock table workspaces in share row exclusive mode;
  if exists (select 1 from workspaces) then return false; end if;
  perform workspace_create(id_, name_, language_, at_);
  return true;
end $$;

revoke execute on function rapport_give_back(text) from public;
grant execute on function rapport_give_back(text) to rapport_app;
revoke execute on function workspace_create_first(uuid, text, text, timestamptz) from public;
grant execute on function workspace_create_first(uuid, text, text, timestamptz) to rapport_app;

-- Lists of people and teams go by name, those of devices and tokens by age.
create index people_by_name on people (workspace_id, lower(name), id);
create index teams_by_name on teams (workspace_id, lower(name), id) where archived_at is null;
create index sessions_by_age on sessions (workspace_id, person_id, created_at desc, id desc) where revoked_at is null;
create index api_tokens_by_age on api_tokens (workspace_id, person_id, created_at desc, id desc) where revoked_at is null;
