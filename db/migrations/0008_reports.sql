-- Figures since a moment walk these, not the tables.
create index entries_time on entries (workspace_id, created_at);
create index tickets_resolved on tickets (workspace_id, resolved_at) where resolved_at is not null;
