-- Where programs of others are told what happens here. All moments but created_at and updated_at are the machine's time.
create table webhooks (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  url text not null check (length(url) between 1 and 2000),
  -- By their public names; none: only rules send something there.
  events text[] not null check (cardinality(events) <= 60),
  -- Which tickets; null: all.
  condition jsonb,
  -- Whether what was written goes along, and not only ids.
  content boolean not null default false,
  secret sealed not null,
  -- Signs too, until then.
  earlier_secret sealed,
  earlier_until timestamptz,
  disabled_at timestamptz,
  disabled_for text check (disabled_for in ('person', 'gone', 'failing')),
  -- Since when nothing arrives; null while it works.
  failing_since timestamptz,
  last_ok_at timestamptz,
  -- How many were never queued because too many waited.
  skipped bigint not null default 0,
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check ((disabled_at is null) = (disabled_for is null)),
  check ((earlier_secret is null) = (earlier_until is null))
);
create unique index webhooks_name on webhooks (workspace_id, lower(name));
call rapport_protect('webhooks');

create table webhook_deliveries (
  workspace_id uuid not null,
  -- The `webhook-id` of every attempt.
  id uuid not null,
  webhook_id uuid not null,
  -- What made it: event:<seq>:<type>, rule:<seq>, test:<id>. Once each.
  cause text not null,
  type text not null check (length(type) between 1 and 100),
  ticket_id uuid,
  entry_id uuid,
  body text not null check (length(body) <= 20000),
  happened_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'delivered', 'failed')),
  attempts bigint not null default 0,
  -- Of one that is being sent: when its lease ends.
  next_attempt_at timestamptz not null,
  tried_at timestamptz,
  took_ms bigint,
  response_status bigint,
  error_code text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhooks (workspace_id, id) on delete cascade
);
create unique index webhook_deliveries_cause on webhook_deliveries (workspace_id, webhook_id, cause);
create index webhook_deliveries_due on webhook_deliveries (workspace_id, webhook_id, next_attempt_at) where state in ('waiting', 'sending');
create index webhook_deliveries_newest on webhook_deliveries (workspace_id, webhook_id, created_at desc, id desc);
create index webhook_deliveries_state on webhook_deliveries (workspace_id, webhook_id, state, created_at desc, id desc);
create index webhook_deliveries_age on webhook_deliveries (created_at);
call rapport_protect('webhook_deliveries');

-- Addresses at which programs of others hand something in.
create table incoming_webhooks (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  makes text not null check (makes in ('ticket', 'note')),
  -- Field → text with places for parts of what comes in.
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object'),
  team_id uuid,
  token_hash bytea not null unique,
  -- Absent: the address alone is the proof.
  secret sealed,
  disabled_at timestamptz,
  last_call_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create unique index incoming_webhooks_name on incoming_webhooks (workspace_id, lower(name));
create index incoming_webhooks_team on incoming_webhooks (workspace_id, team_id) where team_id is not null;
call rapport_protect('incoming_webhooks');

-- What came in, and what became of it; the same id comes in once.
create table incoming_webhook_calls (
  workspace_id uuid not null,
  id uuid not null,
  hook_id uuid not null,
  -- The caller's id of it; null: every call is one of its own.
  given_id text check (length(given_id) between 1 and 255),
  ticket_id uuid,
  entry_id uuid,
  error_code text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, hook_id) references incoming_webhooks (workspace_id, id) on delete cascade
);
create unique index incoming_webhook_calls_given on incoming_webhook_calls (workspace_id, hook_id, given_id) where given_id is not null and error_code is null;
create index incoming_webhook_calls_newest on incoming_webhook_calls (workspace_id, hook_id, created_at desc, id desc);
create index incoming_webhook_calls_age on incoming_webhook_calls (created_at);
call rapport_protect('incoming_webhook_calls');

create function incoming_webhook_lookup(token_hash_ bytea)
returns table (workspace_id uuid, hook_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.workspace_id, h.id from incoming_webhooks h where h.token_hash = token_hash_ and h.disabled_at is null
$$;
revoke execute on function incoming_webhook_lookup(bytea) from public;
grant execute on function incoming_webhook_lookup(bytea) to rapport_app;
