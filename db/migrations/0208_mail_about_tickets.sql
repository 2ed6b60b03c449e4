-- Mail that belongs to no ticket and names some all the same, such as news for those who work here: what is taken out of these tickets is taken out of it too.
alter table outbox add column about_ticket_ids uuid[] not null default '{}';
create index outbox_about on outbox using gin (about_ticket_ids) where about_ticket_ids <> '{}';
