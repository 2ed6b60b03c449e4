-- Two records of one person become one. `merged_into`: where the record goes on. `own`: what the record itself said before it took
-- others in; null: all that stands in its columns is its own.
alter table customers add column merged_into uuid;
alter table customers add column own jsonb;
alter table customers add constraint customers_merged_into foreign key (workspace_id, merged_into) references customers (workspace_id, id) not valid;
create index customers_merged on customers (workspace_id, merged_into) where merged_into is not null;

create table customer_merges (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  merged_by uuid not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references customers (workspace_id, id),
  foreign key (workspace_id, target_id) references customers (workspace_id, id)
);
create unique index customer_merges_standing on customer_merges (workspace_id, source_id) where undone_at is null;
create index customer_merges_source on customer_merges (workspace_id, source_id);
create index customer_merges_target on customer_merges (workspace_id, target_id, merged_at desc, id desc);
call rapport_protect('customer_merges');

-- Whose a thing would be if nobody had ever been merged; null: whose it is. Nothing else is needed to take a merge apart again.
alter table tickets add column home_id uuid;
alter table identities add column home_id uuid;
alter table customer_notes add column home_id uuid;
alter table commitments add column home_id uuid;
alter table chat_visitors add column home_id uuid;
alter table company_members add column home_id uuid;
create index commitments_customer on commitments (workspace_id, customer_id);

-- A note that opens by itself when somebody opens a matter of theirs.
alter table customer_notes add column pops_up boolean not null default false;

-- What one has to know of a person before one writes or calls. `customers.flags` is what stands here, for lists and conditions.
alter table customers add column flags text[] not null default '{}';
create table customer_flags (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  customer_id uuid not null,
  home_id uuid,
  flag text not null check (flag in ('vip', 'vulnerable', 'lawyer_only', 'abusive', 'do_not_call', 'minor', 'represented')),
  reason text not null check (length(reason) <= 1000),
  -- With whom to speak instead: a lawyer, a guardian, a representative.
  contact text not null default '' check (length(contact) <= 500),
  review_on date,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id),
  foreign key (workspace_id, set_by) references people (workspace_id, id)
);
create unique index customer_flags_one on customer_flags (workspace_id, customer_id, flag, coalesce(home_id, customer_id));
create index customer_flags_review on customer_flags (workspace_id, review_on, id) where review_on is not null;
create index customer_flags_person on customer_flags (workspace_id, set_by);
call rapport_protect('customer_flags');
