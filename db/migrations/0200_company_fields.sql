-- The workspace's own fields of a company, by key.
alter table companies add column fields jsonb not null default '{}';
