-- The hour of the workspace's own day at which whoever looks after the quarantine is told.
alter table quarantine_settings add column digest_hour bigint not null default 9 check (digest_hour between 0 and 23);

-- The first moment after `after_` at which it is `hour_` where the workspace is. A time zone that this server does not know is UTC.
create function quarantine_digest_after(workspace_ uuid, after_ timestamptz, hour_ bigint) returns timestamptz
language plpgsql stable set search_path = public, pg_temp as $$
declare
  zone text := coalesce((select time_zone from workspaces where id = workspace_), 'UTC');
  local timestamp;
begin
  begin
    local := after_ at time zone zone;
  exception when invalid_parameter_value then
    zone := 'UTC';
    local := after_ at time zone zone;
  end;
  local := date_trunc('day', local) + make_interval(hours => hour_::int);
  return case when local at time zone zone > after_ then local at time zone zone else (local + interval '1 day') at time zone zone end;
end $$;
revoke execute on function quarantine_digest_after(uuid, timestamptz, bigint) from public;
grant execute on function quarantine_digest_after(uuid, timestamptz, bigint) to rapport_app;
