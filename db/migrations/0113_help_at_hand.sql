-- What is new in a language stands on the start page.
create index article_texts_newest on article_texts (workspace_id, language, live_at desc) where live_version is not null;

-- A word that stands in most articles says little: of so many matches the best are chosen, and the rest is not read.
create or replace function article_search(workspace_ uuid, query_ tsquery, states_ text[], languages_ text[], at_ timestamptz, overdue_ timestamptz, country_ text, max_ integer)
returns table (article_id uuid, language text, rank real)
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (
      select d.article_id, d.language, d.vector from article_documents d
      where d.vector @@ (query_ && ('''@' || right(workspace_::text, 8) || '''')::tsquery)
        and d.workspace_id = workspace_ and d.state = any(states_) and d.language = any(languages_)
        and (at_ is null or ((d.valid_from is null or d.valid_from <= at_) and (d.valid_to is null or d.valid_to > at_)))
        and (overdue_ is null or d.review_at is null or d.review_at > overdue_)
        and (country_ is null or cardinality(d.countries) = 0 or country_ = any(d.countries))
      limit 1000)
    select h.article_id, h.language, ts_rank('{0.1, 0.25, 0.5, 1}', h.vector, query_) as rank from hits h order by rank desc, h.article_id limit max_;
end $$;
