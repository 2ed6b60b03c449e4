/*
 * Lists by last change or by age are lists of a phase too: what is deleted, or what is still active, is a few rows among
 * all that is done, and a walk over all of them would end only at the beginning of time.
 */
create index tickets_changed on tickets (workspace_id, phase, updated_at desc, id desc);
create index tickets_by_age on tickets (workspace_id, phase, created_at desc, id desc);
drop index tickets_recent;
drop index tickets_created;
