-- Whom notes of a ticket name: a person, or a team. The latest of each.
create table ticket_mentions (
  workspace_id uuid not null,
  whom_id uuid not null,
  ticket_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, whom_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index ticket_mentions_latest on ticket_mentions (workspace_id, whom_id, at desc);
create index ticket_mentions_ticket on ticket_mentions (workspace_id, ticket_id);
call rapport_protect('ticket_mentions');

-- Of before: as far as people were told.
insert into ticket_mentions (workspace_id, whom_id, ticket_id, at)
select n.workspace_id, n.person_id, n.ticket_id, max(n.created_at) from notices n
join tickets t on t.workspace_id = n.workspace_id and t.id = n.ticket_id
where n.kind = 'mentioned' group by 1, 2, 3;
