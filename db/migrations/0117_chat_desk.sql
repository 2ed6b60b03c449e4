-- Chats that are gone for good, answers as buttons, calls that visitors ask for, and whose pages a host shows.

-- What was said in a chat outlives it: its row stays, and nobody comes in any more.
alter table chat_widgets add column deleted_at timestamptz;
-- Answers as buttons below the greeting.
alter table chat_widgets add column choices jsonb not null default '[]';
alter table chat_widgets add column offers_calls boolean not null default false;
drop index chat_widgets_name;
create unique index chat_widgets_name on chat_widgets (workspace_id, lower(name)) where deleted_at is null;
update chat_widgets set proactive = (select coalesce(jsonb_agg(one || '{"choices": []}' order by at), '[]') from jsonb_array_elements(proactive) with ordinality as all_of(one, at)) where proactive <> '[]';

-- Answers as buttons below what an agent said.
alter table chat_messages add column choices jsonb not null default '[]';
-- A call that the visitor asked for, until somebody has the ticket and promises it.
alter table chat_conversations add column call jsonb;

-- Whoever is banned shows a secret that is good again when the ban is lifted; those of a chat that is gone are worth nothing.
create or replace function chat_session_of(secret_hash_ bytea, at_ timestamptz) returns table (workspace_id uuid, visitor_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id, s.visitor_id, s.expires_at
  from chat_sessions s
  join chat_visitors v on v.workspace_id = s.workspace_id and v.id = s.visitor_id
  join chat_widgets w on w.workspace_id = v.workspace_id and w.id = v.widget_id
  where s.secret_hash = secret_hash_ and (s.expires_at is null or s.expires_at > at_) and w.deleted_at is null
    and not exists (select from chat_bans b where b.workspace_id = s.workspace_id and b.visitor_id = s.visitor_id and b.ends_at > at_)
$$;
create or replace function chat_widget_place(widget_id_ uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select w.workspace_id from chat_widgets w where w.id = widget_id_ and w.deleted_at is null
$$;

-- Whose pages a host shows: the workspace that has it as its own, else the only one there is. Of several, none is guessed.
create or replace function workspace_at(host_ text) returns table (id uuid, name text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id, w.name, w.language from workspaces w where w.public_host = host_
  union all
  select w.id, w.name, w.language from workspaces w
  where not exists (select from workspaces o where o.public_host = host_) and (select count(*) from (select from workspaces limit 2) few) = 1
$$;
drop index workspaces_first;
