-- The sanitised form is made once, at intake, by the sanitiser of `safe_version`; an older one is made again when shown.
alter table entry_html add column safe text;
alter table entry_html add column safe_version bigint not null default 0;
alter table entry_html add column remote_images bigint not null default 0;
