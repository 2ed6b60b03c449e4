-- Live chat: what stands on a company's site, who looks at it, and what is said.
create table chat_widgets (
  workspace_id uuid not null references workspaces (id),
  id uuid not null unique,
  name text not null check (length(name) between 1 and 100),
  -- Null: it is on.
  off_at timestamptz,
  -- Origins of pages that may show it.
  sites text[] not null default '{}',
  colour text not null default '#3b4cca',
  position text not null default 'end' check (position in ('end', 'start')),
  offset_pixels bigint not null default 20,
  greeting jsonb not null default '{}',
  -- Null: the workspace's default calendar.
  calendar_id uuid,
  team_id uuid,
  allows_guests boolean not null default true,
  pre_chat jsonb not null default '[]',
  proactive jsonb not null default '[]',
  idle_minutes bigint not null default 5,
  close_minutes bigint not null default 5,
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create unique index chat_widgets_name on chat_widgets (workspace_id, lower(name));
create index chat_widgets_calendar on chat_widgets (workspace_id, calendar_id) where calendar_id is not null;
create index chat_widgets_team on chat_widgets (workspace_id, team_id) where team_id is not null;
call rapport_protect('chat_widgets');

-- By what a company's server proves who its customers are.
create table chat_secrets (
  workspace_id uuid not null,
  id uuid not null,
  widget_id uuid not null,
  algorithm text not null check (algorithm in ('HS256', 'ES256')),
  -- Of HS256.
  secret sealed,
  -- Of ES256; SPKI as PEM.
  public_key text,
  created_at timestamptz not null,
  -- A newer one was made; good until then. Machine time.
  ends_at timestamptz,
  primary key (workspace_id, id),
  check ((secret is null) = (algorithm = 'ES256') and (public_key is null) = (algorithm = 'HS256')),
  foreign key (workspace_id, widget_id) references chat_widgets (workspace_id, id) on delete cascade
);
create index chat_secrets_widget on chat_secrets (workspace_id, widget_id);
call rapport_protect('chat_secrets');

-- Somebody in front of a widget. One count (`seq`) for all that they see.
create table chat_visitors (
  workspace_id uuid not null,
  id uuid not null,
  widget_id uuid not null,
  -- Null until the first message.
  customer_id uuid,
  -- `sub` of the company's token; null: a guest.
  subject text check (length(subject) between 1 and 200),
  name text not null default '',
  -- Of a guest: as typed, which proves nothing.
  email text,
  attributes jsonb not null default '{}',
  proven_attributes jsonb not null default '{}',
  language text,
  do_not_disturb boolean not null default false,
  page jsonb,
  -- The latest ten, the newest last.
  pages jsonb not null default '[]',
  seq bigint not null default 0,
  -- What reached one of their tabs, and what they saw.
  delivered_seq bigint not null default 0,
  read_seq bigint not null default 0,
  -- How far we are with what they wrote.
  taken_seq bigint not null default 0,
  seen_seq bigint not null default 0,
  -- Machine time: the last sign of an open tab, while a conversation is open; null: gone.
  here_at timestamptz,
  -- Tokens issued before are worth nothing. Machine time.
  signed_out_at timestamptz,
  -- Hash of the network that they came from last.
  network text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, widget_id) references chat_widgets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, customer_id) references customers (workspace_id, id)
) with (fillfactor = 80);
create unique index chat_visitors_subject on chat_visitors (workspace_id, widget_id, subject) where subject is not null;
create index chat_visitors_customer on chat_visitors (workspace_id, customer_id) where customer_id is not null;
-- Those who never wrote are forgotten.
create index chat_visitors_silent on chat_visitors (created_at) where customer_id is null;
call rapport_protect('chat_visitors');

-- What a visitor's program shows. Machine time throughout.
create table chat_sessions (
  workspace_id uuid not null,
  secret_hash bytea not null,
  visitor_id uuid not null,
  -- Null: as long as it is used.
  expires_at timestamptz,
  used_at timestamptz not null,
  primary key (workspace_id, secret_hash),
  foreign key (workspace_id, visitor_id) references chat_visitors (workspace_id, id) on delete cascade
);
create unique index chat_sessions_secret on chat_sessions (secret_hash);
create index chat_sessions_visitor on chat_sessions (workspace_id, visitor_id);
create index chat_sessions_expired on chat_sessions (expires_at) where expires_at is not null;
call rapport_protect('chat_sessions');

create table chat_conversations (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  ticket_id uuid not null,
  -- Where it began: an undone merge brings it back there.
  first_ticket_id uuid not null,
  state text not null check (state in ('waiting', 'active', 'ended')),
  is_message boolean not null default false,
  agent_id uuid,
  ended_by text check (ended_by in ('visitor', 'agent', 'idle')),
  ended_at timestamptz,
  -- Since when this round of it goes on.
  began_at timestamptz not null,
  first_reply_at timestamptz,
  -- Working time from the beginning to the first reply.
  first_reply_seconds bigint,
  rating bigint check (rating between 1 and 5),
  rating_comment text not null default '',
  -- What comes next by itself, and when.
  step text not null default 'waiting',
  next_at timestamptz,
  -- When what was said while the visitor was away goes by mail, and how much of it has.
  mail_at timestamptz,
  mailed_seq bigint not null default 0,
  transcript_at timestamptz,
  started_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visitor_id) references chat_visitors (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id),
  foreign key (workspace_id, agent_id) references people (workspace_id, id)
) with (fillfactor = 80);
-- One at a time.
create unique index chat_conversations_open on chat_conversations (workspace_id, visitor_id) where state <> 'ended';
create index chat_conversations_visitor on chat_conversations (workspace_id, visitor_id, started_at);
create index chat_conversations_ticket on chat_conversations (workspace_id, ticket_id, started_at);
create index chat_conversations_first on chat_conversations (workspace_id, first_ticket_id);
create index chat_conversations_agent on chat_conversations (workspace_id, agent_id) where agent_id is not null and state <> 'ended';
create index chat_conversations_waiting on chat_conversations (workspace_id, began_at) where state = 'waiting';
create index chat_conversations_next on chat_conversations (next_at) where next_at is not null;
create index chat_conversations_mail on chat_conversations (mail_at) where mail_at is not null;
create index chat_conversations_replied on chat_conversations (workspace_id, first_reply_at) include (first_reply_seconds) where first_reply_at is not null;
call rapport_protect('chat_conversations');

-- The order of what a visitor sees. What people wrote stands in the entry; a notice is a line of our own.
create table chat_messages (
  workspace_id uuid not null,
  visitor_id uuid not null,
  seq bigint not null,
  id uuid not null,
  conversation_id uuid not null,
  entry_id uuid,
  client_id text check (length(client_id) between 8 and 64),
  notice text,
  -- What stands in the notice: names, numbers, times.
  data jsonb not null default '{}',
  at timestamptz not null,
  primary key (workspace_id, visitor_id, seq),
  check ((entry_id is null) <> (notice is null)),
  foreign key (workspace_id, visitor_id) references chat_visitors (workspace_id, id),
  foreign key (workspace_id, conversation_id) references chat_conversations (workspace_id, id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id) on delete cascade
);
create unique index chat_messages_client on chat_messages (workspace_id, visitor_id, client_id) where client_id is not null;
create unique index chat_messages_entry on chat_messages (workspace_id, visitor_id, entry_id) where entry_id is not null;
create index chat_messages_conversation on chat_messages (workspace_id, conversation_id, seq);
create index chat_messages_of_entry on chat_messages (workspace_id, entry_id) where entry_id is not null;
call rapport_protect('chat_messages');

-- Files that a visitor sent ahead of the message that they go with. Machine time.
create table chat_uploads (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  sha256 text not null,
  size bigint not null,
  name text not null,
  content_type text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visitor_id) references chat_visitors (workspace_id, id) on delete cascade,
  foreign key (workspace_id, sha256) references blobs (workspace_id, sha256)
);
create index chat_uploads_visitor on chat_uploads (workspace_id, visitor_id, created_at);
create index chat_uploads_file on chat_uploads (workspace_id, sha256);
create index chat_uploads_age on chat_uploads (created_at);
call rapport_protect('chat_uploads');

create table chat_bans (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  -- Hash of the network, for the first day.
  network text,
  name text not null,
  reason text not null default '',
  person_id uuid not null,
  created_at timestamptz not null,
  network_until timestamptz not null,
  ends_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visitor_id) references chat_visitors (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index chat_bans_visitor on chat_bans (workspace_id, visitor_id);
create index chat_bans_network on chat_bans (workspace_id, network) where network is not null;
create index chat_bans_newest on chat_bans (workspace_id, created_at desc, id desc);
create index chat_bans_person on chat_bans (workspace_id, person_id);
call rapport_protect('chat_bans');

-- Whoever stands in front of a widget belongs to no workspace yet.
create function chat_widget_place(widget_id_ uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select w.workspace_id from chat_widgets w where w.id = widget_id_
$$;
revoke execute on function chat_widget_place(uuid) from public;
grant execute on function chat_widget_place(uuid) to rapport_app;

-- Whose secret it is; nobody's when it is over.
create function chat_session_of(secret_hash_ bytea, at_ timestamptz) returns table (workspace_id uuid, visitor_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.workspace_id, s.visitor_id, s.expires_at from chat_sessions s where s.secret_hash = secret_hash_ and (s.expires_at is null or s.expires_at > at_)
$$;
revoke execute on function chat_session_of(bytea, timestamptz) from public;
grant execute on function chat_session_of(bytea, timestamptz) to rapport_app;

-- Conversations in which something is due by then, the earliest first.
create function chat_due(now_ timestamptz, limit_ integer) returns table (workspace_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.workspace_id, c.id, c.next_at from chat_conversations c where c.next_at <= now_ order by c.next_at limit limit_
$$;
revoke execute on function chat_due(timestamptz, integer) from public;
grant execute on function chat_due(timestamptz, integer) to rapport_app;

create function chat_mail_due(now_ timestamptz, limit_ integer) returns table (workspace_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.workspace_id, c.id, c.mail_at from chat_conversations c where c.mail_at <= now_ order by c.mail_at limit limit_
$$;
revoke execute on function chat_mail_due(timestamptz, integer) from public;
grant execute on function chat_mail_due(timestamptz, integer) to rapport_app;
