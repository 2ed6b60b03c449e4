-- Files that hang on nothing yet, by who uploaded them: what one person may have of them is limited.
create index attachments_loose_by_person on attachments (workspace_id, uploaded_by, created_at) where entry_id is null;
