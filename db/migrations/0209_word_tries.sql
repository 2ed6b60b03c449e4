-- How often the reading of a file was begun: one that takes the process with it each time must not be the first thing after every start.
alter table attachments add column words_tries bigint not null default 0;
