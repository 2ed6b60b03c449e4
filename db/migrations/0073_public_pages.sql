-- The host under which a workspace shows its public pages, as browsers name it: `help.shop.test`, `help.shop.test:8443`.
alter table workspaces add column public_host text check (public_host ~ '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$');
create unique index workspaces_public_host on workspaces (public_host) where public_host is not null;

-- Whose pages a host shows: the workspace that has it as its own, else the first of the installation.
create function workspace_at(host_ text) returns table (id uuid, name text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id, w.name, w.language from (
    select 0 as rank, o.id from workspaces o where o.public_host = host_
    union all
    (select 1, f.id from workspaces f order by f.created_at, f.id limit 1)
  ) found join workspaces w on w.id = found.id order by found.rank limit 1
$$;
create index workspaces_first on workspaces (created_at, id);
revoke execute on function workspace_at(text) from public;
grant execute on function workspace_at(text) to rapport_app;
