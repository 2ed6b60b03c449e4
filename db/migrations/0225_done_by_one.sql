-- What one has done is a list of its own; it was picked from what everybody has done. And a search that widens knows where the
-- oldest is: the last steps asked for the years before there was anything.
create index tickets_done_of on tickets (workspace_id, assignee_id, updated_at desc, id desc) where phase = 'done';

create or replace function search_hits(
  workspace_ uuid, kind_ text, query_ tsquery, hidden_ boolean, since_ timestamptz, until_ timestamptz, before_ timestamptz, before_id_ uuid, max_ integer)
returns table (subject_id uuid, at timestamptz, kind text, id uuid)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  latest timestamptz;
  earliest timestamptz;
  block bigint;
  span bigint := 2;
  whole bigint;
  level integer := 0;
  first bigint;
  within tsquery;
  whose text := '@' || right(workspace_::text, 8) || case kind_ when 'customer' then 'c' else 't' end;
  ids uuid[];
  ats timestamptz[];
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  select max(d.newest), min(d.oldest) into latest, earliest
  from unnest(case kind_ when 'customer' then array['customer'] else array['entry', 'ticket', 'file', 'aside'] end) as k,
    lateral (select
      (select e.at from search_documents e where e.workspace_id = workspace_ and e.kind = k order by e.at desc limit 1) as newest,
      (select e.at from search_documents e where e.workspace_id = workspace_ and e.kind = k order by e.at limit 1) as oldest) as d;
  block := floor(extract(epoch from least(before_, until_, latest)) / 5400)::bigint;
  whole := greatest(block - floor(extract(epoch from earliest) / 5400)::bigint + 1, 1);

  while block is not null loop
    -- What is nearly all is asked for as all.
    span := case when span * 4 >= whole then whole else span end;
    -- The fewer stamps, the less the index compares for each document.
    while level < 4 and span >> 4 * level > 7 loop
      level := level + 1;
    end loop;
    first := (block - span + 1) >> 4 * level;
    select string_agg(quote_literal(whose || level || ':' || b), ' | ')::tsquery into within
    from generate_series(first, block >> 4 * level) as b;

    with hits as materialized (
      select d.workspace_id, d.kind, d.subject_id, d.at, d.hidden from search_documents d where d.vector @@ (query_ && within)
    ), newest as (
      select h.subject_id, max(h.at) as at from hits h
      where h.workspace_id = workspace_ and (h.kind = 'customer') = (kind_ = 'customer') and h.hidden = hidden_
        and (before_ is null or h.at <= before_) and (since_ is null or h.at >= since_) and (until_ is null or h.at < until_)
      group by h.subject_id
    ), page as (
      select n.subject_id, n.at from newest n
      where before_ is null or ((n.at, n.subject_id) < (before_, before_id_) and not exists (
        -- Shown on an earlier page for a newer document. The function form of @@ keeps to the subject's own rows.
        select 1 from search_documents e
        where e.workspace_id = workspace_ and e.subject_id = n.subject_id and e.at >= before_ and e.hidden = hidden_ and (until_ is null or e.at < until_)
          and ts_match_vq(e.vector, query_) and (e.at, e.subject_id) >= (before_, before_id_)))
      order by n.at desc, n.subject_id desc limit max_
    )
    select array_agg(p.subject_id order by p.at desc, p.subject_id desc), array_agg(p.at order by p.at desc, p.subject_id desc)
    into ids, ats from page p;
    exit when cardinality(ids) >= max_ or span = whole;
    -- What lies before these blocks is not asked for.
    exit when since_ is not null and extract(epoch from since_) >= (first << 4 * level) * 5400;
    -- As many more as the page lacks, by what these held. Where there was nothing, the next may be where everything is: not too many at first.
    span := span * case when ids is not null then greatest(2, least(16, 1.3 * max_ / cardinality(ids))) when span < 32 then 4 else 16 end::bigint;
  end loop;
  return query
    select u.subject_id, u.at, d.kind, d.id from unnest(ids, ats) as u (subject_id, at)
    left join lateral (
      select e.kind, e.id from search_documents e
      where e.workspace_id = workspace_ and e.subject_id = u.subject_id and e.at = u.at and e.hidden = hidden_ and ts_match_vq(e.vector, query_)
      order by e.kind, e.id limit 1) as d on true
    order by u.at desc, u.subject_id desc;
end $$;
