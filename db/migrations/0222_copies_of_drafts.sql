-- Runs of words that have stood in a shared draft, as numbers: by them it is seen whose words stand in what is sent without naming it.
alter table shared_drafts add column traces jsonb not null default '[]';
