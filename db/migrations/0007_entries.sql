-- The sanitised form is made once, at intake, by the sanitiser of `safe_version`; an older one is made again when shown.
alter table entry_html add column safe text;
alter table entry_html add column safe_version bigint not null default 0;
alter table entry_html add column remote_images bigint not null default 0;

-- An outgoing mail leaves not before this moment.
alter table entries add column leaves_at timestamptz;
-- A forward names the entry that it passes on; it answers nobody.
alter table entries add column forwarded_entry_id uuid;
