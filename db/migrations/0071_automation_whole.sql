-- Since when a ticket has its status: ages are looked up by it. For tickets of before it is the last that is known of them.
alter table tickets add column status_since timestamptz default now();
update tickets set status_since = coalesce(closed_at, resolved_at, last_message_at);
alter table tickets alter column status_since set not null;
create index tickets_status_since on tickets (workspace_id, phase, status_since, id);

-- The log of rules is kept for so long, and so many of it.
create index rule_runs_age on rule_runs (workspace_id, at, id);

-- Attempts of a delivery, the latest last: [{at, tookMs, status, error}].
alter table webhook_deliveries add column tried jsonb not null default '[]' check (jsonb_typeof(tried) = 'array');

-- What a webhook was not told while it was off: from this event on, and between these moments (of the business clock).
alter table webhooks add column off_seq bigint;
alter table webhooks add column off_since timestamptz;
alter table webhooks add column off_until timestamptz;

create index incoming_webhook_calls_ticket on incoming_webhook_calls (workspace_id, ticket_id) where ticket_id is not null;

-- How often somebody is written to, and between which minutes of their day they are not.
alter table notice_readers add column rhythm text not null default 'soon' check (rhythm in ('soon', 'hourly', 'daily'));
alter table notice_readers add column quiet_from bigint check (quiet_from between 0 and 1439);
alter table notice_readers add column quiet_to bigint check (quiet_to between 0 and 1439);
alter table notice_readers add check ((quiet_from is null) = (quiet_to is null));
