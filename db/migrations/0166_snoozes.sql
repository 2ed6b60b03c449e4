-- Set aside since then, out of the lists of what is to be done: until a time, until another ticket is done, in any case until the customer writes.
alter table tickets
  add column snoozed_at timestamptz,
  add column snoozed_until timestamptz,
  add column snoozed_by uuid,
  add column wakes_on uuid,
  -- When it came back by itself last.
  add column woken_at timestamptz;
create index tickets_snoozed on tickets (workspace_id, queue_order, id) where snoozed_at is not null;
create index tickets_wake on tickets (snoozed_until, id) where snoozed_until is not null;
create index tickets_wakes_on on tickets (workspace_id, wakes_on, id) where wakes_on is not null;
