-- Records that may be of one person. What two of them could have in common is kept by key (`customer_traces`), so that those alike are found
-- without comparing everybody with everybody; a record whose traces are not yet told anew says so.
alter table customers add column likeness_due boolean not null default true;
create index customers_likeness_due on customers (workspace_id, id) where likeness_due;

create function customer_likeness_due() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.likeness_due := true;
  return new;
end $$;
create trigger likeness_due before update of name, email, merged_into on customers for each row execute function customer_likeness_due();

create table customer_traces (
  workspace_id uuid not null,
  -- `number`, `address` or `name`, and how it is compared.
  key text not null,
  customer_id uuid not null,
  primary key (workspace_id, key, customer_id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index customer_traces_customer on customer_traces (workspace_id, customer_id);
call rapport_protect('customer_traces');

-- Proposed to be one person's, and why; `a_id` is the smaller id.
create table customer_likenesses (
  workspace_id uuid not null,
  a_id uuid not null,
  b_id uuid not null check (a_id < b_id),
  reasons text[] not null check (cardinality(reasons) > 0),
  weight integer not null,
  found_at timestamptz not null,
  primary key (workspace_id, a_id, b_id),
  foreign key (workspace_id, a_id) references customers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, b_id) references customers (workspace_id, id) on delete cascade
);
create index customer_likenesses_b on customer_likenesses (workspace_id, b_id);
create index customer_likenesses_order on customer_likenesses (workspace_id, weight desc, a_id, b_id);
call rapport_protect('customer_likenesses');

-- Two people, as somebody here has said: not proposed again, whatever either is merged with.
create table customer_separations (
  workspace_id uuid not null,
  a_id uuid not null,
  b_id uuid not null check (a_id < b_id),
  separated_by uuid not null,
  separated_at timestamptz not null,
  primary key (workspace_id, a_id, b_id),
  foreign key (workspace_id, a_id) references customers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, b_id) references customers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, separated_by) references people (workspace_id, id)
);
create index customer_separations_b on customer_separations (workspace_id, b_id);
call rapport_protect('customer_separations');
call rapport_watch('customer_separations', 'customer', '{a_id,b_id}', '{separated_by,separated_at}', key_ => 'a_id');
