-- A host belongs to one workspace, whether its pages are there or those of one of its brands: since a workspace's own host comes first,
-- another one could otherwise take a brand's host from it, and with it whatever its customers write there.
create function host_is_free() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  host_ text := case tg_table_name when 'workspaces' then to_jsonb(new) ->> 'public_host' else to_jsonb(new) ->> 'host' end;
begin
  if host_ is null then return new; end if;
  -- Of two that ask at once one waits for the other.
  perform pg_advisory_xact_lock(hashtextextended('host ' || host_, 0));
  if tg_table_name = 'workspaces' then
    if exists (select from calendar_places p where p.host = host_ and p.workspace_id <> new.id) then
      raise exception 'the host is of another workspace' using errcode = 'unique_violation', constraint = 'workspaces_public_host';
    end if;
  elsif exists (select from workspaces w where w.public_host = host_ and w.id <> new.workspace_id) then
    raise exception 'the host is of another workspace' using errcode = 'unique_violation', constraint = 'calendar_places_host';
  end if;
  return new;
end $$;
revoke execute on function host_is_free() from public;
create trigger host_is_free before insert or update of public_host on workspaces for each row execute function host_is_free();
create trigger host_is_free before insert or update of host on calendar_places for each row execute function host_is_free();
