-- News that is neither an incident nor work: it has a beginning and an end, and touches no component.
alter table status_incidents drop constraint status_incidents_kind_check, drop constraint status_incidents_check;
alter table status_incidents
  add constraint status_incidents_kind_check check (kind in ('incident', 'maintenance', 'announcement')),
  add constraint status_incidents_check check ((kind = 'incident') = (ends_at is null)),
  -- Whether it stands above the help centre and in the chat while it lasts.
  add column banner boolean not null default true;

-- Mail to the customers whom a change touches, chosen by a condition on their tickets. Times of this and the next table are the machine's.
create table status_notices (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  titles jsonb not null check (jsonb_typeof(titles) = 'object'),
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  condition jsonb not null check (jsonb_typeof(condition) = 'object'),
  shelves text not null check (shelves in ('active', 'all')),
  -- Customers who were chosen.
  chosen bigint not null,
  -- Nothing leaves before; until then it can be taken back whole.
  leaves_at timestamptz not null,
  -- Nothing more leaves from then on.
  stopped_at timestamptz,
  created_at timestamptz not null,
  by_id uuid,
  primary key (workspace_id, id)
);
create index status_notices_newest on status_notices (workspace_id, created_at desc, id desc);
call rapport_protect('status_notices');

-- One row for each customer and notice: whoever has one is never chosen again for it.
create table status_notice_letters (
  workspace_id uuid not null,
  notice_id uuid not null,
  customer_id uuid not null,
  id uuid not null default gen_random_uuid(),
  language text check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  leaves_at timestamptz not null,
  -- Null: it is still to be written.
  done_at timestamptz,
  -- Why none was written.
  skipped text check (skipped in ('no_address', 'undeliverable', 'unsubscribed', 'ours', 'same_address', 'stopped')),
  -- To whom, without regard to case: nobody gets it twice because they are known twice.
  address_key text,
  primary key (workspace_id, notice_id, customer_id),
  foreign key (workspace_id, notice_id) references status_notices (workspace_id, id) on delete cascade,
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index status_notice_letters_due on status_notice_letters (leaves_at, id) where done_at is null;
create index status_notice_letters_id on status_notice_letters (workspace_id, id);
create index status_notice_letters_customer on status_notice_letters (workspace_id, customer_id);
create unique index status_notice_letters_address on status_notice_letters (workspace_id, notice_id, address_key) where address_key is not null;
call rapport_protect('status_notice_letters');
