-- Tickets are sought by who takes part in them.
create index participants_address on participants (workspace_id, address_key);
