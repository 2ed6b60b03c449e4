-- What is taken out of a ticket is taken out of its history too; nothing else of an event ever changes.
create function redact_event(workspace_ uuid, seq_ bigint, subject_ jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'an event belongs to the workspace of its transaction';
  end if;
  update events set data = jsonb_set(data, '{subject}', subject_)
  where workspace_id = workspace_ and seq = seq_ and type = 'ticket.changed' and data ? 'subject';
end $$;
revoke execute on function redact_event(uuid, bigint, jsonb) from public;
grant execute on function redact_event(uuid, bigint, jsonb) to rapport_app;

-- The ticket that a kept answer tells of.
alter table idempotency_keys add column subject_id uuid;
create index idempotency_keys_subject on idempotency_keys (workspace_id, subject_id) where subject_id is not null;

-- The hash of bytes of which `sha256` names a redacted copy: the same message does not come in again.
alter table inbound_messages add column redacted_sha256 text;
create index inbound_messages_redacted on inbound_messages (workspace_id, mailbox_id, redacted_sha256) where redacted_sha256 is not null;
create index inbound_messages_entry on inbound_messages (workspace_id, entry_id) where entry_id is not null;

-- Mails that went to the wrong person: who noticed, whom they reached, and who was asked to delete them.
create table mail_incidents (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  entry_id uuid not null,
  subject text not null default '',
  -- Addresses that have it or may have it, and those that it was kept from.
  reached text[] not null,
  withheld text[] not null,
  note text not null default '' check (length(note) <= 2000),
  -- When the mail left; null when nobody got it.
  sent_at timestamptz,
  reported_by uuid not null,
  reported_at timestamptz not null,
  correction_mail_id uuid,
  primary key (workspace_id, id),
  unique (workspace_id, entry_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id),
  foreign key (workspace_id, entry_id) references entries (workspace_id, id),
  foreign key (workspace_id, reported_by) references people (workspace_id, id)
);
create index mail_incidents_recent on mail_incidents (workspace_id, reported_at desc, id desc);
create index mail_incidents_ticket on mail_incidents (workspace_id, ticket_id);
create index mail_incidents_by on mail_incidents (workspace_id, reported_by);
call rapport_protect('mail_incidents');
