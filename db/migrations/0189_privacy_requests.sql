-- Customers who asked for a copy of their data, or for its deletion: the law gives a month, and somebody has to answer for it.
create table privacy_requests (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  kind text not null check (kind in ('copy', 'delete')),
  -- Where it is talked about.
  ticket_id uuid not null,
  customer_id uuid not null,
  -- The mailbox that was proven, or the address that the company's token named.
  address text not null check (length(address) between 3 and 320),
  proof text not null check (proof in ('mail', 'company')),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('done', 'refused')),
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, decided_by) references people (workspace_id, id),
  check (num_nulls(decided_at, decided_by, outcome) in (0, 3))
);
create index privacy_requests_open on privacy_requests (workspace_id, due_at, id) where decided_at is null;
create index privacy_requests_decided on privacy_requests (workspace_id, decided_at, id) where decided_at is not null;
create index privacy_requests_ticket on privacy_requests (workspace_id, ticket_id);
create index privacy_requests_person on privacy_requests (workspace_id, decided_by) where decided_by is not null;
call rapport_protect('privacy_requests');
call rapport_watch('privacy_requests', 'privacy_request', '{kind,outcome,decided_at}', '{decided_by,address,ticket_id,customer_id,due_at,asked_at,proof}');
