-- What people are told of what happened, once for each event.
create table notices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  -- Of the event log.
  seq bigint not null,
  kind text not null check (length(kind) between 1 and 50),
  ticket_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'customer', 'system')),
  actor_id uuid,
  -- Small facts of the event: times, names of clocks; what a rule says.
  data jsonb not null default '{}' check (jsonb_typeof(data) = 'object'),
  created_at timestamptz not null,
  read_at timestamptz,
  -- Machine time: when it goes by mail unless it was read; null: it does not, or has gone.
  mail_at timestamptz,
  -- Machine time.
  mailed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create unique index notices_once on notices (workspace_id, person_id, seq, kind);
create index notices_newest on notices (workspace_id, person_id, created_at desc, id desc);
create index notices_unread on notices (workspace_id, person_id, created_at desc, id desc) where read_at is null;
create index notices_mail on notices (mail_at) where mail_at is not null;
create index notices_mail_of on notices (workspace_id, person_id, mail_at) where mail_at is not null;
create index notices_age on notices (created_at);
call rapport_protect('notices');

-- How somebody is told; what is left out is as usual.
create table notice_preferences (
  workspace_id uuid not null,
  person_id uuid not null,
  kind text not null check (length(kind) between 1 and 50),
  way text not null check (way in ('bell', 'mail', 'nothing')),
  primary key (workspace_id, person_id, kind),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
call rapport_protect('notice_preferences');

-- Machine time: when somebody last had the desk before them, and when they were last written to.
create table notice_readers (
  workspace_id uuid not null,
  person_id uuid not null,
  seen_at timestamptz,
  mailed_at timestamptz,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
call rapport_protect('notice_readers');
