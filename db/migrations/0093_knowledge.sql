-- What a company knows and tells: articles in languages, what is sought among them, and what readers said.

create table knowledge_settings (
  workspace_id uuid not null references workspaces (id),
  next_number bigint not null default 1,
  -- Articles that are overdue for review by so many days are not found by search; null: they are.
  hide_overdue_days bigint check (hide_overdue_days between 0 and 3650),
  primary key (workspace_id)
);
call rapport_protect('knowledge_settings');

-- Two levels: a category, and sections in it.
create table article_categories (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  parent_id uuid,
  place bigint not null,
  -- {language: {name, description}}
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references article_categories (workspace_id, id)
);
create index article_categories_parent on article_categories (workspace_id, parent_id, place);
call rapport_protect('article_categories');

create table articles (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  -- In public addresses.
  number bigint not null,
  -- Who may read it while it is valid. Scheduled and ended follow from the two times.
  state text not null check (state in ('draft', 'review', 'public', 'customers_only', 'internal')),
  source_language text not null check (source_language in ('en', 'bg', 'pl', 'ru', 'ar')),
  category_id uuid,
  owner_id uuid,
  valid_from timestamptz,
  valid_to timestamptz,
  -- Where it holds (ISO 3166); empty: everywhere.
  countries text[] not null default '{}',
  review_every_days bigint check (review_every_days between 1 and 3650),
  review_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  -- What readers said, and how often somebody put it into a reply.
  helped bigint not null default 0,
  not_helped bigint not null default 0,
  used bigint not null default 0,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, category_id) references article_categories (workspace_id, id),
  foreign key (workspace_id, owner_id) references people (workspace_id, id)
);
create unique index articles_number on articles (workspace_id, number);
create index articles_changed on articles (workspace_id, updated_at desc, id desc);
create index articles_category on articles (workspace_id, category_id, number);
create index articles_owner on articles (workspace_id, owner_id);
create index articles_review on articles (workspace_id, review_at, id) where review_at is not null;
call rapport_protect('articles');

-- One row for each language. What is live is kept here as it is shown; what is being written is the latest version.
create table article_texts (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null check (language in ('en', 'bg', 'pl', 'ru', 'ar')),
  version bigint not null,
  title text not null check (length(title) between 1 and 300),
  updated_at timestamptz not null,
  -- Null until somebody makes it live.
  live_version bigint,
  live_title text,
  live_summary text,
  live_html text,
  live_at timestamptz,
  -- The last live version that changed what it means; translations of an earlier one are stale.
  meaning_version bigint not null default 0,
  -- Which meaning of the source this one translates; null for the source itself.
  translates bigint,
  primary key (workspace_id, article_id, language),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade
);
call rapport_protect('article_texts');

create table article_versions (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null,
  version bigint not null,
  title text not null,
  summary text not null,
  -- Words that people use for it, beside those that stand in it.
  keywords text not null,
  html text not null,
  written_at timestamptz not null,
  written_by uuid,
  restored_from bigint,
  primary key (workspace_id, article_id, language, version),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade
);
call rapport_protect('article_versions', 'select, insert, delete');

-- Pictures in articles. The address is the hash, which nobody guesses.
create table article_pictures (
  workspace_id uuid not null,
  sha256 text not null,
  content_type text not null,
  size bigint not null,
  created_at timestamptz not null,
  created_by uuid,
  primary key (workspace_id, sha256),
  foreign key (workspace_id, sha256) references blobs (workspace_id, sha256)
);
call rapport_protect('article_pictures', 'select, insert');

-- Found by its stems, or by letters that look alike. Holds what the search needs to know of an article, so that it reads nothing else.
create table article_documents (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null,
  state text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  review_at timestamptz,
  countries text[] not null,
  -- Titles and keywords without accents.
  words text not null,
  vector tsvector not null,
  primary key (workspace_id, article_id, language),
  foreign key (workspace_id, article_id, language) references article_texts (workspace_id, article_id, language) on delete cascade
);
create index article_documents_vector on article_documents using gin (vector);
create index article_documents_words on article_documents using gin (words gin_trgm_ops);
call rapport_protect('article_documents');
create policy search_rows on article_documents for select to rapport_search using (true);
grant select on article_documents to rapport_search;

create table article_synonyms (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  language text not null,
  words text[] not null check (cardinality(words) between 2 and 20),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
call rapport_protect('article_synonyms');

-- What was looked for, day by day, without who looked.
create table help_searches (
  workspace_id uuid not null references workspaces (id),
  day date not null,
  language text not null,
  words text not null,
  searched bigint not null,
  -- How many of them found nothing.
  failed bigint not null,
  last_at timestamptz not null,
  primary key (workspace_id, day, language, words)
);
create index help_searches_failed on help_searches (workspace_id, day) where failed > 0;
call rapport_protect('help_searches');

-- Tickets that were written right after a search that found nothing.
create table help_search_tickets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  language text not null,
  words text not null,
  at timestamptz not null,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index help_search_tickets_words on help_search_tickets (workspace_id, language, words, at);
call rapport_protect('help_search_tickets');

-- Gaps that somebody has dealt with: searches before that count no more.
create table help_gaps_closed (
  workspace_id uuid not null references workspaces (id),
  language text not null,
  words text not null,
  at timestamptz not null,
  by_id uuid,
  primary key (workspace_id, language, words)
);
call rapport_protect('help_gaps_closed');

-- One for each visitor and article.
create table article_votes (
  workspace_id uuid not null,
  article_id uuid not null,
  visitor text not null,
  language text not null,
  helped boolean not null,
  reason text check (reason in ('unclear', 'incomplete', 'wrong', 'not_mine', 'other')),
  note text,
  at timestamptz not null,
  primary key (workspace_id, article_id, visitor),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade
);
create index article_votes_time on article_votes (workspace_id, article_id, at desc);
create index article_votes_age on article_votes (at);
call rapport_protect('article_votes');

-- Row-level security would keep the planner from the indexes, as in search_newest; the stamp keeps to one workspace's documents.
create function article_search(workspace_ uuid, query_ tsquery, states_ text[], languages_ text[], at_ timestamptz, overdue_ timestamptz, country_ text, max_ integer)
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
      select d.* from article_documents d where d.vector @@ (query_ && ('''@' || right(workspace_::text, 8) || '''')::tsquery))
    select h.article_id, h.language, ts_rank('{0.1, 0.25, 0.5, 1}', h.vector, query_) as rank from hits h
    where h.workspace_id = workspace_ and h.state = any(states_) and h.language = any(languages_)
      and (at_ is null or ((h.valid_from is null or h.valid_from <= at_) and (h.valid_to is null or h.valid_to > at_)))
      and (overdue_ is null or h.review_at is null or h.review_at > overdue_)
      and (country_ is null or cardinality(h.countries) = 0 or country_ = any(h.countries))
    order by rank desc, h.article_id limit max_;
end $$;

-- For words that are misspelt: what looks most alike.
create function article_search_alike(workspace_ uuid, words_ text, states_ text[], languages_ text[], at_ timestamptz, overdue_ timestamptz, country_ text, max_ integer)
returns table (article_id uuid, language text, rank real)
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
set pg_trgm.word_similarity_threshold = 0.5
as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (select d.* from article_documents d where words_ <% d.words)
    select h.article_id, h.language, word_similarity(words_, h.words) as rank from hits h
    where h.workspace_id = workspace_ and h.state = any(states_) and h.language = any(languages_)
      and (at_ is null or ((h.valid_from is null or h.valid_from <= at_) and (h.valid_to is null or h.valid_to > at_)))
      and (overdue_ is null or h.review_at is null or h.review_at > overdue_)
      and (country_ is null or cardinality(h.countries) = 0 or country_ = any(h.countries))
    order by rank desc, h.article_id limit max_;
end $$;

grant create on schema public to rapport_search;
do $$
declare f text;
begin
  foreach f in array array['article_search(uuid, tsquery, text[], text[], timestamptz, timestamptz, text, integer)', 'article_search_alike(uuid, text, text[], text[], timestamptz, timestamptz, text, integer)']
  loop
    execute format('alter function %s owner to rapport_search', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rapport_app', f);
  end loop;
end $$;
revoke create on schema public from rapport_search;
