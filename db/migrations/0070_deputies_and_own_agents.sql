-- How the customer hears of another date: by a mail of its own, by the next reply of a person, or they were told already.
alter table commitments add column telling text check (telling in ('mail', 'reply', 'told'));
update commitments set telling = 'reply' where previous_id is not null;
-- Whose promise it is, while somebody stands in for them on a planned absence.
alter table commitments add column stands_for uuid;
alter table commitments add constraint commitments_stands_for_person_id foreign key (workspace_id, stands_for) references people (workspace_id, id);
create index commitments_stands_for on commitments (workspace_id, stands_for) where stands_for is not null;

-- Tickets that a deputy has for somebody absent, until they are back.
create table stand_ins (
  workspace_id uuid not null,
  ticket_id uuid not null,
  absence_id uuid not null,
  -- Who has it now; differs from the ticket's assignee once somebody gave it on.
  deputy_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, absence_id) references absences (workspace_id, id) on delete cascade,
  foreign key (workspace_id, deputy_id) references people (workspace_id, id)
);
create index stand_ins_absence on stand_ins (workspace_id, absence_id, ticket_id);
create index stand_ins_deputy on stand_ins (workspace_id, deputy_id);
call rapport_protect('stand_ins');

-- The customer's own agent, as somebody here has said.
alter table customers add column agent_id uuid;
alter table customers add constraint customers_agent_person_id foreign key (workspace_id, agent_id) references people (workspace_id, id);
create index customers_agent on customers (workspace_id, agent_id) where agent_id is not null;

-- When what is promised on it is due, and whether that is what its turn goes by.
alter table queue_tickets add column due_at timestamptz;
alter table queue_tickets add column by_due boolean not null default false;
-- `set`: the agent was named on the customer; `last`: a guess, by the customer's last ticket.
alter table queue_tickets add column own_by text check (own_by in ('set', 'last'));
update queue_tickets set own_by = 'last' where own_agent_id is not null;
-- What was expected of the answer when it came, beside what was expected of the wait. Seconds of working time.
alter table queue_tickets add column reply_low_seconds bigint, add column reply_high_seconds bigint;
alter table queue_waits add column reply_low_seconds bigint, add column reply_high_seconds bigint;
-- What waits already finds its turn by the new formula.
update routing_settings set version = version + 1;
