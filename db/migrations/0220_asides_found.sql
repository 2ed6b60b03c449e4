-- What is said in side conversations is found by its words, with the ticket they are about.
alter table search_documents drop constraint search_documents_kind_check,
  add constraint search_documents_kind_check check (kind in ('entry', 'ticket', 'file', 'aside', 'customer')) not valid;
alter table search_documents validate constraint search_documents_kind_check;

create or replace function search_hits(
  workspace_ uuid, kind_ text, query_ tsquery, hidden_ boolean, since_ timestamptz, until_ timestamptz, before_ timestamptz, before_id_ uuid, max_ integer)
returns table (subject_id uuid, at timestamptz, kind text, id uuid)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
declare
  latest timestamptz;
  block bigint;
  within tsquery;
  ids uuid[];
  ats timestamptz[];
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  select max(d.at) into latest
  from unnest(case kind_ when 'customer' then array['customer'] else array['entry', 'ticket', 'file', 'aside'] end) as k,
    lateral (select e.at from search_documents e where e.workspace_id = workspace_ and e.kind = k order by e.at desc limit 1) as d;
  block := floor(extract(epoch from least(before_, until_, latest)) / 5400)::bigint;

  for level in 0..4 loop
    -- Two blocks of a level, this one and the one before; at the last level all there are.
    select string_agg(quote_literal(search_stamp_word(workspace_, kind_, level, b)), ' | ')::tsquery into within
    from generate_series(case when level < 4 then (block >> 4 * level) - 1 else 0 end, block >> 4 * level) as b;
    exit when within is null;

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
    exit when cardinality(ids) >= max_;
    -- What lies before these blocks is not asked for.
    exit when since_ is not null and level < 4 and extract(epoch from since_) >= (((block >> 4 * level) - 1) << 4 * level) * 5400;
  end loop;
  return query
    select u.subject_id, u.at, d.kind, d.id from unnest(ids, ats) as u (subject_id, at)
    left join lateral (
      select e.kind, e.id from search_documents e
      where e.workspace_id = workspace_ and e.subject_id = u.subject_id and e.at = u.at and e.hidden = hidden_ and ts_match_vq(e.vector, query_)
      order by e.kind, e.id limit 1) as d on true
    order by u.at desc, u.subject_id desc;
end $$;

-- Whether the index has it: what was written before is brought in bit by bit.
alter table aside_messages add column is_indexed boolean not null default false;
create index aside_messages_unindexed on aside_messages (created_at, id) where not is_indexed and withdrawn_at is null;
