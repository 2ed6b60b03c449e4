-- Fields of the workspace's own, on tickets, customers and companies.
create table field_definitions (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  subject text not null check (subject in ('ticket', 'customer', 'company')),
  -- What values are stored under; it is never used again, so that a value is always of the type that its key says.
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  type text not null check (type in ('text', 'number', 'money', 'date', 'choice', 'tree', 'link', 'person')),
  names jsonb not null,
  hints jsonb not null default '{}',
  options jsonb not null default '[]',
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- Null: always.
  shown_when jsonb,
  required boolean not null default false,
  required_when jsonb,
  active boolean not null default true,
  position bigint not null,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, subject, key)
);
create index field_definitions_order on field_definitions (workspace_id, subject, position, id) where deleted_at is null;
call rapport_protect('field_definitions');

-- Their values, by key. They are read with their record and never looked for by themselves.
alter table tickets add column fields jsonb not null default '{}';
alter table customers add column fields jsonb not null default '{}';

-- What is taken out of a ticket is taken out of the history of its fields too.
create function redact_event_field(workspace_ uuid, seq_ bigint, key_ text, words_ jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'an event belongs to the workspace of its transaction';
  end if;
  update events set data = jsonb_set(data, array[key_], words_)
  where workspace_id = workspace_ and seq = seq_ and type in ('ticket.changed', 'customer.changed') and starts_with(key_, 'fields.') and data ? key_;
end $$;
revoke execute on function redact_event_field(uuid, bigint, text, jsonb) from public;
grant execute on function redact_event_field(uuid, bigint, text, jsonb) to rapport_app;
