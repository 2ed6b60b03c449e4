-- How often somebody was acknowledged lately, and how much automatic mail a ticket has had.
create index outbox_acknowledged on outbox (workspace_id, lower(envelope_to[1]), created_at) where purpose = 'acknowledgement';
create index outbox_ticket on outbox (workspace_id, ticket_id, created_at) where ticket_id is not null;
create index outbox_state on outbox (workspace_id, state, created_at desc, id desc);

-- The first mailbox of a workspace answers for tickets that came through none.
create index mailboxes_order on mailboxes (workspace_id, created_at, id) where disabled_at is null;
