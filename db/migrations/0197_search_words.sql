-- Words that stand in what can be searched, as they are written: a mistyped one leads to what was meant. Where they stand is not kept.
create table search_words (
  workspace_id uuid not null references workspaces (id),
  word text not null check (length(word) between 4 and 40),
  primary key (workspace_id, word)
);
create index search_words_likeness on search_words using gin (word gin_trgm_ops);
call rapport_protect('search_words');
create policy search_rows on search_words for select to rapport_search using (true);
grant select on search_words to rapport_search;

-- Row-level security would keep the planner from the index, as in search_hits.
create function search_words_like(workspace_ uuid, word_ text, max_ integer)
returns table (word text)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
-- Two letters that changed places leave little of a short word alike.
set pg_trgm.similarity_threshold = 0.2
as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (select w.workspace_id, w.word, similarity(w.word, word_) as likeness from search_words w where w.word % word_)
    select h.word from hits h where h.workspace_id = workspace_ and abs(length(h.word) - length(word_)) <= 2 order by h.likeness desc, h.word limit max_;
end $$;

grant create on schema public to rapport_search;
alter function search_words_like(uuid, text, integer) owner to rapport_search;
revoke execute on function search_words_like(uuid, text, integer) from public;
grant execute on function search_words_like(uuid, text, integer) to rapport_app;
revoke create on schema public from rapport_search;
