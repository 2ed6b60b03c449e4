-- When DNS is asked about a domain by itself: soon while a key waits for its record, daily afterwards.
alter table sending_domains add column check_due_at timestamptz not null default now();
create index sending_domains_due on sending_domains (check_due_at);
