-- Files that hang on nothing yet, by who uploaded them: what one person may have of them is limited.
create index attachments_loose_by_person on attachments (workspace_id, uploaded_by, created_at) where entry_id is null;

-- No rule of a workspace holds mail back but its block list, which has a reason of its own.
alter table quarantine drop constraint quarantine_reason_check;
alter table quarantine add constraint quarantine_reason_check
  check (reason in ('unreadable', 'spam', 'blocked_sender', 'verification_code', 'too_many', 'loop'));
