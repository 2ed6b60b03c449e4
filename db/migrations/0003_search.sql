-- Full-text search. The stems are computed outside (platform/search); here they are stored, and found newest first.

do $$ begin create role rapport_search nologin; exception when duplicate_object then null; end $$;
grant rapport_search to current_user;
grant usage, create on schema public to rapport_search;

create table search_documents (
  workspace_id uuid not null references workspaces (id),
  kind text not null check (kind in ('entry', 'ticket', 'customer')),
  id uuid not null,
  -- What a search finds: the ticket of an entry or ticket, the customer of a customer.
  subject_id uuid not null,
  at timestamptz not null,
  -- Deleted tickets stay indexed, so that restoring one is cheap.
  hidden boolean not null default false,
  -- How a customer's names sound, in Latin letters; for misspelt names.
  name text,
  -- The stems, and the stamps of search_stamp.
  vector tsvector not null,
  primary key (workspace_id, kind, id)
);
-- Where a search begins: the newest document of the kind that is sought.
create index search_documents_time on search_documents (workspace_id, kind, at desc);
create index search_documents_subject on search_documents (workspace_id, subject_id, at);
-- The pending list is read by every search: short, so that neither mail nor search waits for the other.
create index search_documents_vector on search_documents using gin (vector) with (fastupdate = on, gin_pending_list_limit = 1024);
create index search_documents_name on search_documents using gin (name gin_trgm_ops) where name is not null;
call rapport_protect('search_documents');
create policy search_rows on search_documents for select to rapport_search using (true);
grant select on search_documents to rapport_search;

/*
 * Lexemes that say whose a document is and when it was: for 1.5 hours, a day, 16, 256 and 4,096 days one each.
 * A search asks for its words within the newest blocks first and widens until the page is full. So the index itself
 * bounds the work: a word of every second message is read from the last hours, a rare one from all years, and no
 * search reads what other workspaces wrote. (A plan that walks back in time is slow for rare words, one that sorts
 * all matches for common ones, and the planner's guess between them fails at the worst moment.)
 */
create function search_stamp_word(workspace_ uuid, kind_ text, level_ integer, block_ bigint) returns text
language sql stable strict parallel safe as $$
  select '@' || right(workspace_::text, 8) || case kind_ when 'customer' then 'c' else 't' end || level_::text || ':' || block_::text
$$;

create function search_stamp(workspace_ uuid, kind_ text, at_ timestamptz) returns tsvector
language sql stable strict parallel safe set search_path = public, pg_temp as $$
  select array_to_tsvector(array_agg(search_stamp_word(workspace_, kind_, level, floor(extract(epoch from at_) / 5400)::bigint >> 4 * level)))
  from generate_series(0, 4) as level
$$;

-- Row-level security would keep the planner from the GIN index (@@ is not leakproof), hence this function and its role.
-- It takes the workspace explicitly, and answers only for the one that the transaction has named.
create function search_newest(
  workspace_ uuid, kind_ text, query_ tsquery, before_ timestamptz, before_id_ uuid, max_ integer)
returns table (subject_id uuid, at timestamptz)
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
  from unnest(case kind_ when 'customer' then array['customer'] else array['entry', 'ticket'] end) as k,
    lateral (select e.at from search_documents e where e.workspace_id = workspace_ and e.kind = k order by e.at desc limit 1) as d;
  block := floor(extract(epoch from least(before_, latest)) / 5400)::bigint;

  for level in 0..4 loop
    -- Two blocks of a level, this one and the one before; at the last level all there are.
    select string_agg(quote_literal(search_stamp_word(workspace_, kind_, level, b)), ' | ')::tsquery into within
    from generate_series(case when level < 4 then (block >> 4 * level) - 1 else 0 end, block >> 4 * level) as b;
    exit when within is null;

    with hits as materialized (
      select d.workspace_id, d.kind, d.subject_id, d.at, d.hidden from search_documents d where d.vector @@ (query_ && within)
    ), newest as (
      select h.subject_id, max(h.at) as at from hits h
      where h.workspace_id = workspace_ and (h.kind = 'customer') = (kind_ = 'customer') and not h.hidden
        and (before_ is null or h.at <= before_)
      group by h.subject_id
    ), page as (
      select n.subject_id, n.at from newest n
      where before_ is null or ((n.at, n.subject_id) < (before_, before_id_) and not exists (
        -- Shown on an earlier page for a newer document. The function form of @@ keeps to the subject's own rows.
        select 1 from search_documents e
        where e.workspace_id = workspace_ and e.subject_id = n.subject_id and e.at >= before_ and not e.hidden
          and ts_match_vq(e.vector, query_) and (e.at, e.subject_id) >= (before_, before_id_)))
      order by n.at desc, n.subject_id desc limit max_
    )
    select array_agg(p.subject_id order by p.at desc, p.subject_id desc), array_agg(p.at order by p.at desc, p.subject_id desc)
    into ids, ats from page p;
    exit when cardinality(ids) >= max_;
  end loop;
  return query select * from unnest(ids, ats);
end $$;

-- Customers whose names sound like this, best first.
create function search_similar(workspace_ uuid, name_ text, max_ integer)
returns table (subject_id uuid, likeness real)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (
      select d.workspace_id, d.subject_id, d.hidden, similarity(d.name, name_) as likeness from search_documents d where d.name % name_)
    select h.subject_id, h.likeness from hits h
    where h.workspace_id = workspace_ and not h.hidden order by h.likeness desc, h.subject_id limit max_;
end $$;

do $$
declare f text;
begin
  foreach f in array array[
    'search_newest(uuid, text, tsquery, timestamptz, uuid, integer)', 'search_similar(uuid, text, integer)']
  loop
    execute format('alter function %s owner to rapport_search', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rapport_app', f);
  end loop;
end $$;
revoke create on schema public from rapport_search;
