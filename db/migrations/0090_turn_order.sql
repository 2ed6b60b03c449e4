-- Of tickets with the same turn, such as those promised for the same moment, whose customer waits longer comes first.
drop index queue_tickets_turn;
create index queue_tickets_turn on queue_tickets (workspace_id, queue_id, state, rank_at, since, number);
drop index queue_tickets_alike;
create index queue_tickets_alike on queue_tickets (workspace_id, queue_id, state, language, channel, rank_at, since, number);
