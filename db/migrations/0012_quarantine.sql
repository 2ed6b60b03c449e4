-- Messages that were accepted but not filed: why, and what people decided. The ledger has the message itself.
create table quarantine (
  workspace_id uuid not null,
  -- The row of the ledger.
  id uuid not null,
  mailbox_id uuid not null,
  reason text not null check (reason in ('unreadable', 'spam', 'blocked_sender', 'verification_code', 'too_many', 'loop', 'policy')),
  -- What whoever held it back says about this very message.
  words text not null default '' check (length(words) <= 2000),
  sender text not null default '',
  sender_name text not null default '',
  subject text not null default '',
  -- When it was held back.
  held_at timestamptz not null,
  -- releasing: it is filed when the time to take that back is over. purged: its bytes are gone.
  state text not null check (state in ('held', 'releasing', 'released', 'discarded', 'purged')),
  decided_by uuid,
  decided_at timestamptz,
  -- All that was decided in one go, so that it can be taken back in one go.
  decision_id uuid,
  -- When a released message is filed; the machine's time.
  release_at timestamptz,
  -- When its coming removal was announced, and by which mail.
  announced_at timestamptz,
  announced_in uuid,
  -- Sender, subject: what a search looks at.
  vector tsvector not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, id) references inbound_messages (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, decided_by) references people (workspace_id, id)
);
create index quarantine_recent on quarantine (workspace_id, state, held_at desc, id desc);
create index quarantine_reason on quarantine (workspace_id, state, reason, held_at desc, id desc);
create index quarantine_due on quarantine (release_at) where state = 'releasing';
create index quarantine_decision on quarantine (workspace_id, decision_id) where decision_id is not null;
create index quarantine_age on quarantine (workspace_id, held_at) where state in ('held', 'discarded');
create index quarantine_vector on quarantine using gin (vector);
call rapport_protect('quarantine');

-- Who looks after the quarantine, and how long it is kept; a workspace has a row once something was held back.
create table quarantine_settings (
  workspace_id uuid primary key references workspaces (id),
  keep_days bigint not null default 30 check (keep_days between 7 and 365),
  person_id uuid,
  team_id uuid,
  -- When the owner is told next; null while nothing is held.
  digest_due_at timestamptz,
  check (person_id is null or team_id is null),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
create index quarantine_digests on quarantine_settings (digest_due_at) where digest_due_at is not null;
call rapport_protect('quarantine_settings');

-- For a mailbox whose quarantine somebody else looks after.
create table quarantine_owners (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  person_id uuid,
  team_id uuid,
  primary key (workspace_id, mailbox_id),
  check ((person_id is null) <> (team_id is null)),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
call rapport_protect('quarantine_owners');

alter table inbound_messages add column subject text;
-- The author's address in lower case.
alter table inbound_messages add column sender_key text;
-- Somebody let it out of the quarantine: it is filed without being judged again.
alter table inbound_messages add column released_at timestamptz;
-- The hash of bytes that were removed after their time in the quarantine; `sha256` then names an empty file.
alter table inbound_messages add column purged_sha256 text;
create index inbound_messages_sender on inbound_messages (workspace_id, sender_key, received_at desc, id desc) where sender_key is not null;
create index inbound_messages_message_id on inbound_messages (workspace_id, message_id) where message_id is not null;
-- What is not simply filed is rare, and sought by its state.
create index inbound_messages_state on inbound_messages (workspace_id, state, received_at desc, id desc)
  where state in ('received', 'duplicate', 'quarantined', 'bounce', 'autoreply');

update inbound_messages set sender_key = lower(from_address) where from_address is not null;
insert into quarantine (workspace_id, id, mailbox_id, reason, words, sender, held_at, state, vector)
  select workspace_id, id, mailbox_id, 'unreadable', left(coalesce(reason, ''), 2000), coalesce(from_address, ''), coalesce(done_at, received_at), 'held', ''
  from inbound_messages where state = 'quarantined';

-- `@@` is not leakproof, so row-level security would keep the planner from the index; see 0003.
create policy quarantine_search_rows on quarantine for select to rapport_search using (true);
grant select on quarantine to rapport_search;
grant create on schema public to rapport_search;
-- Messages that hold these words, the newest `max_` of them.
create function quarantine_search(workspace_ uuid, state_ text, query_ tsquery, max_ integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (select q.workspace_id, q.id, q.state, q.held_at from quarantine q where q.vector @@ query_)
    select h.id from hits h where h.workspace_id = workspace_ and h.state = state_ order by h.held_at desc, h.id desc limit max_;
end $$;
alter function quarantine_search(uuid, text, tsquery, integer) owner to rapport_search;
revoke execute on function quarantine_search(uuid, text, tsquery, integer) from public;
grant execute on function quarantine_search(uuid, text, tsquery, integer) to rapport_app;
revoke create on schema public from rapport_search;
