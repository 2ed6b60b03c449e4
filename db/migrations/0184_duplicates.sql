-- By what records are compared: two that share a key may be one person's. Made anew whenever a customer changes.
create table customer_match_keys (
  workspace_id uuid not null,
  key text not null check (length(key) <= 500),
  customer_id uuid not null,
  primary key (workspace_id, key, customer_id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index customer_match_keys_customer on customer_match_keys (workspace_id, customer_id);
call rapport_protect('customer_match_keys');

-- Two that may be one, the lesser id first. `apart_at`: somebody said that they are not, and nobody is asked again.
create table customer_duplicates (
  workspace_id uuid not null,
  customer_id uuid not null,
  other_id uuid not null,
  reasons text[] not null check (cardinality(reasons) > 0),
  found_at timestamptz not null,
  apart_at timestamptz,
  apart_by uuid,
  primary key (workspace_id, customer_id, other_id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references customers (workspace_id, id) on delete cascade,
  check (customer_id < other_id)
);
create index customer_duplicates_open on customer_duplicates (workspace_id, found_at desc, customer_id, other_id) where apart_at is null;
create index customer_duplicates_other on customer_duplicates (workspace_id, other_id);
call rapport_protect('customer_duplicates');

call rapport_watch('customer_flags', 'customer', '{flag,review_on}', '{id,customer_id,home_id,set_by,set_at}', key_ => 'customer_id');
call rapport_watch('customer_merges', 'customer_merge', '{source_id,target_id,undone_at}', '{merged_by,merged_at,undone_by}');
