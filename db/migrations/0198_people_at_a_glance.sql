-- What lists of people show beside each: what is open, and when something last went between them and us.
create index tickets_of_customer on tickets (workspace_id, customer_id, phase, last_message_at desc);
