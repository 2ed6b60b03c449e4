-- Whose holidays a calendar keeps: {country, state?, region?}; null: nobody's but its own.
alter table calendars add column observes jsonb check (jsonb_typeof(observes) = 'object');
-- The last year whose public days are there, and the edition of the data that they came from.
alter table calendars add column public_until bigint;
alter table calendars add column public_edition text;
create index calendars_observing on calendars (public_until) where observes is not null;

-- Days on which the week does not hold: the calendar's own, and the public ones of the country that it observes. Dates are readings
-- of the clock on the wall.
create table calendar_days (
  workspace_id uuid not null,
  calendar_id uuid not null,
  id uuid not null,
  date text not null check (date ~ '^\d{4}-\d\d-\d\d$'),
  -- What people here call it; null: by `names`.
  name text check (length(name) between 1 and 200),
  -- {language: name}, as the data has them; null for one's own days.
  names jsonb check (jsonb_typeof(names) = 'object'),
  -- [{from, to}]: open then, whatever day of the week it is.
  hours jsonb check (jsonb_typeof(hours) = 'array'),
  -- The week holds until this time of the day; null, and no hours: closed.
  closed_from text,
  -- The date that the country's data has; null for one's own days.
  source_date text check (source_date ~ '^\d{4}-\d\d-\d\d$'),
  -- The time of day from which the country's data has it; null: the whole day.
  source_from text,
  -- A public day that is worked here as any other.
  removed boolean not null default false,
  -- Who made it what it is; null: the country's data.
  changed_at timestamptz,
  changed_by uuid,
  primary key (workspace_id, calendar_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id) on delete cascade,
  foreign key (workspace_id, changed_by) references people (workspace_id, id),
  check ((source_date is null) = (names is null)),
  check (name is not null or names is not null),
  check (hours is null or closed_from is null)
);
create unique index calendar_days_source on calendar_days (workspace_id, calendar_id, source_date) where source_date is not null;
create unique index calendar_days_own on calendar_days (workspace_id, calendar_id, date) where source_date is null;
create index calendar_days_date on calendar_days (workspace_id, calendar_id, date);
create index calendar_days_person on calendar_days (workspace_id, changed_by) where changed_by is not null;
call rapport_protect('calendar_days');

insert into calendar_days (workspace_id, calendar_id, id, date, name, hours)
select c.workspace_id, c.id, gen_random_uuid(), day ->> 'date', day ->> 'name', day -> 'hours' from calendars c, jsonb_array_elements(c.holidays) as day;
alter table calendars drop column holidays;

-- Where a calendar holds, unless something more particular is said: for a team's work on a channel, a team, an office, a brand or a channel.
create table calendar_places (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('team_channel', 'team', 'office', 'brand', 'channel')),
  -- What an office or a brand is called.
  name text check (length(name) between 1 and 100),
  channel text check (length(channel) between 1 and 20),
  calendar_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id),
  check ((name is not null) = (kind in ('office', 'brand'))),
  check ((channel is not null) = (kind in ('team_channel', 'channel')))
);
create index calendar_places_calendar on calendar_places (workspace_id, calendar_id);
call rapport_protect('calendar_places');

-- Whose place it is: teams, and of a brand the mailboxes to which its customers write.
create table calendar_place_members (
  workspace_id uuid not null,
  place_id uuid not null,
  id uuid not null,
  team_id uuid,
  mailbox_id uuid,
  primary key (workspace_id, place_id, id),
  foreign key (workspace_id, place_id) references calendar_places (workspace_id, id) on delete cascade,
  constraint calendar_place_members_team foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
  constraint calendar_place_members_mailbox foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id) on delete cascade,
  check ((team_id is null) <> (mailbox_id is null))
);
create index calendar_place_members_team on calendar_place_members (workspace_id, team_id) where team_id is not null;
create index calendar_place_members_mailbox on calendar_place_members (workspace_id, mailbox_id) where mailbox_id is not null;
call rapport_protect('calendar_place_members');

-- The calendar that holds for the ticket where its policy names none; null: the workspace's.
alter table sla_sheets add column calendar_id uuid;
