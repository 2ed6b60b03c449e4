-- A person is reminded of a ticket at a moment, whoever has it by then. `told_at`: when they were; `done_at`: when it was crossed off.
create table reminders (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}',
  person_id uuid not null,
  made_by uuid not null,
  note text not null,
  due_at timestamptz not null,
  made_at timestamptz not null,
  told_at timestamptz,
  done_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index reminders_due on reminders (due_at) where told_at is null and done_at is null;
create index reminders_person on reminders (workspace_id, person_id, due_at, id) where done_at is null;
create index reminders_ticket on reminders (workspace_id, ticket_id, due_at, id) where done_at is null;
call rapport_protect('reminders');
