-- What the files of entries say: read once, in a thread of its own, found by its words, shown where they stand.
alter table attachments add column words_due boolean not null default true;
create index attachments_words_due on attachments (created_at, id) where words_due and entry_id is not null
  and (content_type in ('application/pdf', 'text/plain', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document') or lower(name) ~ '\.(pdf|docx|txt)$');

create table attachment_words (
  workspace_id uuid not null,
  attachment_id uuid not null,
  text text not null,
  primary key (workspace_id, attachment_id),
  foreign key (workspace_id, attachment_id) references attachments (workspace_id, id) on delete cascade
);
call rapport_protect('attachment_words');

-- What a file said goes with it, and is read anew when it is another.
create function attachment_words_gone() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  delete from search_documents where workspace_id = old.workspace_id and kind = 'file' and id = old.id;
  if tg_op = 'DELETE' then return old; end if;
  delete from attachment_words where workspace_id = old.workspace_id and attachment_id = old.id;
  new.words_due := true;
  return new;
end $$;
create trigger words_gone before delete on attachments for each row when (not old.words_due) execute function attachment_words_gone();
create trigger words_changed before update of sha256 on attachments for each row when (old.sha256 is distinct from new.sha256) execute function attachment_words_gone();

-- Where an entry goes, its files go too.
create function attachment_words_along() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.withdrawn_at is not null then
    delete from search_documents d using attachments a where a.workspace_id = new.workspace_id and a.entry_id = new.id and d.workspace_id = a.workspace_id and d.kind = 'file' and d.id = a.id;
  else
    update search_documents d set subject_id = new.ticket_id from attachments a
      where a.workspace_id = new.workspace_id and a.entry_id = new.id and d.workspace_id = a.workspace_id and d.kind = 'file' and d.id = a.id;
  end if;
  return null;
end $$;
create trigger words_along after update of ticket_id, withdrawn_at on entries for each row
  when (old.ticket_id is distinct from new.ticket_id or old.withdrawn_at is distinct from new.withdrawn_at) execute function attachment_words_along();
