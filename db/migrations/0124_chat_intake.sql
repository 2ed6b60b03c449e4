-- For which kinds of ticket a chat asks the guided questions before it begins; none: nothing is asked.
alter table chat_widgets add column intake_kinds text[] not null default '{}'
  check (intake_kinds <@ array['question', 'information_request', 'service_request', 'claim', 'complaint', 'suggestion', 'praise']);
