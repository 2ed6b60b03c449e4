-- When somebody came back from an absence before its end, and when they put away what had happened meanwhile.
alter table absences add column back_at timestamptz, add column seen_at timestamptz;
-- What is over already is no news.
update absences set seen_at = to_at where to_at <= now();
drop trigger audit_insert on absences;
drop trigger audit_update on absences;
drop trigger audit_delete on absences;
call rapport_watch('absences', 'absence', '{person_id,deputy_id,from_at,to_at}', '{look_at,created_by,back_at,seen_at}');

-- What somebody had when an absence of theirs began, and what went to their deputy meanwhile.
create table absence_tickets (
  workspace_id uuid not null,
  absence_id uuid not null,
  ticket_id uuid not null,
  primary key (workspace_id, absence_id, ticket_id),
  foreign key (workspace_id, absence_id) references absences (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index absence_tickets_ticket on absence_tickets (workspace_id, ticket_id);
call rapport_protect('absence_tickets');
insert into absence_tickets (workspace_id, absence_id, ticket_id) select workspace_id, absence_id, ticket_id from stand_ins;
