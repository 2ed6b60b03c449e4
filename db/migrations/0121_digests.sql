-- How somebody is told of a kind: on the bell or not, and how soon by mail.
alter table notice_preferences add column bell boolean not null default true;
alter table notice_preferences add column mail text not null default 'off' check (mail in ('off', 'soon', 'hourly', 'daily'));
update notice_preferences set bell = way <> 'nothing', mail = case way when 'mail' then 'soon' else 'off' end;
alter table notice_preferences drop column way;
alter table notice_preferences alter column bell drop default;
alter table notice_preferences alter column mail drop default;

-- When somebody wants to be written to; minutes of the day where they are. What is left out is as usual.
alter table notice_readers drop column rhythm;
alter table notice_readers drop column quiet_from;
alter table notice_readers drop column quiet_to;
create table notice_times (
  workspace_id uuid not null,
  person_id uuid not null,
  -- Null: the workspace's.
  time_zone text check (length(time_zone) between 1 and 60),
  daily_at bigint not null check (daily_at between 0 and 1439),
  quiet_from bigint check (quiet_from between 0 and 1439),
  quiet_to bigint check (quiet_to between 0 and 1439),
  -- Urgent ones come through.
  quiet_urgent boolean not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);
call rapport_protect('notice_times');

-- Business time from now on: mail_at, mailed_at of notices, and mailed_at of readers; seen_at stays the machine's.
alter table notices add column bell boolean not null default true;
alter table notices add column urgent boolean not null default false;
alter table notices add column pace text check (pace in ('soon', 'hourly', 'daily'));
update notices set pace = 'soon' where mail_at is not null;
alter table notices add check (mail_at is null or pace is not null);
drop index notices_newest;
drop index notices_unread;
create index notices_newest on notices (workspace_id, person_id, created_at desc, id desc) where bell;
create index notices_unread on notices (workspace_id, person_id, created_at desc, id desc) where read_at is null and bell;
create index notices_of_ticket on notices (workspace_id, person_id, ticket_id, created_at) where ticket_id is not null;
