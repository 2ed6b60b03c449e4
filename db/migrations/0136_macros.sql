-- A saved reply may do several things to the ticket in one go, with a text or without one.
alter table saved_replies
  -- [{type, …}]
  add column actions jsonb not null default '[]' check (jsonb_typeof(actions) = 'array'),
  add column used_count bigint not null default 0,
  add column last_used_at timestamptz;
