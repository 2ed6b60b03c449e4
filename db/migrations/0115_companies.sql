-- That somebody has an address is one thing, that it is theirs another: `mailbox`, whoever reads it has said so; `domain`, its
-- domain vouched for a mail from it. `proven_domain` is what stands behind the @.
alter table identities add column proven_at timestamptz;
alter table identities add column proven_how text check (proven_how in ('mailbox', 'domain'));
alter table identities add column proven_domain text;
create index identities_proven_domain on identities (workspace_id, proven_domain, customer_id) where proven_domain is not null;

-- Firms and offices that customers are of.
create table companies (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 300),
  -- As the search reads it.
  name_key text not null,
  address text not null default '' check (length(address) <= 1000),
  vat_id text not null default '' check (length(vat_id) <= 40),
  notes text not null default '' check (length(notes) <= 20000),
  is_key_account boolean not null default false,
  -- Who of its people sees what colleagues asked.
  sight text not null default 'nobody' check (sight in ('nobody', 'contacts', 'everybody')),
  may_answer boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Tickets still point at it.
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create index companies_recent on companies (workspace_id, updated_at desc, id desc) where removed_at is null;
call rapport_protect('companies');

-- Whose address at such a domain is proven, is of the company. A domain is one company's.
create table company_domains (
  workspace_id uuid not null,
  domain text not null check (length(domain) between 3 and 253),
  company_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, domain),
  foreign key (workspace_id, company_id) references companies (workspace_id, id)
);
create index company_domains_company on company_domains (workspace_id, company_id);
call rapport_protect('company_domains');

-- What people here have said of somebody and a company; whom a proven address makes a member has no row.
create table company_members (
  workspace_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  -- `as_proven`: follows the address.
  membership text not null check (membership in ('added', 'removed', 'as_proven')),
  is_contact boolean not null default false,
  by_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, company_id, customer_id),
  foreign key (workspace_id, company_id) references companies (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id),
  foreign key (workspace_id, by_id) references people (workspace_id, id)
);
create index company_members_customer on company_members (workspace_id, customer_id);
create index company_members_by on company_members (workspace_id, by_id);
call rapport_protect('company_members');

-- For which company a matter is, and whether that company's other people are kept out of it.
alter table tickets add column company_id uuid;
alter table tickets add column is_private boolean not null default false;
alter table tickets add constraint tickets_company_id foreign key (workspace_id, company_id) references companies (workspace_id, id) not valid;
create index tickets_company on tickets (workspace_id, company_id, created_at desc, id desc) where company_id is not null;

-- For whom somebody speaks: the company of the very address they wrote from; otherwise the one company that somebody here has put
-- them into; asked without an address, the only company that they are of. Null when it cannot be told.
create function company_of(customer_ uuid, address_ text) returns uuid
language sql stable as $$
  with mine as (
    select m.company_id, true as by_hand, null::text as address from company_members m
    where m.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and m.customer_id = customer_ and m.membership = 'added'
    union all
    select d.company_id, false, i.value_key from identities i
    join company_domains d on d.workspace_id = i.workspace_id and d.domain = i.proven_domain
    where i.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and i.customer_id = customer_ and i.proven_domain is not null
      and not exists (select from company_members x where x.workspace_id = i.workspace_id and x.company_id = d.company_id
        and x.customer_id = customer_ and x.membership = 'removed'))
  select coalesce(
    (select m.company_id from mine m where m.address = address_ limit 1),
    (select (array_agg(distinct m.company_id))[1] from mine m where m.by_hand or address_ is null having count(distinct m.company_id) = 1))
$$;
