-- Under which host the public pages are a brand's. A workspace's own host comes first, so that nobody takes it from it.
alter table calendar_places add column host text check (host is null or (kind = 'brand' and length(host) between 1 and 253 and host = lower(host)));
create unique index calendar_places_host on calendar_places (host) where host is not null;
drop trigger audit_insert on calendar_places;
drop trigger audit_update on calendar_places;
drop trigger audit_delete on calendar_places;
call rapport_watch('calendar_places', 'calendar_place', '{kind,name,channel,calendar_id,has_pages,host}', label_ => 'name');

drop function workspace_at(text);
create function workspace_at(host_ text) returns table (id uuid, name text, language text, brand_id uuid, brand text)
language sql stable security definer set search_path = public, pg_temp as $$
  with own as (select w.id, w.name, w.language from workspaces w where w.public_host = host_),
  branded as (select w.id, w.name, w.language, p.id as brand_id, p.name as brand from calendar_places p join workspaces w on w.id = p.workspace_id where p.host = host_ and not exists (select from own))
  select o.id, o.name, o.language, null::uuid, null::text from own o
  union all
  select b.id, b.name, b.language, b.brand_id, b.brand from branded b
  union all
  select w.id, w.name, w.language, null::uuid, null::text from workspaces w
  where not exists (select from own) and not exists (select from branded) and (select count(*) from (select from workspaces limit 2) few) = 1
$$;
revoke execute on function workspace_at(text) from public;
grant execute on function workspace_at(text) to rapport_app;
