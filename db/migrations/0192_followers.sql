-- Who of the staff hears of a ticket that is not theirs. `merge_id`: came along with a ticket that was merged into this one, and goes when that is undone.
create table ticket_followers (
  workspace_id uuid not null,
  person_id uuid not null,
  ticket_id uuid not null,
  followed_at timestamptz not null,
  merge_id uuid,
  primary key (workspace_id, person_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
create index ticket_followers_ticket on ticket_followers (workspace_id, ticket_id);
create index ticket_followers_latest on ticket_followers (workspace_id, person_id, followed_at desc);
call rapport_protect('ticket_followers');
