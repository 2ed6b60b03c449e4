-- Written from the migrated database by `npm run db:schema`. Do not edit; review it in diffs.

-- Roles ---------------------------------------------------------------------------------------------------------

role rapport_app
role rapport_login login member of rapport_app
role rapport_owner login member of rapport_app, rapport_search
role rapport_search

-- Extensions ----------------------------------------------------------------------------------------------------

extension pg_trgm

-- Domains -------------------------------------------------------------------------------------------------------

domain sealed as text CHECK ((VALUE ~ '^v1\.[0-9a-f]{8}\.'::text))

-- Functions -----------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.article_search(workspace_ uuid, query_ tsquery, states_ text[], languages_ text[], at_ timestamp with time zone, overdue_ timestamp with time zone, country_ text, max_ integer)
 RETURNS TABLE(article_id uuid, language text, rank real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
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
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.article_search_alike(workspace_ uuid, words_ text, states_ text[], languages_ text[], at_ timestamp with time zone, overdue_ timestamp with time zone, country_ text, max_ integer)
 RETURNS TABLE(article_id uuid, language text, rank real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
 SET "pg_trgm.word_similarity_threshold" TO '0.5'
AS $function$
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
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.attachment_words_along()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.withdrawn_at is not null then
    delete from search_documents d using attachments a where a.workspace_id = new.workspace_id and a.entry_id = new.id and d.workspace_id = a.workspace_id and d.kind = 'file' and d.id = a.id;
  else
    update search_documents d set subject_id = new.ticket_id from attachments a
      where a.workspace_id = new.workspace_id and a.entry_id = new.id and d.workspace_id = a.workspace_id and d.kind = 'file' and d.id = a.id;
  end if;
  return null;
end $function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.attachment_words_gone()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from search_documents where workspace_id = old.workspace_id and kind = 'file' and id = old.id;
  if tg_op = 'DELETE' then return old; end if;
  delete from attachment_words where workspace_id = old.workspace_id and attachment_id = old.id;
  new.words_due := true;
  return new;
end $function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_dead_credentials(ids uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.id from unnest(ids) as c (id)
  where not exists (
    select 1 from sessions s join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.id = c.id and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
      and two_step_done(s.workspace_id, s.person_id, p.role, s.second_step))
  and not exists (
    select 1 from api_tokens t join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
    where t.id = c.id and t.revoked_at is null and t.expires_at > now() and p.deactivated_at is null)
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_link(purpose_ text, token_hash_ bytea)
 RETURNS TABLE(workspace_id uuid, link_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select l.workspace_id, l.id, l.person_id
  from one_time_links l join people p on p.workspace_id = l.workspace_id and p.id = l.person_id
  where (l.token_hash = token_hash_ or l.code_hash = token_hash_) and l.purpose = purpose_ and l.used_at is null
    and l.expires_at > now() and p.deactivated_at is null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_passkey(credential_id_ text)
 RETURNS TABLE(workspace_id uuid, person_id uuid, passkey_id uuid, public_key bytea, counter bigint, transports text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select k.workspace_id, k.person_id, k.id, k.public_key, k.counter, k.transports
  from passkeys k join people p on p.workspace_id = k.workspace_id and p.id = k.person_id
  where k.credential_id = credential_id_ and p.deactivated_at is null and p.joined_at is not null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_people(email_key_ text)
 RETURNS TABLE(workspace_id uuid, person_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.workspace_id, p.id, p.password_hash from people p
  where p.email_key = email_key_ and p.deactivated_at is null and p.password_hash is not null
  order by p.created_at limit 10
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_reset_targets(email_key_ text)
 RETURNS TABLE(workspace_id uuid, person_id uuid, email text, name text, language text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.workspace_id, p.id, p.email, p.name, p.language from people p
  where p.email_key = email_key_ and p.deactivated_at is null and p.joined_at is not null
  order by p.created_at limit 10
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_sessions(token_hashes_ bytea[])
 RETURNS TABLE(n integer, workspace_id uuid, person_id uuid, role text, team_ids uuid[], session_id uuid, last_seen_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
  select asked.n::integer, s.workspace_id, s.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = s.workspace_id and m.person_id = s.person_id order by 1),
    s.id, s.last_seen_at
  from unnest(token_hashes_) with ordinality as asked (token_hash, n)
  join sessions s on s.token_hash = asked.token_hash
  join people p on p.workspace_id = s.workspace_id and p.id = s.person_id
  where s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
    and two_step_done(s.workspace_id, s.person_id, p.role, s.second_step)
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.auth_token(token_hash_ bytea)
 RETURNS TABLE(workspace_id uuid, person_id uuid, role text, team_ids uuid[], token_id uuid, scopes text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select t.workspace_id, t.person_id, p.role,
    array(select m.team_id from team_members m where m.workspace_id = t.workspace_id and m.person_id = t.person_id order by 1),
    t.id, t.scopes
  from api_tokens t join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
  where t.token_hash = token_hash_ and t.revoked_at is null and t.expires_at > now() and p.deactivated_at is null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.chat_due(now_ timestamp with time zone, limit_ integer)
 RETURNS TABLE(workspace_id uuid, id uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.workspace_id, c.id, c.next_at from chat_conversations c where c.next_at <= now_ order by c.next_at limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.chat_mail_due(now_ timestamp with time zone, limit_ integer)
 RETURNS TABLE(workspace_id uuid, id uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.workspace_id, c.id, c.mail_at from chat_conversations c where c.mail_at <= now_ order by c.mail_at limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.chat_session_of(secret_hash_ bytea, at_ timestamp with time zone)
 RETURNS TABLE(workspace_id uuid, visitor_id uuid, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.workspace_id, s.visitor_id, s.expires_at
  from chat_sessions s
  join chat_visitors v on v.workspace_id = s.workspace_id and v.id = s.visitor_id
  join chat_widgets w on w.workspace_id = v.workspace_id and w.id = v.widget_id
  where s.secret_hash = secret_hash_ and (s.expires_at is null or s.expires_at > at_) and w.deleted_at is null
    and not exists (select from chat_bans b where b.workspace_id = s.workspace_id and b.visitor_id = s.visitor_id and b.ends_at > at_)
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.chat_widget_place(widget_id_ uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select w.workspace_id from chat_widgets w where w.id = widget_id_ and w.deleted_at is null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.company_of(customer_ uuid, address_ text)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  with mine as (
    select m.company_id, true as by_hand, null::text as address from company_members m
    where m.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and m.customer_id = customer_ and m.membership = 'added'
    union all
    select d.company_id, false, i.value_key from identities i
    join company_domains d on d.workspace_id = i.workspace_id and d.domain = i.proven_domain
    where i.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and i.customer_id = customer_ and i.proven_domain is not null
      and not exists (select from company_members x where x.workspace_id = i.workspace_id and x.company_id = d.company_id
        and x.customer_id = customer_ and x.membership = 'removed'))
  select coalesce(
    (select m.company_id from mine m where m.address = address_ limit 1),
    (select (array_agg(distinct m.company_id))[1] from mine m where m.by_hand or address_ is null having count(distinct m.company_id) = 1))
$function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.customer_likeness_due()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.likeness_due := true;
  return new;
end $function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.enqueue_job(name_ text, payload_ json, run_at_ timestamp with time zone, max_attempts_ bigint, job_key_ text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select graphile_worker.add_job(
    name_, payload_, run_at => run_at_, max_attempts => max_attempts_::integer, job_key => job_key_)
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.events_lease_free(seen event_sequencer, at_ timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select seen.holder is null or seen.lease_until is null or seen.lease_until <= at_ or not exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = 730411 and l.objid = seen.holder::bigint::oid)
$function$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.events_sequence(holder_ integer, lease_ interval, batch_ bigint, OUT holding boolean, OUT reached bigint, OUT given bigint)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  seen event_sequencer;
  at_ timestamptz;
begin
  select * into seen from event_sequencer for update;
  at_ := clock_timestamp();
  reached := seen.position;
  given := 0;
  holding := seen.holder is not distinct from holder_::text or events_lease_free(seen, at_);
  if not holding then return; end if;

  -- A new statement, so a new snapshot: taken while nobody else can give positions.
  with numbered as (
    select b.workspace_id, b.seq, row_number() over (order by b.seq) as n
    from (select e.workspace_id, e.seq from events e where e.position is null order by e.seq limit batch_) b
  )
  update events e set position = seen.position + numbered.n from numbered
  where e.workspace_id = numbered.workspace_id and e.seq = numbered.seq;
  get diagnostics given = row_count;
  reached := seen.position + given;

  if given > 0 or seen.holder is distinct from holder_::text or seen.lease_until <= at_ + lease_ / 2 then
    update event_sequencer set position = reached, holder = holder_::text, lease_until = at_ + lease_;
  end if;
  if given > 0 then perform pg_notify('rapport_sequenced', reached::text); end if;
end $function$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.face_at(token_ text)
 RETURNS TABLE(content_type text, bytes bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select f.content_type, f.bytes from person_faces f where f.token = token_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.host_is_free()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  host_ text := case tg_table_name when 'workspaces' then to_jsonb(new) ->> 'public_host' else to_jsonb(new) ->> 'host' end;
begin
  if host_ is null then return new; end if;
  -- Of two that ask at once one waits for the other.
  perform pg_advisory_xact_lock(hashtextextended('host ' || host_, 0));
  if tg_table_name = 'workspaces' then
    if exists (select from calendar_places p where p.host = host_ and p.workspace_id <> new.id) then
      raise exception 'the host is of another workspace' using errcode = 'unique_violation', constraint = 'workspaces_public_host';
    end if;
  elsif exists (select from workspaces w where w.public_host = host_ and w.id <> new.workspace_id) then
    raise exception 'the host is of another workspace' using errcode = 'unique_violation', constraint = 'calendar_places_host';
  end if;
  return new;
end $function$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.incoming_webhook_lookup(token_hash_ bytea)
 RETURNS TABLE(workspace_id uuid, hook_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select h.workspace_id, h.id from incoming_webhooks h where h.token_hash = token_hash_ and h.disabled_at is null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.mailbox_lookup(address_key_ text)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.workspace_id, m.id from mailboxes m where m.address_key = address_key_ and m.disabled_at is null
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.next_ticket_number(workspace_ uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return nextval(format('%I', 'ticket_number_' || replace(workspace_::text, '-', ''))::regclass);
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.passkey_challenge_put(challenge_hash_ bytea, purpose_ text, person_ uuid, seconds_ bigint)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from passkey_challenges where ctid = any(array(
    select ctid from passkey_challenges where expires_at < now() limit 100 for update skip locked));
  insert into passkey_challenges (challenge_hash, purpose, person_id, expires_at)
  values (challenge_hash_, purpose_, person_, now() + make_interval(secs => seconds_))
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.passkey_challenge_use(challenge_hash_ bytea, purpose_ text, person_ uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from passkey_challenges where challenge_hash = challenge_hash_ and purpose = purpose_
    and person_id is not distinct from person_ and expires_at > now();
  return found;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.quarantine_digest_after(workspace_ uuid, after_ timestamp with time zone, hour_ bigint)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  zone text := coalesce((select time_zone from workspaces where id = workspace_), 'UTC');
  local timestamp;
begin
  begin
    local := after_ at time zone zone;
  exception when invalid_parameter_value then
    zone := 'UTC';
    local := after_ at time zone zone;
  end;
  local := date_trunc('day', local) + make_interval(hours => hour_::int);
  return case when local at time zone zone > after_ then local at time zone zone else (local + interval '1 day') at time zone zone end;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.quarantine_search(workspace_ uuid, state_ text, query_ tsquery, max_ integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (select q.workspace_id, q.id, q.state, q.held_at from quarantine q where q.vector @@ query_)
    select h.id from hits h where h.workspace_id = workspace_ and h.state = state_ order by h.held_at desc, h.id desc limit max_;
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.rapport_audit()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  before_ jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  after_ jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  row_ jsonb := before_ || after_;
  kept_ text[] := tg_argv[3]::text[];
  quiet_ text[] := tg_argv[4]::text[] || array['workspace_id', 'created_at', 'updated_at', 'version'];
  asking_ jsonb := nullif(current_setting('rapport.asking', true), '')::jsonb;
  changes_ jsonb;
  actor_ uuid := (asking_ ->> 'actor')::uuid;
begin
  select coalesce(jsonb_object_agg(c.name, case when not c.name = any(kept_) or greatest(length(c.was), length(c.is_)) > 8000 then null
      when c.name = 'url' then jsonb_build_array(substring(c.was from '^"([a-z]+://[^/?#@"]+)(?=[/?#"])'), substring(c.is_ from '^"([a-z]+://[^/?#@"]+)(?=[/?#"])'))
      else jsonb_build_array(before_ -> c.name, after_ -> c.name) end), '{}')
  into changes_
  from (select k as name, (before_ -> k)::text as was, (after_ -> k)::text as is_ from jsonb_object_keys(row_) k) c
  where coalesce(c.was, 'null') is distinct from coalesce(c.is_, 'null') and not c.name = any(quiet_)
    and (tg_op = 'UPDATE' or (c.name = any(kept_) and c.name <> tg_argv[1]));
  if tg_op = 'UPDATE' and changes_ = '{}' then return null; end if;
  -- Whoever signs in is nobody yet.
  if actor_ is null and tg_argv[0] = 'session' then actor_ := (row_ ->> 'person_id')::uuid; end if;
  insert into audit_lines (workspace_id, actor_kind, actor_id, token_id, address, operation, request, action, kind, thing, label, changes, once)
  values (
    (row_ ->> case when tg_table_name = 'workspaces' then 'id' else 'workspace_id' end)::uuid,
    case when actor_ is not null then 'person' when asking_ is not null then 'guest' else 'system' end,
    actor_, (asking_ ->> 'token')::uuid, coalesce(asking_ ->> 'address', ''), coalesce(asking_ ->> 'operation', ''), coalesce(asking_ ->> 'request', ''),
    case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'removed' end,
    tg_argv[0], coalesce(row_ ->> tg_argv[1], ''), left(coalesce(row_ ->> nullif(tg_argv[2], ''), ''), 200), changes_,
    -- Ten codes are one set.
    case when tg_argv[0] = 'recovery_code' and tg_op = 'INSERT' then pg_current_xact_id() || ' ' || (row_ ->> tg_argv[1]) end)
  on conflict do nothing;
  return null;
end $function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.rapport_forget(key_ text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ delete from rate_windows where key = key_ $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.rapport_give_back(key_ text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update rate_windows set count = count - 1 where key = key_ and count > 0
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE PROCEDURE public.rapport_protect(IN tbl regclass, IN app_rights text DEFAULT 'select, insert, update, delete'::text, IN key text DEFAULT 'workspace_id'::text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format('create policy owner_rows on %s to current_user using (true) with check (true)', tbl);
  execute format(
    'create policy workspace_rows on %s to rapport_app using (%2$I = nullif(current_setting(''rapport.workspace'', true), '''')::uuid) '
    'with check (%2$I = nullif(current_setting(''rapport.workspace'', true), '''')::uuid)', tbl, key);
  execute format('grant %s on %s to rapport_app', app_rights, tbl);
end $procedure$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.rapport_take(key_ text, seconds_ bigint)
 RETURNS TABLE(used bigint, retry_after bigint)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into rate_windows as w (key, count, ends_at) values (key_, 1, clock_timestamp() + make_interval(secs => seconds_))
  on conflict (key) do update set
    count = case when w.ends_at <= clock_timestamp() then 1 else w.count + 1 end,
    ends_at = case when w.ends_at <= clock_timestamp() then excluded.ends_at else w.ends_at end
  returning w.count, greatest(1, ceil(extract(epoch from w.ends_at - clock_timestamp())))::bigint
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE PROCEDURE public.rapport_watch(IN tbl regclass, IN kind_ text, IN kept_ text[], IN quiet_ text[] DEFAULT '{}'::text[], IN key_ text DEFAULT 'id'::text, IN label_ text DEFAULT ''::text, IN on_ text[] DEFAULT '{insert,update,delete}'::text[], IN only_ text[] DEFAULT NULL::text[])
 LANGUAGE plpgsql
AS $procedure$
declare
  what_ text;
begin
  foreach what_ in array on_ loop
    execute format('create trigger audit_%s after %s on %s for each row %s execute function rapport_audit(%L, %L, %L, %L, %L)', what_, what_, tbl,
      case when what_ = 'update' then 'when (' || case when only_ is null then 'old.* is distinct from new.*'
        else (select string_agg(format('old.%1$I is distinct from new.%1$I', c), ' or ') from unnest(only_) c) end || ')' else '' end,
      kind_, key_, label_, kept_, quiet_);
  end loop;
end $procedure$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.redact_event(workspace_ uuid, seq_ bigint, words_ jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'an event belongs to the workspace of its transaction';
  end if;
  update events set data = jsonb_set(data, case when type = 'ticket.changed' then '{subject}'::text[] else '{what}' end, words_)
  where workspace_id = workspace_ and seq = seq_
    and (type = 'ticket.changed' and data ? 'subject' or starts_with(type, 'commitment.') and data ? 'what');
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.redact_event_field(workspace_ uuid, seq_ bigint, key_ text, words_ jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'an event belongs to the workspace of its transaction';
  end if;
  update events set data = jsonb_set(data, array[key_], words_)
  where workspace_id = workspace_ and seq = seq_ and type in ('ticket.changed', 'customer.changed') and starts_with(key_, 'fields.') and data ? key_;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.release_dead_jobs()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare dead text[];
begin
  select array_agg(distinct j.locked_by) into dead from graphile_worker._private_jobs j
  where j.locked_by is not null and j.locked_at < now() - interval '10 seconds' and not exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = 730412 and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid);
  if dead is null then return 0; end if;
  perform graphile_worker.force_unlock_workers(dead);
  return array_length(dead, 1);
end $function$
  -- owner rapport_owner; execute nobody else
CREATE OR REPLACE FUNCTION public.routing_due(now_ timestamp with time zone, machine_ timestamp with time zone, limit_ integer)
 RETURNS TABLE(what text, workspace_id uuid, id uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select * from (
    (select 'offer', o.workspace_id, o.id, o.expires_at as at from offers o where o.state = 'offered' and o.expires_at <= now_ order by o.expires_at limit limit_)
    union all
    (select 'gone', p.workspace_id, p.person_id, p.gone_at from presences p where p.gone_at <= machine_ order by p.gone_at limit limit_)
    union all
    (select 'back', p.workspace_id, p.person_id, p.back_at from presences p where p.back_at <= now_ order by p.back_at limit limit_)
    union all
    (select 'absence', a.workspace_id, a.id, a.look_at from absences a where a.look_at <= now_ order by a.look_at limit limit_)
    union all
    (select 'recheck', r.workspace_id, r.ticket_id, r.at from queue_rechecks r where r.at <= now_ order by r.at limit limit_)
  ) as due order by at limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.routing_stale(limit_ integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.workspace_id from routing_settings s where s.swept < s.version order by s.workspace_id limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.routing_unexpected(limit_ integer)
 RETURNS TABLE(workspace_id uuid, queue_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select distinct t.workspace_id, t.queue_id from queue_tickets t where t.state = 'waiting' and t.ahead is null order by 1, 2 limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.routing_waiting(now_ timestamp with time zone, after_ uuid, limit_ integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select distinct q.workspace_id from queues q
  where q.workspace_id > after_
    and (q.mode <> 'pull' or q.look_at is null or q.look_at <= now_)
    and (q.nobody_since is not null
      or exists (select from queue_tickets t where t.workspace_id = q.workspace_id and t.queue_id = q.id and t.state = 'waiting'))
  order by q.workspace_id limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.search_hits(workspace_ uuid, kind_ text, query_ tsquery, hidden_ boolean, since_ timestamp with time zone, until_ timestamp with time zone, before_ timestamp with time zone, before_id_ uuid, max_ integer)
 RETURNS TABLE(subject_id uuid, at timestamp with time zone, kind text, id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.search_similar(workspace_ uuid, name_ text, max_ integer)
 RETURNS TABLE(subject_id uuid, likeness real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (
      select d.workspace_id, d.subject_id, d.hidden, similarity(d.name, name_) as likeness from search_documents d where d.name % name_)
    select h.subject_id, h.likeness from hits h
    where h.workspace_id = workspace_ and not h.hidden order by h.likeness desc, h.subject_id limit max_;
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.search_stamp(workspace_ uuid, kind_ text, at_ timestamp with time zone)
 RETURNS tsvector
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select array_to_tsvector(array_agg(search_stamp_word(workspace_, kind_, level, floor(extract(epoch from at_) / 5400)::bigint >> 4 * level)))
  from generate_series(0, 4) as level
$function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.search_stamp_word(workspace_ uuid, kind_ text, level_ integer, block_ bigint)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
AS $function$
  select '@' || right(workspace_::text, 8) || case kind_ when 'customer' then 'c' else 't' end || level_::text || ':' || block_::text
$function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.search_words_like(workspace_ uuid, word_ text, max_ integer)
 RETURNS TABLE(word text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
 SET "pg_trgm.similarity_threshold" TO '0.2'
AS $function$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'a search belongs to the workspace of its transaction';
  end if;
  return query
    with hits as materialized (select w.workspace_id, w.word, similarity(w.word, word_) as likeness from search_words w where w.word % word_)
    select h.word from hits h where h.workspace_id = workspace_ and abs(length(h.word) - length(word_)) <= 2 order by h.likeness desc, h.word limit max_;
end $function$
  -- owner rapport_search; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.setup_link_create(token_hash_ bytea, expires_at_ timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into setup_links (token_hash, expires_at) values (token_hash_, expires_at_)
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.setup_link_good(token_hash_ bytea)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select not exists (select 1 from workspaces)
    and exists (select 1 from setup_links where token_hash = token_hash_ and used_at is null and expires_at > now())
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.setup_link_use(token_hash_ bytea)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  lock table setup_links in share row exclusive mode;
  if exists (select 1 from workspaces) then return false; end if;
  update setup_links set used_at = now() where token_hash = token_hash_ and used_at is null and expires_at > now();
  return found;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.sla_due(now_ timestamp with time zone, limit_ integer)
 RETURNS TABLE(workspace_id uuid, ticket_id uuid, next_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.workspace_id, s.ticket_id, s.next_at from sla_sheets s where s.next_at <= now_ order by s.next_at, s.workspace_id, s.ticket_id limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.sla_stale(limit_ integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.workspace_id from sla_rules r where r.swept < r.version order by r.workspace_id limit limit_
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.socket_ticket_use(hash_ bytea, expires_at_ timestamp with time zone, credential_ uuid)
 RETURNS TABLE(workspace_id uuid, person_id uuid, name text, role text, team_ids uuid[], kind text, scopes text[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into socket_tickets (hash, expires_at) values (hash_, expires_at_) on conflict do nothing;
  if not found then return; end if;
  return query
    select p.workspace_id, p.id, p.name, p.role,
      array(select m.team_id from team_members m where m.workspace_id = p.workspace_id and m.person_id = p.id order by 1),
      c.kind, c.scopes
    from (
      select s.workspace_id, s.person_id, 'session' as kind, null::text[] as scopes from sessions s
        where s.id = credential_ and s.revoked_at is null and s.expires_at > now()
      union all
      select t.workspace_id, t.person_id, 'token', t.scopes from api_tokens t
        where t.id = credential_ and t.revoked_at is null and t.expires_at > now()
    ) c join people p on p.workspace_id = c.workspace_id and p.id = c.person_id
    where p.deactivated_at is null;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.two_step_done(workspace_ uuid, person_ uuid, role_ text, second_step_ text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when exists (select 1 from totp_seeds t where t.workspace_id = workspace_ and t.person_id = person_ and t.confirmed_at is not null)
      or exists (select 1 from passkeys k where k.workspace_id = workspace_ and k.person_id = person_)
    then second_step_ is not null
    else not exists (select 1 from workspaces w where w.id = workspace_ and role_ = any(w.two_step_roles)) end
$function$
  -- owner rapport_owner; execute public: EXECUTE
CREATE OR REPLACE FUNCTION public.workspace_at(host_ text)
 RETURNS TABLE(id uuid, name text, language text, brand_id uuid, brand text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with own as (select w.id, w.name, w.language from workspaces w where w.public_host = host_),
  branded as (select w.id, w.name, w.language, p.id as brand_id, p.name as brand from calendar_places p join workspaces w on w.id = p.workspace_id where p.host = host_ and not exists (select from own))
  select o.id, o.name, o.language, null::uuid, null::text from own o
  union all
  select b.id, b.name, b.language, b.brand_id, b.brand from branded b
  union all
  select w.id, w.name, w.language, null::uuid, null::text from workspaces w
  where not exists (select from own) and not exists (select from branded) and (select count(*) from (select from workspaces limit 2) few) = 1
$function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.workspace_count()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select count(*) from workspaces $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.workspace_create(id_ uuid, name_ text, language_ text, at_ timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into workspaces (id, name, language, created_at) values (id_, name_, language_, at_);
  execute format('create sequence %I as bigint start 1001', 'ticket_number_' || replace(id_::text, '-', ''));
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE
CREATE OR REPLACE FUNCTION public.workspace_create_first(id_ uuid, name_ text, language_ text, at_ timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  lock table workspaces in share row exclusive mode;
  if exists (select 1 from workspaces) then return false; end if;
  perform workspace_create(id_, name_, language_, at_);
  return true;
end $function$
  -- owner rapport_owner; execute rapport_app: EXECUTE

-- Sequences -----------------------------------------------------------------------------------------------------

sequence audit_lines_seq_seq
sequence events_seq_seq

-- Tables --------------------------------------------------------------------------------------------------------

table absence_tickets (
  workspace_id uuid not null,
  absence_id uuid not null,
  ticket_id uuid not null,
  constraint absence_tickets_workspace_id_absence_id_fkey FOREIGN KEY (workspace_id, absence_id) REFERENCES absences(workspace_id, id) ON DELETE CASCADE,
  constraint absence_tickets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint absence_tickets_pkey PRIMARY KEY (workspace_id, absence_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX absence_tickets_ticket ON public.absence_tickets USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table absences (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  deputy_id uuid,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  reason text not null default ''::text,
  look_at timestamp with time zone,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  back_at timestamp with time zone,
  seen_at timestamp with time zone,
  is_open boolean not null default false,
  work text,
  constraint absences_check CHECK ((to_at > from_at)),
  constraint absences_reason_check CHECK ((length(reason) <= 200)),
  constraint absences_work_check CHECK ((work = ANY (ARRAY['deputy'::text, 'team'::text, 'stays'::text]))),
  constraint absences_workspace_id_deputy_id_fkey FOREIGN KEY (workspace_id, deputy_id) REFERENCES people(workspace_id, id),
  constraint absences_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint absences_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX absences_coming ON public.absences USING btree (workspace_id, to_at, id)
CREATE INDEX absences_deputy ON public.absences USING btree (workspace_id, deputy_id) WHERE (deputy_id IS NOT NULL)
CREATE INDEX absences_look ON public.absences USING btree (look_at) WHERE (look_at IS NOT NULL)
CREATE INDEX absences_person ON public.absences USING btree (workspace_id, person_id, to_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.absences FOR EACH ROW EXECUTE FUNCTION rapport_audit('absence', 'id', '', '{person_id,deputy_id,from_at,to_at}', '{look_at,created_by,back_at,seen_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.absences FOR EACH ROW EXECUTE FUNCTION rapport_audit('absence', 'id', '', '{person_id,deputy_id,from_at,to_at}', '{look_at,created_by,back_at,seen_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.absences FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('absence', 'id', '', '{person_id,deputy_id,from_at,to_at}', '{look_at,created_by,back_at,seen_at}')

table api_tokens (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint api_tokens_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint api_tokens_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint api_tokens_pkey PRIMARY KEY (workspace_id, id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX api_tokens_by_age ON public.api_tokens USING btree (workspace_id, person_id, created_at DESC, id DESC) WHERE (revoked_at IS NULL)
CREATE INDEX api_tokens_id ON public.api_tokens USING btree (id)
CREATE INDEX api_tokens_person ON public.api_tokens USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.api_tokens FOR EACH ROW EXECUTE FUNCTION rapport_audit('token', 'id', 'name', '{name,scopes,person_id,expires_at,revoked_at}', '{last_used_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.api_tokens FOR EACH ROW EXECUTE FUNCTION rapport_audit('token', 'id', 'name', '{name,scopes,person_id,expires_at,revoked_at}', '{last_used_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.api_tokens FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('token', 'id', 'name', '{name,scopes,person_id,expires_at,revoked_at}', '{last_used_at}')

table approval_demands (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  rule_id uuid,
  name text not null,
  reviewers jsonb not null,
  set_at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  lifted_by uuid,
  merges uuid[] not null default '{}'::uuid[],
  constraint approval_demands_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint approval_demands_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint approval_demands_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX approval_demands_ticket ON public.approval_demands USING btree (workspace_id, ticket_id, set_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_update AFTER UPDATE ON public.approval_demands FOR EACH ROW WHEN ((old.lifted_at IS DISTINCT FROM new.lifted_at)) EXECUTE FUNCTION rapport_audit('approval_demand', 'id', 'name', '{name,ticket_id,lifted_at}', '{lifted_by,set_at,merges,reviewers,rule_id}')

table approval_policies (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  enabled boolean not null,
  conditions jsonb,
  writers text[] not null,
  channels text[] not null,
  reviewers jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  place bigint not null,
  constraint approval_policies_channels_check CHECK ((cardinality(channels) > 0)),
  constraint approval_policies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint approval_policies_reviewers_check CHECK ((jsonb_typeof(reviewers) = 'object'::text)),
  constraint approval_policies_writers_check CHECK ((cardinality(writers) > 0)),
  constraint approval_policies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint approval_policies_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX approval_policies_order ON public.approval_policies USING btree (workspace_id, place, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.approval_policies FOR EACH ROW EXECUTE FUNCTION rapport_audit('approval_policy', 'id', 'name', '{name,enabled,conditions,writers,channels,reviewers}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.approval_policies FOR EACH ROW EXECUTE FUNCTION rapport_audit('approval_policy', 'id', 'name', '{name,enabled,conditions,writers,channels,reviewers}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.approval_policies FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('approval_policy', 'id', 'name', '{name,enabled,conditions,writers,channels,reviewers}', '{}')

table approval_steps (
  workspace_id uuid not null,
  approval_id uuid not null,
  number bigint not null,
  what text not null,
  person_id uuid,
  person_name text not null,
  remark text not null default ''::text,
  text text not null,
  html text,
  attachment_ids uuid[] not null default '{}'::uuid[],
  at timestamp with time zone not null,
  constraint approval_steps_remark_check CHECK ((length(remark) <= 2000)),
  constraint approval_steps_what_check CHECK ((what = ANY (ARRAY['asked'::text, 'edited'::text, 'returned'::text, 'approved'::text, 'withdrawn'::text]))),
  constraint approval_steps_workspace_id_approval_id_fkey FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals(workspace_id, id) ON DELETE CASCADE,
  constraint approval_steps_pkey PRIMARY KEY (workspace_id, approval_id, number)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table approvals (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  state text not null,
  writer_id uuid,
  writer_name text not null,
  reason text not null,
  reviewers jsonb not null,
  details jsonb not null,
  entry_id uuid,
  asked_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  version bigint not null,
  merges uuid[] not null default '{}'::uuid[],
  constraint approvals_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'chat'::text, 'forward'::text]))),
  constraint approvals_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'returned'::text, 'approved'::text, 'withdrawn'::text]))),
  constraint approvals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint approvals_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint approvals_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX approvals_ticket ON public.approvals USING btree (workspace_id, ticket_id, asked_at, id)
CREATE INDEX approvals_waiting ON public.approvals USING btree (workspace_id, asked_at, id) WHERE (state = 'waiting'::text)
CREATE INDEX approvals_writer ON public.approvals USING btree (workspace_id, writer_id, asked_at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'returned'::text]))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_categories (
  workspace_id uuid not null,
  id uuid not null,
  parent_id uuid,
  place bigint not null,
  texts jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint article_categories_texts_check CHECK ((jsonb_typeof(texts) = 'object'::text)),
  constraint article_categories_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint article_categories_workspace_id_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES article_categories(workspace_id, id),
  constraint article_categories_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_categories_parent ON public.article_categories USING btree (workspace_id, parent_id, place)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.article_categories FOR EACH ROW EXECUTE FUNCTION rapport_audit('article_category', 'id', '', '{parent_id,place,texts}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.article_categories FOR EACH ROW EXECUTE FUNCTION rapport_audit('article_category', 'id', '', '{parent_id,place,texts}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.article_categories FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('article_category', 'id', '', '{parent_id,place,texts}', '{}')

table article_documents (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null,
  state text not null,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  review_at timestamp with time zone,
  countries text[] not null,
  words text not null,
  vector tsvector not null,
  constraint article_documents_workspace_id_article_id_language_fkey FOREIGN KEY (workspace_id, article_id, language) REFERENCES article_texts(workspace_id, article_id, language) ON DELETE CASCADE,
  constraint article_documents_pkey PRIMARY KEY (workspace_id, article_id, language)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE; rapport_search: SELECT
CREATE INDEX article_documents_vector ON public.article_documents USING gin (vector)
CREATE INDEX article_documents_words ON public.article_documents USING gin (words gin_trgm_ops)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy search_rows for select to rapport_search using (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_pictures (
  workspace_id uuid not null,
  sha256 text not null,
  content_type text not null,
  size bigint not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  constraint article_pictures_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blobs(workspace_id, sha256),
  constraint article_pictures_pkey PRIMARY KEY (workspace_id, sha256)
)
  -- row security forced
  -- rapport_app: INSERT, SELECT
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_readings (
  workspace_id uuid not null,
  reader text not null,
  article_id uuid not null,
  at timestamp with time zone not null,
  constraint article_readings_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_readings_pkey PRIMARY KEY (workspace_id, reader, article_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_readings_age ON public.article_readings USING btree (at)
CREATE INDEX article_readings_article ON public.article_readings USING btree (workspace_id, article_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_synonyms (
  workspace_id uuid not null,
  id uuid not null,
  language text not null,
  words text[] not null,
  created_at timestamp with time zone not null,
  constraint article_synonyms_words_check CHECK (((cardinality(words) >= 2) AND (cardinality(words) <= 20))),
  constraint article_synonyms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint article_synonyms_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.article_synonyms FOR EACH ROW EXECUTE FUNCTION rapport_audit('article_synonyms', 'id', '', '{language,words}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.article_synonyms FOR EACH ROW EXECUTE FUNCTION rapport_audit('article_synonyms', 'id', '', '{language,words}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.article_synonyms FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('article_synonyms', 'id', '', '{language,words}', '{}')

table article_texts (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null,
  version bigint not null,
  title text not null,
  updated_at timestamp with time zone not null,
  live_version bigint,
  live_title text,
  live_summary text,
  live_html text,
  live_at timestamp with time zone,
  meaning_version bigint not null default 0,
  translates bigint,
  constraint article_texts_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint article_texts_title_check CHECK (((length(title) >= 1) AND (length(title) <= 300))),
  constraint article_texts_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_texts_pkey PRIMARY KEY (workspace_id, article_id, language)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_texts_newest ON public.article_texts USING btree (workspace_id, language, live_at DESC) WHERE (live_version IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.article_texts FOR EACH ROW EXECUTE FUNCTION rapport_audit('article', 'article_id', '', '{language,live_version}', '{title,live_title,live_summary,live_html,live_at,meaning_version}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.article_texts FOR EACH ROW WHEN ((old.live_version IS DISTINCT FROM new.live_version)) EXECUTE FUNCTION rapport_audit('article', 'article_id', '', '{language,live_version}', '{title,live_title,live_summary,live_html,live_at,meaning_version}')

table article_tickets (
  workspace_id uuid not null,
  article_id uuid not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  constraint article_tickets_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_tickets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint article_tickets_pkey PRIMARY KEY (workspace_id, article_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_tickets_latest ON public.article_tickets USING btree (workspace_id, article_id, at DESC)
CREATE INDEX article_tickets_period ON public.article_tickets USING btree (workspace_id, at)
CREATE INDEX article_tickets_ticket ON public.article_tickets USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_versions (
  workspace_id uuid not null,
  article_id uuid not null,
  language text not null,
  version bigint not null,
  title text not null,
  summary text not null,
  keywords text not null,
  html text not null,
  written_at timestamp with time zone not null,
  written_by uuid,
  restored_from bigint,
  constraint article_versions_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_versions_pkey PRIMARY KEY (workspace_id, article_id, language, version)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_views (
  workspace_id uuid not null,
  article_id uuid not null,
  day date not null,
  shown bigint not null,
  constraint article_views_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_views_pkey PRIMARY KEY (workspace_id, article_id, day)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_views_age ON public.article_views USING btree (day)
CREATE INDEX article_views_period ON public.article_views USING btree (workspace_id, day)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table article_votes (
  workspace_id uuid not null,
  article_id uuid not null,
  visitor text not null,
  language text not null,
  helped boolean not null,
  reason text,
  note text,
  at timestamp with time zone not null,
  constraint article_votes_reason_check CHECK ((reason = ANY (ARRAY['unclear'::text, 'incomplete'::text, 'wrong'::text, 'not_mine'::text, 'other'::text]))),
  constraint article_votes_workspace_id_article_id_fkey FOREIGN KEY (workspace_id, article_id) REFERENCES articles(workspace_id, id) ON DELETE CASCADE,
  constraint article_votes_pkey PRIMARY KEY (workspace_id, article_id, visitor)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX article_votes_age ON public.article_votes USING btree (at)
CREATE INDEX article_votes_period ON public.article_votes USING btree (workspace_id, at)
CREATE INDEX article_votes_time ON public.article_votes USING btree (workspace_id, article_id, at DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table articles (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  state text not null,
  source_language text not null,
  category_id uuid,
  owner_id uuid,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  countries text[] not null default '{}'::text[],
  review_every_days bigint,
  review_at timestamp with time zone,
  reviewed_at timestamp with time zone,
  reviewed_by uuid,
  helped bigint not null default 0,
  not_helped bigint not null default 0,
  used bigint not null default 0,
  created_at timestamp with time zone not null,
  created_by uuid,
  updated_at timestamp with time zone not null,
  constraint articles_review_every_days_check CHECK (((review_every_days >= 1) AND (review_every_days <= 3650))),
  constraint articles_source_language_check CHECK ((source_language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint articles_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'review'::text, 'public'::text, 'customers_only'::text, 'internal'::text]))),
  constraint articles_workspace_id_category_id_fkey FOREIGN KEY (workspace_id, category_id) REFERENCES article_categories(workspace_id, id),
  constraint articles_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint articles_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES people(workspace_id, id),
  constraint articles_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX articles_category ON public.articles USING btree (workspace_id, category_id, number)
CREATE INDEX articles_changed ON public.articles USING btree (workspace_id, updated_at DESC, id DESC)
CREATE UNIQUE INDEX articles_number ON public.articles USING btree (workspace_id, number)
CREATE INDEX articles_owner ON public.articles USING btree (workspace_id, owner_id)
CREATE INDEX articles_review ON public.articles USING btree (workspace_id, review_at, id) WHERE (review_at IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.articles FOR EACH ROW EXECUTE FUNCTION rapport_audit('article', 'id', 'number', '{number,state,category_id,owner_id,valid_from,valid_to,countries,review_every_days}', '{review_at,reviewed_at,reviewed_by,helped,not_helped,used,created_by,source_language}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.articles FOR EACH ROW EXECUTE FUNCTION rapport_audit('article', 'id', 'number', '{number,state,category_id,owner_id,valid_from,valid_to,countries,review_every_days}', '{review_at,reviewed_at,reviewed_by,helped,not_helped,used,created_by,source_language}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.articles FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('article', 'id', 'number', '{number,state,category_id,owner_id,valid_from,valid_to,countries,review_every_days}', '{review_at,reviewed_at,reviewed_by,helped,not_helped,used,created_by,source_language}')

table aside_messages (
  workspace_id uuid not null,
  id uuid not null,
  aside_id uuid not null,
  direction text not null,
  author_id uuid,
  author_name text not null,
  author_address text,
  recipients jsonb not null default '[]'::jsonb,
  text text not null,
  quoted text not null,
  file_ids uuid[] not null default '{}'::uuid[],
  message_id text,
  ledger_id uuid,
  verdict text,
  automatic boolean not null default false,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  is_indexed boolean not null default false,
  constraint aside_messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint aside_messages_workspace_id_aside_id_fkey FOREIGN KEY (workspace_id, aside_id) REFERENCES asides(workspace_id, id) ON DELETE CASCADE,
  constraint aside_messages_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX aside_messages_aside ON public.aside_messages USING btree (workspace_id, aside_id, created_at, id)
CREATE INDEX aside_messages_unindexed ON public.aside_messages USING btree (created_at, id) WHERE ((NOT is_indexed) AND (withdrawn_at IS NULL))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table aside_people (
  workspace_id uuid not null,
  aside_id uuid not null,
  address_key text not null,
  address text not null,
  name text not null,
  added_at timestamp with time zone not null,
  constraint aside_people_workspace_id_aside_id_fkey FOREIGN KEY (workspace_id, aside_id) REFERENCES asides(workspace_id, id) ON DELETE CASCADE,
  constraint aside_people_pkey PRIMARY KEY (workspace_id, aside_id, address_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table asides (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}'::uuid[],
  subject text not null,
  started_by uuid not null,
  waits boolean not null,
  created_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint asides_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint asides_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX asides_ticket ON public.asides USING btree (workspace_id, ticket_id, last_at DESC, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ask_words (
  workspace_id uuid not null,
  id uuid not null,
  ask_id uuid not null,
  author_id uuid not null,
  text text not null,
  at timestamp with time zone not null,
  constraint ask_words_workspace_id_ask_id_fkey FOREIGN KEY (workspace_id, ask_id) REFERENCES asks(workspace_id, id) ON DELETE CASCADE,
  constraint ask_words_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES people(workspace_id, id),
  constraint ask_words_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ask_words_ask ON public.ask_words USING btree (workspace_id, ask_id, at, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table asks (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}'::uuid[],
  asked_by uuid not null,
  asked_id uuid not null,
  created_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint asks_check CHECK ((asked_id <> asked_by)),
  constraint asks_workspace_id_asked_by_fkey FOREIGN KEY (workspace_id, asked_by) REFERENCES people(workspace_id, id),
  constraint asks_workspace_id_asked_id_fkey FOREIGN KEY (workspace_id, asked_id) REFERENCES people(workspace_id, id),
  constraint asks_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint asks_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX asks_asked ON public.asks USING btree (workspace_id, asked_id, last_at DESC, id) WHERE (closed_at IS NULL)
CREATE INDEX asks_by ON public.asks USING btree (workspace_id, asked_by, last_at DESC, id) WHERE (closed_at IS NULL)
CREATE INDEX asks_ticket ON public.asks USING btree (workspace_id, ticket_id, last_at DESC, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table attachment_words (
  workspace_id uuid not null,
  attachment_id uuid not null,
  text text not null,
  constraint attachment_words_workspace_id_attachment_id_fkey FOREIGN KEY (workspace_id, attachment_id) REFERENCES attachments(workspace_id, id) ON DELETE CASCADE,
  constraint attachment_words_pkey PRIMARY KEY (workspace_id, attachment_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table attachments (
  workspace_id uuid not null,
  id uuid not null,
  entry_id uuid,
  uploaded_by uuid,
  name text not null,
  content_type text not null,
  size bigint not null,
  sha256 text not null,
  content_id text,
  created_at timestamp with time zone not null,
  kept boolean not null default false,
  words_due boolean not null default true,
  words_tries bigint not null default 0,
  constraint attachments_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
  constraint attachments_size_check CHECK ((size >= 0)),
  constraint attachments_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id) ON DELETE CASCADE,
  constraint attachments_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blobs(workspace_id, sha256),
  constraint attachments_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX attachments_blob ON public.attachments USING btree (workspace_id, sha256)
CREATE INDEX attachments_entry ON public.attachments USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE INDEX attachments_loose ON public.attachments USING btree (created_at) WHERE (entry_id IS NULL)
CREATE INDEX attachments_loose_by_person ON public.attachments USING btree (workspace_id, uploaded_by, created_at) WHERE (entry_id IS NULL)
CREATE INDEX attachments_words_due ON public.attachments USING btree (created_at, id) WHERE (words_due AND (entry_id IS NOT NULL) AND ((content_type = ANY (ARRAY['application/pdf'::text, 'text/plain'::text, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'::text])) OR (lower(name) ~ '\.(pdf|docx|txt)$'::text)))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER words_changed BEFORE UPDATE OF sha256 ON public.attachments FOR EACH ROW WHEN ((old.sha256 IS DISTINCT FROM new.sha256)) EXECUTE FUNCTION attachment_words_gone()
CREATE TRIGGER words_gone BEFORE DELETE ON public.attachments FOR EACH ROW WHEN ((NOT old.words_due)) EXECUTE FUNCTION attachment_words_gone()

table audit_lines (
  workspace_id uuid not null,
  seq bigint not null generated always as identity,
  at timestamp with time zone not null default date_trunc('milliseconds'::text, clock_timestamp()),
  actor_kind text not null,
  actor_id uuid,
  token_id uuid,
  address text not null default ''::text,
  operation text not null default ''::text,
  request text not null default ''::text,
  action text not null,
  kind text not null,
  thing text not null default ''::text,
  label text not null default ''::text,
  changes jsonb not null default '{}'::jsonb,
  once text,
  constraint audit_lines_action_check CHECK ((action = ANY (ARRAY['created'::text, 'changed'::text, 'removed'::text, 'used'::text, 'refused'::text, 'exported'::text]))),
  constraint audit_lines_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'guest'::text, 'system'::text]))),
  constraint audit_lines_changes_check CHECK ((jsonb_typeof(changes) = 'object'::text)),
  constraint audit_lines_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint audit_lines_pkey PRIMARY KEY (workspace_id, seq)
)
  -- row security forced
  -- rapport_app: INSERT, SELECT
CREATE INDEX audit_lines_actor ON public.audit_lines USING btree (workspace_id, actor_id, at, seq)
CREATE INDEX audit_lines_age ON public.audit_lines USING btree (at)
CREATE INDEX audit_lines_kind ON public.audit_lines USING btree (workspace_id, kind, at, seq)
CREATE UNIQUE INDEX audit_lines_once ON public.audit_lines USING btree (workspace_id, once) WHERE (once IS NOT NULL)
CREATE INDEX audit_lines_thing ON public.audit_lines USING btree (workspace_id, thing, at, seq)
CREATE INDEX audit_lines_time ON public.audit_lines USING btree (workspace_id, at, seq)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table blobs (
  workspace_id uuid not null,
  sha256 text not null,
  size bigint not null,
  bytes bytea,
  created_at timestamp with time zone not null default now(),
  constraint blobs_sha256_check CHECK ((length(sha256) = 64)),
  constraint blobs_size_check CHECK ((size >= 0)),
  constraint blobs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint blobs_pkey PRIMARY KEY (workspace_id, sha256)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT
CREATE INDEX blobs_age ON public.blobs USING btree (created_at)
CREATE INDEX blobs_on_disk ON public.blobs USING btree (sha256) WHERE (bytes IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table bulk_items (
  workspace_id uuid not null,
  run_id uuid not null,
  ticket_id uuid not null,
  place bigint not null,
  state text not null,
  queued_at timestamp with time zone,
  code text,
  detail text,
  undo jsonb,
  constraint bulk_items_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'unchanged'::text, 'failed'::text, 'stopped'::text, 'undoing'::text, 'undone'::text, 'kept'::text]))),
  constraint bulk_items_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES bulk_runs(workspace_id, id) ON DELETE CASCADE,
  constraint bulk_items_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint bulk_items_pkey PRIMARY KEY (workspace_id, run_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX bulk_items_queue ON public.bulk_items USING btree (queued_at, run_id, place) WHERE (queued_at IS NOT NULL)
CREATE INDEX bulk_items_state ON public.bulk_items USING btree (workspace_id, run_id, state, place)
CREATE INDEX bulk_items_ticket ON public.bulk_items USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table bulk_runs (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  scopes text[],
  actions jsonb not null,
  total bigint not null,
  begun_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  undone_at timestamp with time zone,
  constraint bulk_runs_actions_check CHECK ((jsonb_typeof(actions) = 'array'::text)),
  constraint bulk_runs_total_check CHECK ((total > 0)),
  constraint bulk_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint bulk_runs_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint bulk_runs_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX bulk_runs_age ON public.bulk_runs USING btree (workspace_id, begun_at)
CREATE INDEX bulk_runs_person ON public.bulk_runs USING btree (workspace_id, person_id, begun_at, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table calendar_days (
  workspace_id uuid not null,
  calendar_id uuid not null,
  id uuid not null,
  date text not null,
  name text,
  names jsonb,
  hours jsonb,
  closed_from text,
  source_date text,
  source_from text,
  removed boolean not null default false,
  changed_at timestamp with time zone,
  changed_by uuid,
  constraint calendar_days_check CHECK (((source_date IS NULL) = (names IS NULL))),
  constraint calendar_days_check1 CHECK (((name IS NOT NULL) OR (names IS NOT NULL))),
  constraint calendar_days_check2 CHECK (((hours IS NULL) OR (closed_from IS NULL))),
  constraint calendar_days_date_check CHECK ((date ~ '^\d{4}-\d\d-\d\d$'::text)),
  constraint calendar_days_hours_check CHECK ((jsonb_typeof(hours) = 'array'::text)),
  constraint calendar_days_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint calendar_days_names_check CHECK ((jsonb_typeof(names) = 'object'::text)),
  constraint calendar_days_source_date_check CHECK ((source_date ~ '^\d{4}-\d\d-\d\d$'::text)),
  constraint calendar_days_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_days_workspace_id_changed_by_fkey FOREIGN KEY (workspace_id, changed_by) REFERENCES people(workspace_id, id),
  constraint calendar_days_pkey PRIMARY KEY (workspace_id, calendar_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX calendar_days_date ON public.calendar_days USING btree (workspace_id, calendar_id, date)
CREATE UNIQUE INDEX calendar_days_own ON public.calendar_days USING btree (workspace_id, calendar_id, date) WHERE (source_date IS NULL)
CREATE INDEX calendar_days_person ON public.calendar_days USING btree (workspace_id, changed_by) WHERE (changed_by IS NOT NULL)
CREATE UNIQUE INDEX calendar_days_source ON public.calendar_days USING btree (workspace_id, calendar_id, source_date) WHERE (source_date IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.calendar_days FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar_day', 'id', 'name', '{calendar_id,date,name,names,hours,closed_from,removed}', '{changed_at,changed_by,source_date,source_from}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.calendar_days FOR EACH ROW WHEN ((new.source_date IS NULL)) EXECUTE FUNCTION rapport_audit('calendar_day', 'id', 'name', '{calendar_id,date,name,names,hours,closed_from}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.calendar_days FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('calendar_day', 'id', 'name', '{calendar_id,date,name,names,hours,closed_from,removed}', '{changed_at,changed_by,source_date,source_from}')

table calendar_place_members (
  workspace_id uuid not null,
  place_id uuid not null,
  id uuid not null,
  team_id uuid,
  mailbox_id uuid,
  widget_id uuid,
  constraint calendar_place_members_one CHECK ((num_nonnulls(team_id, mailbox_id, widget_id) = 1)),
  constraint calendar_place_members_mailbox FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_place_members_team FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_place_members_widget FOREIGN KEY (workspace_id, widget_id) REFERENCES chat_widgets(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_place_members_workspace_id_place_id_fkey FOREIGN KEY (workspace_id, place_id) REFERENCES calendar_places(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_place_members_pkey PRIMARY KEY (workspace_id, place_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX calendar_place_members_mailbox ON public.calendar_place_members USING btree (workspace_id, mailbox_id) WHERE (mailbox_id IS NOT NULL)
CREATE INDEX calendar_place_members_team ON public.calendar_place_members USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
CREATE INDEX calendar_place_members_widget ON public.calendar_place_members USING btree (workspace_id, widget_id) WHERE (widget_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.calendar_place_members FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar_place', 'place_id', '', '{team_id,mailbox_id,widget_id}', '{id}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.calendar_place_members FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar_place', 'place_id', '', '{team_id,mailbox_id,widget_id}', '{id}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.calendar_place_members FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('calendar_place', 'place_id', '', '{team_id,mailbox_id,widget_id}', '{id}')

table calendar_places (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  name text,
  channel text,
  calendar_id uuid,
  created_at timestamp with time zone not null,
  has_pages boolean not null default false,
  host text,
  constraint calendar_places_channel_check CHECK (((length(channel) >= 1) AND (length(channel) <= 20))),
  constraint calendar_places_check CHECK (((name IS NOT NULL) = (kind = ANY (ARRAY['office'::text, 'brand'::text])))),
  constraint calendar_places_check1 CHECK (((channel IS NOT NULL) = (kind = ANY (ARRAY['team_channel'::text, 'channel'::text])))),
  constraint calendar_places_check2 CHECK (((NOT has_pages) OR (kind = 'brand'::text))),
  constraint calendar_places_check3 CHECK (((host IS NULL) OR ((kind = 'brand'::text) AND ((length(host) >= 1) AND (length(host) <= 253)) AND (host = lower(host))))),
  constraint calendar_places_hours CHECK (((calendar_id IS NOT NULL) OR (kind = ANY (ARRAY['office'::text, 'brand'::text])))),
  constraint calendar_places_kind_check CHECK ((kind = ANY (ARRAY['team_channel'::text, 'team'::text, 'office'::text, 'brand'::text, 'channel'::text]))),
  constraint calendar_places_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint calendar_places_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id),
  constraint calendar_places_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX calendar_places_calendar ON public.calendar_places USING btree (workspace_id, calendar_id)
CREATE UNIQUE INDEX calendar_places_host ON public.calendar_places USING btree (host) WHERE (host IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.calendar_places FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar_place', 'id', 'name', '{kind,name,channel,calendar_id,has_pages,host}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.calendar_places FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar_place', 'id', 'name', '{kind,name,channel,calendar_id,has_pages,host}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.calendar_places FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('calendar_place', 'id', 'name', '{kind,name,channel,calendar_id,has_pages,host}', '{}')
CREATE TRIGGER host_is_free BEFORE INSERT OR UPDATE OF host ON public.calendar_places FOR EACH ROW EXECUTE FUNCTION host_is_free()

table calendars (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  time_zone text not null,
  week jsonb not null,
  closures jsonb not null default '[]'::jsonb,
  is_default boolean not null default false,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  observes jsonb,
  public_until bigint,
  public_edition text,
  constraint calendars_closures_check CHECK ((jsonb_typeof(closures) = 'array'::text)),
  constraint calendars_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint calendars_observes_check CHECK ((jsonb_typeof(observes) = 'object'::text)),
  constraint calendars_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 60))),
  constraint calendars_week_check CHECK ((jsonb_typeof(week) = 'object'::text)),
  constraint calendars_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint calendars_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX calendars_default ON public.calendars USING btree (workspace_id) WHERE is_default
CREATE UNIQUE INDEX calendars_name ON public.calendars USING btree (workspace_id, lower(name))
CREATE INDEX calendars_observing ON public.calendars USING btree (public_until) WHERE (observes IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.calendars FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar', 'id', 'name', '{name,time_zone,week,closures,is_default,observes}', '{public_until,public_edition}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.calendars FOR EACH ROW EXECUTE FUNCTION rapport_audit('calendar', 'id', 'name', '{name,time_zone,week,closures,is_default,observes}', '{public_until,public_edition}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.calendars FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('calendar', 'id', 'name', '{name,time_zone,week,closures,is_default,observes}', '{public_until,public_edition}')

table charters (
  workspace_id uuid not null,
  published boolean not null,
  figures boolean not null,
  intro jsonb not null,
  limits jsonb not null,
  lines jsonb not null,
  updated_at timestamp with time zone not null,
  constraint charters_intro_check CHECK ((jsonb_typeof(intro) = 'object'::text)),
  constraint charters_limits_check CHECK ((jsonb_typeof(limits) = 'object'::text)),
  constraint charters_lines_check CHECK ((jsonb_typeof(lines) = 'array'::text)),
  constraint charters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint charters_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.charters FOR EACH ROW EXECUTE FUNCTION rapport_audit('charter', 'workspace_id', '', '{published,figures,intro,limits}', '{lines}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.charters FOR EACH ROW EXECUTE FUNCTION rapport_audit('charter', 'workspace_id', '', '{published,figures,intro,limits}', '{lines}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.charters FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('charter', 'workspace_id', '', '{published,figures,intro,limits}', '{lines}')

table chat_bans (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  network text,
  name text not null,
  reason text not null default ''::text,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  network_until timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint chat_bans_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint chat_bans_workspace_id_visitor_id_fkey FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors(workspace_id, id) ON DELETE CASCADE,
  constraint chat_bans_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_bans_network ON public.chat_bans USING btree (workspace_id, network) WHERE (network IS NOT NULL)
CREATE INDEX chat_bans_newest ON public.chat_bans USING btree (workspace_id, created_at DESC, id DESC)
CREATE INDEX chat_bans_person ON public.chat_bans USING btree (workspace_id, person_id)
CREATE INDEX chat_bans_visitor ON public.chat_bans USING btree (workspace_id, visitor_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.chat_bans FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_ban', 'id', '', '{ends_at,network_until}', '{person_id}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.chat_bans FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_ban', 'id', '', '{ends_at,network_until}', '{person_id}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.chat_bans FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('chat_ban', 'id', '', '{ends_at,network_until}', '{person_id}')

table chat_conversations (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  ticket_id uuid not null,
  first_ticket_id uuid not null,
  state text not null,
  is_message boolean not null default false,
  agent_id uuid,
  ended_by text,
  ended_at timestamp with time zone,
  began_at timestamp with time zone not null,
  first_reply_at timestamp with time zone,
  first_reply_seconds bigint,
  rating bigint,
  rating_comment text not null default ''::text,
  step text not null default 'waiting'::text,
  next_at timestamp with time zone,
  mail_at timestamp with time zone,
  mailed_seq bigint not null default 0,
  transcript_at timestamp with time zone,
  started_at timestamp with time zone not null,
  call jsonb,
  constraint chat_conversations_ended_by_check CHECK ((ended_by = ANY (ARRAY['visitor'::text, 'agent'::text, 'idle'::text]))),
  constraint chat_conversations_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
  constraint chat_conversations_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'ended'::text]))),
  constraint chat_conversations_workspace_id_agent_id_fkey FOREIGN KEY (workspace_id, agent_id) REFERENCES people(workspace_id, id),
  constraint chat_conversations_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint chat_conversations_workspace_id_visitor_id_fkey FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors(workspace_id, id),
  constraint chat_conversations_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced; fillfactor=80
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_conversations_agent ON public.chat_conversations USING btree (workspace_id, agent_id) WHERE ((agent_id IS NOT NULL) AND (state <> 'ended'::text))
CREATE INDEX chat_conversations_first ON public.chat_conversations USING btree (workspace_id, first_ticket_id)
CREATE INDEX chat_conversations_mail ON public.chat_conversations USING btree (mail_at) WHERE (mail_at IS NOT NULL)
CREATE INDEX chat_conversations_next ON public.chat_conversations USING btree (next_at) WHERE (next_at IS NOT NULL)
CREATE UNIQUE INDEX chat_conversations_open ON public.chat_conversations USING btree (workspace_id, visitor_id) WHERE (state <> 'ended'::text)
CREATE INDEX chat_conversations_replied ON public.chat_conversations USING btree (workspace_id, first_reply_at) INCLUDE (first_reply_seconds) WHERE (first_reply_at IS NOT NULL)
CREATE INDEX chat_conversations_ticket ON public.chat_conversations USING btree (workspace_id, ticket_id, started_at)
CREATE INDEX chat_conversations_visitor ON public.chat_conversations USING btree (workspace_id, visitor_id, started_at)
CREATE INDEX chat_conversations_waiting ON public.chat_conversations USING btree (workspace_id, began_at) WHERE (state = 'waiting'::text)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table chat_messages (
  workspace_id uuid not null,
  visitor_id uuid not null,
  seq bigint not null,
  id uuid not null,
  conversation_id uuid not null,
  entry_id uuid,
  client_id text,
  notice text,
  data jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null,
  choices jsonb not null default '[]'::jsonb,
  constraint chat_messages_check CHECK (((entry_id IS NULL) <> (notice IS NULL))),
  constraint chat_messages_client_id_check CHECK (((length(client_id) >= 8) AND (length(client_id) <= 64))),
  constraint chat_messages_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES chat_conversations(workspace_id, id),
  constraint chat_messages_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id) ON DELETE CASCADE,
  constraint chat_messages_workspace_id_visitor_id_fkey FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors(workspace_id, id),
  constraint chat_messages_pkey PRIMARY KEY (workspace_id, visitor_id, seq)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX chat_messages_client ON public.chat_messages USING btree (workspace_id, visitor_id, client_id) WHERE (client_id IS NOT NULL)
CREATE INDEX chat_messages_conversation ON public.chat_messages USING btree (workspace_id, conversation_id, seq)
CREATE UNIQUE INDEX chat_messages_entry ON public.chat_messages USING btree (workspace_id, visitor_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE INDEX chat_messages_of_entry ON public.chat_messages USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table chat_secrets (
  workspace_id uuid not null,
  id uuid not null,
  widget_id uuid not null,
  algorithm text not null,
  secret sealed,
  public_key text,
  created_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  constraint chat_secrets_algorithm_check CHECK ((algorithm = ANY (ARRAY['HS256'::text, 'ES256'::text]))),
  constraint chat_secrets_check CHECK ((((secret IS NULL) = (algorithm = 'ES256'::text)) AND ((public_key IS NULL) = (algorithm = 'HS256'::text)))),
  constraint chat_secrets_workspace_id_widget_id_fkey FOREIGN KEY (workspace_id, widget_id) REFERENCES chat_widgets(workspace_id, id) ON DELETE CASCADE,
  constraint chat_secrets_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_secrets_widget ON public.chat_secrets USING btree (workspace_id, widget_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.chat_secrets FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_secret', 'widget_id', '', '{widget_id,algorithm,ends_at}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.chat_secrets FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_secret', 'widget_id', '', '{widget_id,algorithm,ends_at}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.chat_secrets FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('chat_secret', 'widget_id', '', '{widget_id,algorithm,ends_at}', '{}')

table chat_sessions (
  workspace_id uuid not null,
  secret_hash bytea not null,
  visitor_id uuid not null,
  expires_at timestamp with time zone,
  used_at timestamp with time zone not null,
  constraint chat_sessions_workspace_id_visitor_id_fkey FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors(workspace_id, id) ON DELETE CASCADE,
  constraint chat_sessions_pkey PRIMARY KEY (workspace_id, secret_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_sessions_expired ON public.chat_sessions USING btree (expires_at) WHERE (expires_at IS NOT NULL)
CREATE UNIQUE INDEX chat_sessions_secret ON public.chat_sessions USING btree (secret_hash)
CREATE INDEX chat_sessions_visitor ON public.chat_sessions USING btree (workspace_id, visitor_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table chat_uploads (
  workspace_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  sha256 text not null,
  size bigint not null,
  name text not null,
  content_type text not null,
  created_at timestamp with time zone not null,
  constraint chat_uploads_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blobs(workspace_id, sha256),
  constraint chat_uploads_workspace_id_visitor_id_fkey FOREIGN KEY (workspace_id, visitor_id) REFERENCES chat_visitors(workspace_id, id) ON DELETE CASCADE,
  constraint chat_uploads_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_uploads_age ON public.chat_uploads USING btree (created_at)
CREATE INDEX chat_uploads_file ON public.chat_uploads USING btree (workspace_id, sha256)
CREATE INDEX chat_uploads_visitor ON public.chat_uploads USING btree (workspace_id, visitor_id, created_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table chat_visitors (
  workspace_id uuid not null,
  id uuid not null,
  widget_id uuid not null,
  customer_id uuid,
  subject text,
  name text not null default ''::text,
  email text,
  attributes jsonb not null default '{}'::jsonb,
  proven_attributes jsonb not null default '{}'::jsonb,
  language text,
  do_not_disturb boolean not null default false,
  page jsonb,
  pages jsonb not null default '[]'::jsonb,
  seq bigint not null default 0,
  delivered_seq bigint not null default 0,
  read_seq bigint not null default 0,
  taken_seq bigint not null default 0,
  seen_seq bigint not null default 0,
  here_at timestamp with time zone,
  signed_out_at timestamp with time zone,
  network text,
  created_at timestamp with time zone not null,
  home_id uuid,
  time_zone text,
  constraint chat_visitors_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200))),
  constraint chat_visitors_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 60))),
  constraint chat_visitors_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint chat_visitors_workspace_id_widget_id_fkey FOREIGN KEY (workspace_id, widget_id) REFERENCES chat_widgets(workspace_id, id) ON DELETE CASCADE,
  constraint chat_visitors_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced; fillfactor=80
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_visitors_customer ON public.chat_visitors USING btree (workspace_id, customer_id) WHERE (customer_id IS NOT NULL)
CREATE INDEX chat_visitors_silent ON public.chat_visitors USING btree (created_at) WHERE (customer_id IS NULL)
CREATE UNIQUE INDEX chat_visitors_subject ON public.chat_visitors USING btree (workspace_id, widget_id, subject) WHERE (subject IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table chat_widgets (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  off_at timestamp with time zone,
  sites text[] not null default '{}'::text[],
  colour text not null default '#3b4cca'::text,
  "position" text not null default 'end'::text,
  offset_pixels bigint not null default 20,
  greeting jsonb not null default '{}'::jsonb,
  calendar_id uuid,
  team_id uuid,
  allows_guests boolean not null default true,
  pre_chat jsonb not null default '[]'::jsonb,
  proactive jsonb not null default '[]'::jsonb,
  idle_minutes bigint not null default 5,
  close_minutes bigint not null default 5,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  choices jsonb not null default '[]'::jsonb,
  offers_calls boolean not null default false,
  intake_kinds text[] not null default '{}'::text[],
  constraint chat_widgets_intake_kinds_check CHECK ((intake_kinds <@ ARRAY['question'::text, 'information_request'::text, 'service_request'::text, 'claim'::text, 'complaint'::text, 'suggestion'::text, 'praise'::text])),
  constraint chat_widgets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint chat_widgets_position_check CHECK (("position" = ANY (ARRAY['end'::text, 'start'::text]))),
  constraint chat_widgets_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id),
  constraint chat_widgets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint chat_widgets_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint chat_widgets_pkey PRIMARY KEY (workspace_id, id),
  constraint chat_widgets_id_key UNIQUE (id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX chat_widgets_calendar ON public.chat_widgets USING btree (workspace_id, calendar_id) WHERE (calendar_id IS NOT NULL)
CREATE UNIQUE INDEX chat_widgets_name ON public.chat_widgets USING btree (workspace_id, lower(name)) WHERE (deleted_at IS NULL)
CREATE INDEX chat_widgets_team ON public.chat_widgets USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.chat_widgets FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_widget', 'id', 'name', '{name,off_at,sites,colour,position,offset_pixels,greeting,calendar_id,team_id,allows_guests,pre_chat,proactive,idle_minutes,close_minutes,deleted_at,choices,offers_calls,intake_kinds}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.chat_widgets FOR EACH ROW EXECUTE FUNCTION rapport_audit('chat_widget', 'id', 'name', '{name,off_at,sites,colour,position,offset_pixels,greeting,calendar_id,team_id,allows_guests,pre_chat,proactive,idle_minutes,close_minutes,deleted_at,choices,offers_calls,intake_kinds}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.chat_widgets FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('chat_widget', 'id', 'name', '{name,off_at,sites,colour,position,offset_pixels,greeting,calendar_id,team_id,allows_guests,pre_chat,proactive,idle_minutes,close_minutes,deleted_at,choices,offers_calls,intake_kinds}', '{}')

table checklist_items (
  workspace_id uuid not null,
  id uuid not null,
  checklist_id uuid not null,
  place bigint not null,
  text text not null,
  done_at timestamp with time zone,
  done_by uuid,
  owner_id uuid,
  due_at timestamp with time zone,
  constraint checklist_items_text_check CHECK (((length(text) >= 1) AND (length(text) <= 500))),
  constraint checklist_items_owner_person_id FOREIGN KEY (workspace_id, owner_id) REFERENCES people(workspace_id, id),
  constraint checklist_items_workspace_id_checklist_id_fkey FOREIGN KEY (workspace_id, checklist_id) REFERENCES checklists(workspace_id, id) ON DELETE CASCADE,
  constraint checklist_items_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX checklist_items_list ON public.checklist_items USING btree (workspace_id, checklist_id, place)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table checklist_templates (
  workspace_id uuid not null,
  id uuid not null,
  team_id uuid,
  name text not null,
  items text[] not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint checklist_templates_items_check CHECK (((cardinality(items) >= 1) AND (cardinality(items) <= 50))),
  constraint checklist_templates_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint checklist_templates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint checklist_templates_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint checklist_templates_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX checklist_templates_name ON public.checklist_templates USING btree (workspace_id, name, id)
CREATE INDEX checklist_templates_team ON public.checklist_templates USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.checklist_templates FOR EACH ROW EXECUTE FUNCTION rapport_audit('checklist_template', 'id', 'name', '{name,team_id,items}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.checklist_templates FOR EACH ROW EXECUTE FUNCTION rapport_audit('checklist_template', 'id', 'name', '{name,team_id,items}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.checklist_templates FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('checklist_template', 'id', 'name', '{name,team_id,items}', '{}')

table checklists (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  template_id uuid,
  name text not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  finished_at timestamp with time zone,
  merges uuid[] not null default '{}'::uuid[],
  constraint checklists_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint checklists_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint checklists_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint checklists_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX checklists_ticket ON public.checklists USING btree (workspace_id, ticket_id, created_at, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table commitments (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  entry_id uuid,
  customer_id uuid not null,
  kind text not null,
  what text not null,
  owner_id uuid not null,
  team_id uuid,
  due_at timestamp with time zone not null,
  whole_day boolean not null default false,
  soon_at timestamp with time zone not null,
  next_at timestamp with time zone,
  state text not null,
  is_open boolean not null generated always as ((state = ANY (ARRAY['made'::text, 'due_soon'::text, 'broken'::text]))),
  made_at timestamp with time zone not null,
  made_by uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  note text not null default ''::text,
  withdrawn text,
  previous_id uuid,
  told_at timestamp with time zone,
  told_in uuid,
  apology_for uuid,
  asleep boolean not null default false,
  merges uuid[] not null default '{}'::uuid[],
  version bigint not null default 1,
  telling text,
  stands_for uuid,
  kept_in uuid,
  home_id uuid,
  constraint commitments_kind_check CHECK ((kind = ANY (ARRAY['callback'::text, 'information'::text, 'refund'::text, 'follow_up'::text, 'other'::text, 'apology'::text, 'answer'::text]))),
  constraint commitments_note_check CHECK ((length(note) <= 500)),
  constraint commitments_state_check CHECK ((state = ANY (ARRAY['made'::text, 'due_soon'::text, 'broken'::text, 'kept'::text, 'renegotiated'::text, 'withdrawn'::text]))),
  constraint commitments_telling_check CHECK ((telling = ANY (ARRAY['mail'::text, 'reply'::text, 'told'::text]))),
  constraint commitments_what_check CHECK (((length(what) >= 1) AND (length(what) <= 500))),
  constraint commitments_withdrawn_check CHECK ((withdrawn = ANY (ARRAY['customer'::text, 'colleague'::text, 'not_sent'::text]))),
  constraint commitments_owner_person_id FOREIGN KEY (workspace_id, owner_id) REFERENCES people(workspace_id, id),
  constraint commitments_stands_for_person_id FOREIGN KEY (workspace_id, stands_for) REFERENCES people(workspace_id, id),
  constraint commitments_workspace_id_apology_for_fkey FOREIGN KEY (workspace_id, apology_for) REFERENCES commitments(workspace_id, id),
  constraint commitments_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint commitments_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id),
  constraint commitments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint commitments_workspace_id_previous_id_fkey FOREIGN KEY (workspace_id, previous_id) REFERENCES commitments(workspace_id, id),
  constraint commitments_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint commitments_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint commitments_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX commitments_apology ON public.commitments USING btree (workspace_id, apology_for) WHERE (apology_for IS NOT NULL)
CREATE INDEX commitments_customer ON public.commitments USING btree (workspace_id, customer_id)
CREATE INDEX commitments_due ON public.commitments USING btree (workspace_id, due_at) WHERE (kind <> 'apology'::text)
CREATE INDEX commitments_ended ON public.commitments USING btree (workspace_id, ended_at DESC, id DESC) WHERE (ended_at IS NOT NULL)
CREATE INDEX commitments_entry ON public.commitments USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE INDEX commitments_kept_in ON public.commitments USING btree (workspace_id, kept_in) WHERE (kept_in IS NOT NULL)
CREATE INDEX commitments_next ON public.commitments USING btree (next_at, id) WHERE ((next_at IS NOT NULL) AND (NOT asleep))
CREATE INDEX commitments_open ON public.commitments USING btree (workspace_id, due_at, id) WHERE (is_open AND (NOT asleep))
CREATE INDEX commitments_owner_ended ON public.commitments USING btree (workspace_id, owner_id, ended_at DESC, id DESC) WHERE (ended_at IS NOT NULL)
CREATE INDEX commitments_owner_open ON public.commitments USING btree (workspace_id, owner_id, due_at, id) WHERE (is_open AND (NOT asleep))
CREATE UNIQUE INDEX commitments_previous ON public.commitments USING btree (workspace_id, previous_id) WHERE (previous_id IS NOT NULL)
CREATE INDEX commitments_stands_for ON public.commitments USING btree (workspace_id, stands_for) WHERE (stands_for IS NOT NULL)
CREATE INDEX commitments_team_ended ON public.commitments USING btree (workspace_id, team_id, ended_at DESC, id DESC) WHERE (ended_at IS NOT NULL)
CREATE INDEX commitments_team_open ON public.commitments USING btree (workspace_id, team_id, due_at, id) WHERE (is_open AND (NOT asleep))
CREATE INDEX commitments_ticket ON public.commitments USING btree (workspace_id, ticket_id, due_at)
CREATE INDEX commitments_told_in ON public.commitments USING btree (workspace_id, told_in) WHERE (told_in IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table companies (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  address text not null default ''::text,
  vat_id text not null default ''::text,
  notes text not null default ''::text,
  is_key_account boolean not null default false,
  sight text not null default 'nobody'::text,
  may_answer boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  fields jsonb not null default '{}'::jsonb,
  constraint companies_address_check CHECK ((length(address) <= 1000)),
  constraint companies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  constraint companies_notes_check CHECK ((length(notes) <= 20000)),
  constraint companies_sight_check CHECK ((sight = ANY (ARRAY['nobody'::text, 'contacts'::text, 'everybody'::text]))),
  constraint companies_vat_id_check CHECK ((length(vat_id) <= 40)),
  constraint companies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint companies_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX companies_by_name ON public.companies USING btree (workspace_id, name_key) WHERE (removed_at IS NULL)
CREATE INDEX companies_recent ON public.companies USING btree (workspace_id, updated_at DESC, id DESC) WHERE (removed_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.companies FOR EACH ROW EXECUTE FUNCTION rapport_audit('company', 'id', '', '{is_key_account,sight,may_answer,removed_at}', '{name_key}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.companies FOR EACH ROW EXECUTE FUNCTION rapport_audit('company', 'id', '', '{is_key_account,sight,may_answer,removed_at}', '{name_key}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.companies FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('company', 'id', '', '{is_key_account,sight,may_answer,removed_at}', '{name_key}')

table company_domains (
  workspace_id uuid not null,
  domain text not null,
  company_id uuid not null,
  created_at timestamp with time zone not null,
  constraint company_domains_domain_check CHECK (((length(domain) >= 3) AND (length(domain) <= 253))),
  constraint company_domains_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES companies(workspace_id, id),
  constraint company_domains_pkey PRIMARY KEY (workspace_id, domain)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX company_domains_company ON public.company_domains USING btree (workspace_id, company_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.company_domains FOR EACH ROW EXECUTE FUNCTION rapport_audit('company', 'company_id', '', '{domain}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.company_domains FOR EACH ROW EXECUTE FUNCTION rapport_audit('company', 'company_id', '', '{domain}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.company_domains FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('company', 'company_id', '', '{domain}', '{}')

table company_members (
  workspace_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  membership text not null,
  is_contact boolean not null default false,
  by_id uuid not null,
  at timestamp with time zone not null,
  home_id uuid,
  constraint company_members_membership_check CHECK ((membership = ANY (ARRAY['added'::text, 'removed'::text, 'as_proven'::text]))),
  constraint company_members_workspace_id_by_id_fkey FOREIGN KEY (workspace_id, by_id) REFERENCES people(workspace_id, id),
  constraint company_members_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES companies(workspace_id, id),
  constraint company_members_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint company_members_pkey PRIMARY KEY (workspace_id, company_id, customer_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX company_members_by ON public.company_members USING btree (workspace_id, by_id)
CREATE INDEX company_members_customer ON public.company_members USING btree (workspace_id, customer_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.company_members FOR EACH ROW EXECUTE FUNCTION rapport_audit('company', 'company_id', '', '{customer_id,membership,is_contact}', '{by_id,at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.company_members FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('company', 'company_id', '', '{customer_id,membership,is_contact}', '{by_id,at}')

table customer_flags (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  home_id uuid,
  flag text not null,
  reason text not null,
  contact text not null default ''::text,
  review_on date,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint customer_flags_contact_check CHECK ((length(contact) <= 500)),
  constraint customer_flags_flag_check CHECK ((flag = ANY (ARRAY['vip'::text, 'vulnerable'::text, 'lawyer_only'::text, 'abusive'::text, 'do_not_call'::text, 'minor'::text, 'represented'::text]))),
  constraint customer_flags_reason_check CHECK ((length(reason) <= 1000)),
  constraint customer_flags_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint customer_flags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint customer_flags_workspace_id_set_by_fkey FOREIGN KEY (workspace_id, set_by) REFERENCES people(workspace_id, id),
  constraint customer_flags_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX customer_flags_one ON public.customer_flags USING btree (workspace_id, customer_id, flag, COALESCE(home_id, customer_id))
CREATE INDEX customer_flags_person ON public.customer_flags USING btree (workspace_id, set_by)
CREATE INDEX customer_flags_review ON public.customer_flags USING btree (workspace_id, review_on, id) WHERE (review_on IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.customer_flags FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'customer_id', '', '{flag,review_on}', '{id,customer_id,home_id,set_by,set_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.customer_flags FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'customer_id', '', '{flag,review_on}', '{id,customer_id,home_id,set_by,set_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.customer_flags FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('customer', 'customer_id', '', '{flag,review_on}', '{id,customer_id,home_id,set_by,set_at}')

table customer_likenesses (
  workspace_id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  reasons text[] not null,
  weight bigint not null,
  found_at timestamp with time zone not null,
  constraint customer_likenesses_check CHECK ((a_id < b_id)),
  constraint customer_likenesses_reasons_check CHECK ((cardinality(reasons) > 0)),
  constraint customer_likenesses_workspace_id_a_id_fkey FOREIGN KEY (workspace_id, a_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint customer_likenesses_workspace_id_b_id_fkey FOREIGN KEY (workspace_id, b_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint customer_likenesses_pkey PRIMARY KEY (workspace_id, a_id, b_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customer_likenesses_b ON public.customer_likenesses USING btree (workspace_id, b_id)
CREATE INDEX customer_likenesses_order ON public.customer_likenesses USING btree (workspace_id, weight DESC, a_id, b_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table customer_merges (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  merged_by uuid not null,
  merged_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint customer_merges_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint customer_merges_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES customers(workspace_id, id),
  constraint customer_merges_workspace_id_target_id_fkey FOREIGN KEY (workspace_id, target_id) REFERENCES customers(workspace_id, id),
  constraint customer_merges_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customer_merges_source ON public.customer_merges USING btree (workspace_id, source_id)
CREATE UNIQUE INDEX customer_merges_standing ON public.customer_merges USING btree (workspace_id, source_id) WHERE (undone_at IS NULL)
CREATE INDEX customer_merges_target ON public.customer_merges USING btree (workspace_id, target_id, merged_at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.customer_merges FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer_merge', 'id', '', '{source_id,target_id,undone_at}', '{merged_by,merged_at,undone_by}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.customer_merges FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer_merge', 'id', '', '{source_id,target_id,undone_at}', '{merged_by,merged_at,undone_by}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.customer_merges FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('customer_merge', 'id', '', '{source_id,target_id,undone_at}', '{merged_by,merged_at,undone_by}')

table customer_notes (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  author_id uuid not null,
  text text not null,
  created_at timestamp with time zone not null,
  home_id uuid,
  pops_up boolean not null default false,
  constraint customer_notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 20000))),
  constraint customer_notes_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES people(workspace_id, id),
  constraint customer_notes_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint customer_notes_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customer_notes_author ON public.customer_notes USING btree (workspace_id, author_id)
CREATE INDEX customer_notes_customer ON public.customer_notes USING btree (workspace_id, customer_id, created_at DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.customer_notes FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer_note', 'customer_id', '', '{}', '{}')

table customer_separations (
  workspace_id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  separated_by uuid not null,
  separated_at timestamp with time zone not null,
  constraint customer_separations_check CHECK ((a_id < b_id)),
  constraint customer_separations_workspace_id_a_id_fkey FOREIGN KEY (workspace_id, a_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint customer_separations_workspace_id_b_id_fkey FOREIGN KEY (workspace_id, b_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint customer_separations_workspace_id_separated_by_fkey FOREIGN KEY (workspace_id, separated_by) REFERENCES people(workspace_id, id),
  constraint customer_separations_pkey PRIMARY KEY (workspace_id, a_id, b_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customer_separations_b ON public.customer_separations USING btree (workspace_id, b_id)
CREATE INDEX customer_separations_by ON public.customer_separations USING btree (workspace_id, separated_by)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.customer_separations FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'a_id', '', '{a_id,b_id}', '{separated_by,separated_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.customer_separations FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'a_id', '', '{a_id,b_id}', '{separated_by,separated_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.customer_separations FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('customer', 'a_id', '', '{a_id,b_id}', '{separated_by,separated_at}')

table customer_traces (
  workspace_id uuid not null,
  key text not null,
  customer_id uuid not null,
  constraint customer_traces_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint customer_traces_pkey PRIMARY KEY (workspace_id, key, customer_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customer_traces_customer ON public.customer_traces USING btree (workspace_id, customer_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table customers (
  workspace_id uuid not null,
  id uuid not null,
  name text not null default ''::text,
  language text,
  email text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  agent_id uuid,
  fields jsonb not null default '{}'::jsonb,
  merged_into uuid,
  own jsonb,
  flags text[] not null default '{}'::text[],
  likeness_due boolean not null default true,
  constraint customers_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint customers_name_check CHECK ((length(name) <= 300)),
  constraint customers_agent_person_id FOREIGN KEY (workspace_id, agent_id) REFERENCES people(workspace_id, id),
  constraint customers_merged_into FOREIGN KEY (workspace_id, merged_into) REFERENCES customers(workspace_id, id) NOT VALID,
  constraint customers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint customers_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX customers_agent ON public.customers USING btree (workspace_id, agent_id) WHERE (agent_id IS NOT NULL)
CREATE INDEX customers_likeness_due ON public.customers USING btree (workspace_id, id) WHERE likeness_due
CREATE INDEX customers_merged ON public.customers USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL)
CREATE INDEX customers_recent ON public.customers USING btree (workspace_id, updated_at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.customers FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'id', '', '{agent_id}', '{email}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.customers FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (old.language IS DISTINCT FROM new.language) OR (old.agent_id IS DISTINCT FROM new.agent_id) OR (old.fields IS DISTINCT FROM new.fields))) EXECUTE FUNCTION rapport_audit('customer', 'id', '', '{agent_id}', '{email}')
CREATE TRIGGER likeness_due BEFORE UPDATE OF name, email, merged_into ON public.customers FOR EACH ROW EXECUTE FUNCTION customer_likeness_due()

table dkim_keys (
  workspace_id uuid not null,
  id uuid not null,
  domain text not null,
  selector text not null,
  algorithm text not null,
  public_key text not null,
  private_key sealed,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone,
  retired_at timestamp with time zone,
  constraint dkim_keys_algorithm_check CHECK ((algorithm = ANY (ARRAY['rsa'::text, 'ed25519'::text]))),
  constraint dkim_keys_selector_check CHECK ((selector ~ '^[a-z0-9-]{1,63}$'::text)),
  constraint dkim_keys_workspace_id_domain_fkey FOREIGN KEY (workspace_id, domain) REFERENCES sending_domains(workspace_id, domain),
  constraint dkim_keys_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX dkim_keys_selector ON public.dkim_keys USING btree (workspace_id, domain, selector)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.dkim_keys FOR EACH ROW EXECUTE FUNCTION rapport_audit('dkim_key', 'id', 'domain', '{domain,selector,algorithm,retired_at}', '{seen_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.dkim_keys FOR EACH ROW EXECUTE FUNCTION rapport_audit('dkim_key', 'id', 'domain', '{domain,selector,algorithm,retired_at}', '{seen_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.dkim_keys FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('dkim_key', 'id', 'domain', '{domain,selector,algorithm,retired_at}', '{seen_at}')

table drafts (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  ticket_id uuid,
  kind text not null,
  body jsonb not null,
  version bigint not null,
  updated_at timestamp with time zone not null,
  constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'note'::text, 'forward'::text, 'new'::text]))),
  constraint drafts_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint drafts_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint drafts_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX drafts_one ON public.drafts USING btree (workspace_id, person_id, kind, COALESCE(ticket_id, '00000000-0000-0000-0000-000000000000'::uuid))
CREATE INDEX drafts_ticket ON public.drafts USING btree (workspace_id, ticket_id) WHERE (ticket_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table entries (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  type text not null,
  channel text not null,
  direction text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null default ''::text,
  author_address text,
  subject text not null default ''::text,
  text text not null default ''::text,
  quoted text not null default ''::text,
  recipients jsonb,
  message_id text,
  ledger_id uuid,
  has_html boolean not null default false,
  notice text,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  leaves_at timestamp with time zone,
  forwarded_entry_id uuid,
  authentication jsonb,
  written_by jsonb,
  constraint entries_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'person'::text, 'system'::text]))),
  constraint entries_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'desk'::text, 'chat'::text, 'letter'::text, 'web'::text]))),
  constraint entries_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'internal'::text]))),
  constraint entries_type_check CHECK ((type = ANY (ARRAY['message'::text, 'note'::text, 'call'::text, 'visit'::text, 'letter'::text]))),
  constraint entries_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint entries_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced; fillfactor=90
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX entries_message ON public.entries USING btree (workspace_id, message_id) WHERE (message_id IS NOT NULL)
CREATE INDEX entries_ticket ON public.entries USING btree (workspace_id, ticket_id, created_at, id)
CREATE INDEX entries_time ON public.entries USING btree (workspace_id, created_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER words_along AFTER UPDATE OF ticket_id, withdrawn_at ON public.entries FOR EACH ROW WHEN (((old.ticket_id IS DISTINCT FROM new.ticket_id) OR (old.withdrawn_at IS DISTINCT FROM new.withdrawn_at))) EXECUTE FUNCTION attachment_words_along()

table entry_html (
  workspace_id uuid not null,
  entry_id uuid not null,
  html text not null,
  safe text,
  safe_version bigint not null default 0,
  remote_images bigint not null default 0,
  constraint entry_html_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id) ON DELETE CASCADE,
  constraint entry_html_pkey PRIMARY KEY (workspace_id, entry_id)
)
  -- row security forced; fillfactor=90
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table event_followers (
  name text not null,
  "position" bigint not null,
  updated_at timestamp with time zone not null default now(),
  constraint event_followers_pkey PRIMARY KEY (name)
)
  -- row security off

table event_sequencer (
  single boolean not null default true,
  "position" bigint not null default 0,
  holder text,
  lease_until timestamp with time zone,
  constraint event_sequencer_single_check CHECK (single),
  constraint event_sequencer_pkey PRIMARY KEY (single)
)
  -- row security off

table events (
  workspace_id uuid not null,
  seq bigint not null generated always as identity,
  "position" bigint,
  type text not null,
  ticket_id uuid,
  subject_id uuid,
  actor_kind text not null,
  actor_id uuid,
  data jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null,
  constraint events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'customer'::text, 'system'::text]))),
  constraint events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint events_pkey PRIMARY KEY (workspace_id, seq)
)
  -- row security forced
  -- rapport_app: INSERT, SELECT
CREATE UNIQUE INDEX events_position ON public.events USING btree ("position") WHERE ("position" IS NOT NULL)
CREATE INDEX events_ticket ON public.events USING btree (workspace_id, ticket_id, seq) WHERE (ticket_id IS NOT NULL)
CREATE INDEX events_unsequenced ON public.events USING btree (seq) WHERE ("position" IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table field_definitions (
  workspace_id uuid not null,
  id uuid not null,
  subject text not null,
  key text not null,
  type text not null,
  names jsonb not null,
  hints jsonb not null default '{}'::jsonb,
  options jsonb not null default '[]'::jsonb,
  currency text,
  shown_when jsonb,
  required boolean not null default false,
  required_when jsonb,
  active boolean not null default true,
  "position" bigint not null,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint field_definitions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint field_definitions_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
  constraint field_definitions_subject_check CHECK ((subject = ANY (ARRAY['ticket'::text, 'customer'::text, 'company'::text]))),
  constraint field_definitions_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'money'::text, 'date'::text, 'choice'::text, 'tree'::text, 'link'::text, 'person'::text]))),
  constraint field_definitions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint field_definitions_pkey PRIMARY KEY (workspace_id, id),
  constraint field_definitions_workspace_id_subject_key_key UNIQUE (workspace_id, subject, key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX field_definitions_order ON public.field_definitions USING btree (workspace_id, subject, "position", id) WHERE (deleted_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.field_definitions FOR EACH ROW EXECUTE FUNCTION rapport_audit('field', 'id', 'key', '{subject,key,type,names,hints,options,currency,shown_when,required,required_when,active,position,deleted_at}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.field_definitions FOR EACH ROW EXECUTE FUNCTION rapport_audit('field', 'id', 'key', '{subject,key,type,names,hints,options,currency,shown_when,required,required_when,active,position,deleted_at}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.field_definitions FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('field', 'id', 'key', '{subject,key,type,names,hints,options,currency,shown_when,required,required_when,active,position,deleted_at}', '{}')

table file_previews (
  workspace_id uuid not null,
  sha256 text not null,
  bytes bytea,
  tries bigint not null default 0,
  constraint file_previews_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blobs(workspace_id, sha256) ON DELETE CASCADE,
  constraint file_previews_pkey PRIMARY KEY (workspace_id, sha256)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table help_gaps_closed (
  workspace_id uuid not null,
  language text not null,
  words text not null,
  at timestamp with time zone not null,
  by_id uuid,
  constraint help_gaps_closed_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint help_gaps_closed_pkey PRIMARY KEY (workspace_id, language, words)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table help_search_tickets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  language text not null,
  words text not null,
  at timestamp with time zone not null,
  constraint help_search_tickets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint help_search_tickets_pkey PRIMARY KEY (workspace_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX help_search_tickets_words ON public.help_search_tickets USING btree (workspace_id, language, words, at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table help_searches (
  workspace_id uuid not null,
  day date not null,
  language text not null,
  words text not null,
  searched bigint not null,
  failed bigint not null,
  last_at timestamp with time zone not null,
  constraint help_searches_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint help_searches_pkey PRIMARY KEY (workspace_id, day, language, words)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX help_searches_failed ON public.help_searches USING btree (workspace_id, day) WHERE (failed > 0)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table idempotency_keys (
  workspace_id uuid not null,
  actor_id uuid not null,
  key text not null,
  fingerprint text not null,
  status bigint,
  response jsonb,
  created_at timestamp with time zone not null default now(),
  subject_id uuid,
  constraint idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint idempotency_keys_pkey PRIMARY KEY (workspace_id, actor_id, key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at)
CREATE INDEX idempotency_keys_subject ON public.idempotency_keys USING btree (workspace_id, subject_id) WHERE (subject_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table identities (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null,
  value text not null,
  value_key text not null,
  created_at timestamp with time zone not null,
  proven_at timestamp with time zone,
  proven_how text,
  proven_domain text,
  home_id uuid,
  constraint identities_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
  constraint identities_proven_how_check CHECK ((proven_how = ANY (ARRAY['mailbox'::text, 'domain'::text]))),
  constraint identities_value_check CHECK (((length(value) >= 1) AND (length(value) <= 320))),
  constraint identities_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint identities_pkey PRIMARY KEY (workspace_id, id),
  constraint identities_workspace_id_kind_value_key_key UNIQUE (workspace_id, kind, value_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX identities_customer ON public.identities USING btree (workspace_id, customer_id)
CREATE INDEX identities_proven_domain ON public.identities USING btree (workspace_id, proven_domain, customer_id) WHERE (proven_domain IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.identities FOR EACH ROW EXECUTE FUNCTION rapport_audit('customer', 'customer_id', '', '{kind}', '{id,value_key,proven_at,proven_how,proven_domain}')

table import_keys (
  workspace_id uuid not null,
  kind text not null,
  key text not null,
  subject_id uuid not null,
  import_id uuid not null,
  constraint import_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 400))),
  constraint import_keys_kind_check CHECK ((kind = ANY (ARRAY['customers'::text, 'companies'::text, 'mail'::text]))),
  constraint import_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint import_keys_pkey PRIMARY KEY (workspace_id, kind, key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX import_keys_subject ON public.import_keys USING btree (workspace_id, subject_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table import_rows (
  workspace_id uuid not null,
  import_id uuid not null,
  number bigint not null,
  outcome text not null,
  reason jsonb,
  subject_id uuid,
  change jsonb,
  settled text,
  constraint import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'same'::text, 'failed'::text]))),
  constraint import_rows_settled_check CHECK ((settled = ANY (ARRAY['undone'::text, 'kept'::text]))),
  constraint import_rows_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES imports(workspace_id, id) ON DELETE CASCADE,
  constraint import_rows_pkey PRIMARY KEY (workspace_id, import_id, number)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX import_rows_failed ON public.import_rows USING btree (workspace_id, import_id, number) WHERE (outcome = 'failed'::text)
CREATE INDEX import_rows_to_undo ON public.import_rows USING btree (workspace_id, import_id, number DESC) WHERE ((outcome = ANY (ARRAY['created'::text, 'updated'::text])) AND (settled IS NULL))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table imports (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null,
  file_name text not null,
  sha256 text not null,
  size bigint not null,
  options jsonb not null,
  place bigint not null default 0,
  length bigint not null default 0,
  rows bigint not null default 0,
  created bigint not null default 0,
  updated bigint not null default 0,
  same bigint not null default 0,
  failed bigint not null default 0,
  undone bigint not null default 0,
  kept bigint not null default 0,
  error text,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  file_dropped boolean not null default false,
  drop_at timestamp with time zone,
  constraint imports_file_name_check CHECK ((length(file_name) <= 300)),
  constraint imports_kind_check CHECK ((kind = ANY (ARRAY['customers'::text, 'companies'::text, 'mail'::text]))),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'stopped'::text, 'undoing'::text, 'undone'::text, 'failed'::text]))),
  constraint imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint imports_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX imports_files ON public.imports USING btree (workspace_id, sha256)
CREATE INDEX imports_latest ON public.imports USING btree (workspace_id, created_at DESC, id DESC)
CREATE INDEX imports_to_drop ON public.imports USING btree (drop_at) WHERE ((drop_at IS NOT NULL) AND (NOT file_dropped))
CREATE INDEX imports_working ON public.imports USING btree (created_at) WHERE (state = ANY (ARRAY['checking'::text, 'running'::text, 'undoing'::text]))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.imports FOR EACH ROW EXECUTE FUNCTION rapport_audit('import', 'id', '', '{kind,state}', '{file_name,sha256,size,options,place,length,rows,created,updated,same,failed,undone,kept,error,created_by,ended_at,file_dropped,drop_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.imports FOR EACH ROW EXECUTE FUNCTION rapport_audit('import', 'id', '', '{kind,state}', '{file_name,sha256,size,options,place,length,rows,created,updated,same,failed,undone,kept,error,created_by,ended_at,file_dropped,drop_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.imports FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION rapport_audit('import', 'id', '', '{kind,state}', '{file_name,sha256,size,options,place,length,rows,created,updated,same,failed,undone,kept,error,created_by,ended_at,file_dropped,drop_at}')

table inbound_messages (
  workspace_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  door text not null,
  sha256 text not null,
  size bigint not null,
  message_id text,
  envelope_from text not null default ''::text,
  envelope_to text[] not null default '{}'::text[],
  from_address text,
  to_addresses text[] not null default '{}'::text[],
  state text not null,
  reason text,
  ticket_id uuid,
  entry_id uuid,
  attempts bigint not null default 0,
  next_attempt_at timestamp with time zone,
  received_at timestamp with time zone not null,
  done_at timestamp with time zone,
  client_address text,
  client_name text,
  authentication jsonb,
  fingerprint text,
  subject text,
  sender_key text,
  released_at timestamp with time zone,
  purged_sha256 text,
  report jsonb,
  redacted_sha256 text,
  nature text,
  constraint inbound_messages_door_check CHECK ((door = ANY (ARRAY['smtp'::text, 'imap'::text, 'http'::text]))),
  constraint inbound_messages_nature_check CHECK ((nature = ANY (ARRAY['person'::text, 'bounce'::text, 'autoreply'::text, 'machine'::text]))),
  constraint inbound_messages_state_check CHECK ((state = ANY (ARRAY['received'::text, 'filed'::text, 'duplicate'::text, 'quarantined'::text, 'bounce'::text, 'autoreply'::text]))),
  constraint inbound_messages_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint inbound_messages_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blobs(workspace_id, sha256),
  constraint inbound_messages_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint inbound_messages_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX inbound_messages_blob ON public.inbound_messages USING btree (workspace_id, sha256)
CREATE INDEX inbound_messages_content ON public.inbound_messages USING btree (workspace_id, mailbox_id, sha256)
CREATE INDEX inbound_messages_entry ON public.inbound_messages USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE UNIQUE INDEX inbound_messages_fingerprint ON public.inbound_messages USING btree (workspace_id, fingerprint) WHERE (fingerprint IS NOT NULL)
CREATE INDEX inbound_messages_message_id ON public.inbound_messages USING btree (workspace_id, message_id) WHERE (message_id IS NOT NULL)
CREATE INDEX inbound_messages_open ON public.inbound_messages USING btree (next_attempt_at) WHERE (state = 'received'::text)
CREATE INDEX inbound_messages_recent ON public.inbound_messages USING btree (workspace_id, received_at DESC, id DESC)
CREATE INDEX inbound_messages_redacted ON public.inbound_messages USING btree (workspace_id, mailbox_id, redacted_sha256) WHERE (redacted_sha256 IS NOT NULL)
CREATE INDEX inbound_messages_sender ON public.inbound_messages USING btree (workspace_id, sender_key, received_at DESC, id DESC) WHERE (sender_key IS NOT NULL)
CREATE INDEX inbound_messages_state ON public.inbound_messages USING btree (workspace_id, state, received_at DESC, id DESC) WHERE (state = ANY (ARRAY['received'::text, 'duplicate'::text, 'quarantined'::text, 'bounce'::text, 'autoreply'::text]))
CREATE INDEX inbound_messages_ticket ON public.inbound_messages USING btree (workspace_id, ticket_id) WHERE (ticket_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table incoming_webhook_calls (
  workspace_id uuid not null,
  id uuid not null,
  hook_id uuid not null,
  given_id text,
  ticket_id uuid,
  entry_id uuid,
  error_code text,
  created_at timestamp with time zone not null,
  constraint incoming_webhook_calls_given_id_check CHECK (((length(given_id) >= 1) AND (length(given_id) <= 255))),
  constraint incoming_webhook_calls_workspace_id_hook_id_fkey FOREIGN KEY (workspace_id, hook_id) REFERENCES incoming_webhooks(workspace_id, id) ON DELETE CASCADE,
  constraint incoming_webhook_calls_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX incoming_webhook_calls_age ON public.incoming_webhook_calls USING btree (created_at)
CREATE UNIQUE INDEX incoming_webhook_calls_given ON public.incoming_webhook_calls USING btree (workspace_id, hook_id, given_id) WHERE ((given_id IS NOT NULL) AND (error_code IS NULL))
CREATE INDEX incoming_webhook_calls_newest ON public.incoming_webhook_calls USING btree (workspace_id, hook_id, created_at DESC, id DESC)
CREATE INDEX incoming_webhook_calls_ticket ON public.incoming_webhook_calls USING btree (workspace_id, ticket_id) WHERE (ticket_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table incoming_webhooks (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  makes text not null,
  mapping jsonb not null,
  team_id uuid,
  token_hash bytea not null,
  secret sealed,
  disabled_at timestamp with time zone,
  last_call_at timestamp with time zone,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint incoming_webhooks_makes_check CHECK ((makes = ANY (ARRAY['ticket'::text, 'note'::text]))),
  constraint incoming_webhooks_mapping_check CHECK ((jsonb_typeof(mapping) = 'object'::text)),
  constraint incoming_webhooks_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint incoming_webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint incoming_webhooks_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint incoming_webhooks_pkey PRIMARY KEY (workspace_id, id),
  constraint incoming_webhooks_token_hash_key UNIQUE (token_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX incoming_webhooks_name ON public.incoming_webhooks USING btree (workspace_id, lower(name))
CREATE INDEX incoming_webhooks_team ON public.incoming_webhooks USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.incoming_webhooks FOR EACH ROW EXECUTE FUNCTION rapport_audit('incoming_webhook', 'id', 'name', '{name,makes,mapping,team_id,disabled_at}', '{last_call_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.incoming_webhooks FOR EACH ROW EXECUTE FUNCTION rapport_audit('incoming_webhook', 'id', 'name', '{name,makes,mapping,team_id,disabled_at}', '{last_call_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.incoming_webhooks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('incoming_webhook', 'id', 'name', '{name,makes,mapping,team_id,disabled_at}', '{last_call_at}')

table intakes (
  workspace_id uuid not null,
  kind text not null,
  active boolean not null default true,
  questions jsonb not null,
  updated_at timestamp with time zone not null,
  constraint intakes_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'information_request'::text, 'service_request'::text, 'claim'::text, 'complaint'::text, 'suggestion'::text, 'praise'::text]))),
  constraint intakes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint intakes_pkey PRIMARY KEY (workspace_id, kind)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.intakes FOR EACH ROW EXECUTE FUNCTION rapport_audit('intake', 'kind', 'kind', '{kind,active,questions}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.intakes FOR EACH ROW EXECUTE FUNCTION rapport_audit('intake', 'kind', 'kind', '{kind,active,questions}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.intakes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('intake', 'kind', 'kind', '{kind,active,questions}', '{}')

table knowledge_settings (
  workspace_id uuid not null,
  next_number bigint not null default 1,
  hide_overdue_days bigint,
  constraint knowledge_settings_hide_overdue_days_check CHECK (((hide_overdue_days >= 0) AND (hide_overdue_days <= 3650))),
  constraint knowledge_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint knowledge_settings_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_insert AFTER INSERT ON public.knowledge_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('help_settings', 'workspace_id', '', '{hide_overdue_days}', '{next_number}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.knowledge_settings FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('help_settings', 'workspace_id', '', '{hide_overdue_days}', '{next_number}')

table mail_folders (
  workspace_id uuid not null,
  source_id uuid not null,
  name text not null,
  uid_validity bigint,
  last_uid bigint not null default 0,
  first_uid bigint not null default 1,
  compared_at timestamp with time zone,
  constraint mail_folders_name_check CHECK (((length(name) >= 1) AND (length(name) <= 500))),
  constraint mail_folders_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES mail_sources(workspace_id, id) ON DELETE CASCADE,
  constraint mail_folders_pkey PRIMARY KEY (workspace_id, source_id, name)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table mail_incidents (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  entry_id uuid not null,
  subject text not null default ''::text,
  reached text[] not null,
  withheld text[] not null,
  note text not null default ''::text,
  sent_at timestamp with time zone,
  reported_by uuid not null,
  reported_at timestamp with time zone not null,
  correction_mail_id uuid,
  constraint mail_incidents_note_check CHECK ((length(note) <= 2000)),
  constraint mail_incidents_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id),
  constraint mail_incidents_workspace_id_reported_by_fkey FOREIGN KEY (workspace_id, reported_by) REFERENCES people(workspace_id, id),
  constraint mail_incidents_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint mail_incidents_pkey PRIMARY KEY (workspace_id, id),
  constraint mail_incidents_workspace_id_entry_id_key UNIQUE (workspace_id, entry_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX mail_incidents_by ON public.mail_incidents USING btree (workspace_id, reported_by)
CREATE INDEX mail_incidents_recent ON public.mail_incidents USING btree (workspace_id, reported_at DESC, id DESC)
CREATE INDEX mail_incidents_ticket ON public.mail_incidents USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.mail_incidents FOR EACH ROW EXECUTE FUNCTION rapport_audit('mail_incident', 'id', '', '{ticket_id,sent_at}', '{correction_mail_id}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.mail_incidents FOR EACH ROW EXECUTE FUNCTION rapport_audit('mail_incident', 'id', '', '{ticket_id,sent_at}', '{correction_mail_id}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.mail_incidents FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('mail_incident', 'id', '', '{ticket_id,sent_at}', '{correction_mail_id}')

table mail_relays (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  host text not null,
  port bigint not null,
  security text not null,
  username text not null default ''::text,
  password sealed,
  senders text[] not null default '{}'::text[],
  fails_over boolean not null default false,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  auth text not null default 'password'::text,
  mailbox_id uuid,
  constraint mail_relays_auth_check CHECK ((auth = ANY (ARRAY['password'::text, 'google'::text, 'microsoft'::text, 'other'::text]))),
  constraint mail_relays_host_check CHECK (((length(host) >= 1) AND (length(host) <= 255))),
  constraint mail_relays_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint mail_relays_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_relays_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  constraint mail_relays_sign_in CHECK (((auth = 'password'::text) = (mailbox_id IS NULL))),
  constraint mail_relays_username_check CHECK ((length(username) <= 320)),
  constraint mail_relays_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mail_relays_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint mail_relays_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX mail_relays_order ON public.mail_relays USING btree (workspace_id, created_at, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.mail_relays FOR EACH ROW EXECUTE FUNCTION rapport_audit('relay', 'id', 'name', '{name,host,port,security,username,senders,fails_over,auth,mailbox_id}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.mail_relays FOR EACH ROW EXECUTE FUNCTION rapport_audit('relay', 'id', 'name', '{name,host,port,security,username,senders,fails_over,auth,mailbox_id}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.mail_relays FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('relay', 'id', 'name', '{name,host,port,security,username,senders,fails_over,auth,mailbox_id}', '{}')

table mail_soft_failures (
  workspace_id uuid not null,
  address_key text not null,
  day date not null,
  count bigint not null,
  constraint mail_soft_failures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mail_soft_failures_pkey PRIMARY KEY (workspace_id, address_key, day)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table mail_sources (
  workspace_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  host text not null,
  port bigint not null,
  security text not null,
  username text not null,
  password sealed not null,
  afterwards text not null default 'seen'::text,
  move_to text not null default ''::text,
  authserv_id text not null default ''::text,
  taken_since timestamp with time zone,
  version bigint not null default 1,
  last_ok_at timestamp with time zone,
  error_code text,
  error_words text,
  announced_at timestamp with time zone,
  lease_owner uuid,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  auth text not null default 'password'::text,
  constraint mail_sources_afterwards_check CHECK ((afterwards = ANY (ARRAY['leave'::text, 'seen'::text, 'move'::text]))),
  constraint mail_sources_auth_check CHECK ((auth = ANY (ARRAY['password'::text, 'google'::text, 'microsoft'::text, 'other'::text]))),
  constraint mail_sources_authserv_id_check CHECK ((length(authserv_id) <= 255)),
  constraint mail_sources_host_check CHECK (((length(host) >= 1) AND (length(host) <= 255))),
  constraint mail_sources_move_to_check CHECK ((length(move_to) <= 500)),
  constraint mail_sources_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_sources_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  constraint mail_sources_username_check CHECK (((length(username) >= 1) AND (length(username) <= 320))),
  constraint mail_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mail_sources_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint mail_sources_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX mail_sources_mailbox ON public.mail_sources USING btree (workspace_id, mailbox_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.mail_sources FOR EACH ROW EXECUTE FUNCTION rapport_audit('mail_source', 'mailbox_id', 'host', '{host,port,security,username,afterwards,move_to,authserv_id,auth}', '{taken_since,last_ok_at,error_code,error_words,announced_at,lease_owner,lease_until}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.mail_sources FOR EACH ROW EXECUTE FUNCTION rapport_audit('mail_source', 'mailbox_id', 'host', '{host,port,security,username,afterwards,move_to,authserv_id,auth}', '{taken_since,last_ok_at,error_code,error_words,announced_at,lease_owner,lease_until}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.mail_sources FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('mail_source', 'mailbox_id', 'host', '{host,port,security,username,afterwards,move_to,authserv_id,auth}', '{taken_since,last_ok_at,error_code,error_words,announced_at,lease_owner,lease_until}')

table mail_suppressions (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  address_key text not null,
  reason text not null,
  words text not null default ''::text,
  ledger_id uuid,
  since timestamp with time zone not null,
  lifted_at timestamp with time zone,
  lifted_by uuid,
  constraint mail_suppressions_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint mail_suppressions_reason_check CHECK ((reason = ANY (ARRAY['unknown_address'::text, 'unknown_host'::text, 'disabled'::text, 'complaint'::text, 'often_failing'::text]))),
  constraint mail_suppressions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mail_suppressions_workspace_id_lifted_by_fkey FOREIGN KEY (workspace_id, lifted_by) REFERENCES people(workspace_id, id),
  constraint mail_suppressions_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX mail_suppressions_address ON public.mail_suppressions USING btree (workspace_id, address_key) WHERE (lifted_at IS NULL)
CREATE INDEX mail_suppressions_lifted_by ON public.mail_suppressions USING btree (workspace_id, lifted_by) WHERE (lifted_by IS NOT NULL)
CREATE INDEX mail_suppressions_order ON public.mail_suppressions USING btree (workspace_id, since DESC, id DESC) WHERE (lifted_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_update AFTER UPDATE ON public.mail_suppressions FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('suppression', 'id', '', '{reason,lifted_at}', '{lifted_by,words,ledger_id,since}')

table mail_uids (
  workspace_id uuid not null,
  source_id uuid not null,
  folder text not null,
  uid_validity bigint not null,
  uid bigint not null,
  state text not null,
  ledger_id uuid,
  attempts bigint not null default 0,
  settled_at timestamp with time zone,
  constraint mail_uids_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'skipped'::text, 'trying'::text, 'aside'::text]))),
  constraint mail_uids_workspace_id_source_id_folder_fkey FOREIGN KEY (workspace_id, source_id, folder) REFERENCES mail_folders(workspace_id, source_id, name) ON DELETE CASCADE,
  constraint mail_uids_pkey PRIMARY KEY (workspace_id, source_id, folder, uid_validity, uid)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX mail_uids_unsettled ON public.mail_uids USING btree (workspace_id, source_id, folder, uid_validity, uid) WHERE ((state = 'stored'::text) AND (settled_at IS NULL))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table mail_unsubscriptions (
  workspace_id uuid not null,
  list text not null,
  address_key text not null,
  at timestamp with time zone not null,
  constraint mail_unsubscriptions_address_key_check CHECK (((length(address_key) >= 3) AND (length(address_key) <= 320))),
  constraint mail_unsubscriptions_list_check CHECK (((length(list) >= 1) AND (length(list) <= 100))),
  constraint mail_unsubscriptions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mail_unsubscriptions_pkey PRIMARY KEY (workspace_id, list, address_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table mailboxes (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  address_key text not null,
  name text not null default ''::text,
  team_id uuid,
  signature text not null default ''::text,
  acknowledge boolean not null default false,
  acknowledgement jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  token_in_address boolean not null default false,
  reply_to text not null default ''::text,
  archive text not null default ''::text,
  constraint mailboxes_archive_check CHECK ((length(archive) <= 320)),
  constraint mailboxes_reply_to_check CHECK ((length(reply_to) <= 320)),
  constraint mailboxes_signature_check CHECK ((length(signature) <= 10000)),
  constraint mailboxes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint mailboxes_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint mailboxes_pkey PRIMARY KEY (workspace_id, id),
  constraint mailboxes_address_key_key UNIQUE (address_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX mailboxes_order ON public.mailboxes USING btree (workspace_id, created_at, id) WHERE (disabled_at IS NULL)
CREATE INDEX mailboxes_team ON public.mailboxes USING btree (workspace_id, team_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.mailboxes FOR EACH ROW EXECUTE FUNCTION rapport_audit('mailbox', 'id', 'address', '{address,name,team_id,signature,acknowledge,acknowledgement,disabled_at,token_in_address,reply_to,archive}', '{address_key}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.mailboxes FOR EACH ROW EXECUTE FUNCTION rapport_audit('mailbox', 'id', 'address', '{address,name,team_id,signature,acknowledge,acknowledgement,disabled_at,token_in_address,reply_to,archive}', '{address_key}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.mailboxes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('mailbox', 'id', 'address', '{address,name,team_id,signature,acknowledge,acknowledgement,disabled_at,token_in_address,reply_to,archive}', '{address_key}')

table notice_preferences (
  workspace_id uuid not null,
  person_id uuid not null,
  kind text not null,
  bell boolean not null,
  mail text not null,
  push boolean not null default true,
  constraint notice_preferences_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 50))),
  constraint notice_preferences_mail_check CHECK ((mail = ANY (ARRAY['off'::text, 'soon'::text, 'hourly'::text, 'daily'::text]))),
  constraint notice_preferences_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint notice_preferences_pkey PRIMARY KEY (workspace_id, person_id, kind)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table notice_readers (
  workspace_id uuid not null,
  person_id uuid not null,
  seen_at timestamp with time zone,
  mailed_at timestamp with time zone,
  constraint notice_readers_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint notice_readers_pkey PRIMARY KEY (workspace_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table notice_times (
  workspace_id uuid not null,
  person_id uuid not null,
  time_zone text,
  daily_at bigint not null,
  quiet_from bigint,
  quiet_to bigint,
  quiet_urgent boolean not null,
  constraint notice_times_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint notice_times_check1 CHECK ((quiet_from <> quiet_to)),
  constraint notice_times_daily_at_check CHECK (((daily_at >= 0) AND (daily_at <= 1439))),
  constraint notice_times_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
  constraint notice_times_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439))),
  constraint notice_times_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 60))),
  constraint notice_times_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint notice_times_pkey PRIMARY KEY (workspace_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table notices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  seq bigint not null,
  kind text not null,
  ticket_id uuid,
  actor_kind text not null,
  actor_id uuid,
  data jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  mail_at timestamp with time zone,
  mailed_at timestamp with time zone,
  bell boolean not null default true,
  urgent boolean not null default false,
  pace text,
  constraint notices_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'customer'::text, 'system'::text]))),
  constraint notices_check CHECK (((mail_at IS NULL) OR (pace IS NOT NULL))),
  constraint notices_data_check CHECK ((jsonb_typeof(data) = 'object'::text)),
  constraint notices_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 50))),
  constraint notices_pace_check CHECK ((pace = ANY (ARRAY['soon'::text, 'hourly'::text, 'daily'::text]))),
  constraint notices_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint notices_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX notices_age ON public.notices USING btree (created_at)
CREATE INDEX notices_mail ON public.notices USING btree (mail_at) WHERE (mail_at IS NOT NULL)
CREATE INDEX notices_mail_of ON public.notices USING btree (workspace_id, person_id, mail_at) WHERE (mail_at IS NOT NULL)
CREATE INDEX notices_newest ON public.notices USING btree (workspace_id, person_id, created_at DESC, id DESC) WHERE bell
CREATE INDEX notices_of_ticket ON public.notices USING btree (workspace_id, person_id, ticket_id, created_at) WHERE (ticket_id IS NOT NULL)
CREATE UNIQUE INDEX notices_once ON public.notices USING btree (workspace_id, person_id, seq, kind)
CREATE INDEX notices_unread ON public.notices USING btree (workspace_id, person_id, created_at DESC, id DESC) WHERE ((read_at IS NULL) AND bell)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table oauth_clients (
  workspace_id uuid not null,
  provider text not null,
  client_id text not null,
  client_secret sealed not null,
  tenant text not null default ''::text,
  authorize_url text not null default ''::text,
  token_url text not null default ''::text,
  scope text not null default ''::text,
  mail_host text not null default ''::text,
  created_at timestamp with time zone not null,
  smtp_host text not null default ''::text,
  constraint oauth_clients_authorize_url_check CHECK ((length(authorize_url) <= 1000)),
  constraint oauth_clients_client_id_check CHECK (((length(client_id) >= 1) AND (length(client_id) <= 500))),
  constraint oauth_clients_mail_host_check CHECK ((length(mail_host) <= 255)),
  constraint oauth_clients_provider_check CHECK ((provider = ANY (ARRAY['google'::text, 'microsoft'::text, 'other'::text]))),
  constraint oauth_clients_scope_check CHECK ((length(scope) <= 1000)),
  constraint oauth_clients_smtp_host_check CHECK ((length(smtp_host) <= 255)),
  constraint oauth_clients_tenant_check CHECK ((length(tenant) <= 200)),
  constraint oauth_clients_token_url_check CHECK ((length(token_url) <= 1000)),
  constraint oauth_clients_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint oauth_clients_pkey PRIMARY KEY (workspace_id, provider)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.oauth_clients FOR EACH ROW EXECUTE FUNCTION rapport_audit('sign_in_provider', 'provider', 'provider', '{client_id,tenant,authorize_url,token_url,scope,mail_host,smtp_host}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.oauth_clients FOR EACH ROW EXECUTE FUNCTION rapport_audit('sign_in_provider', 'provider', 'provider', '{client_id,tenant,authorize_url,token_url,scope,mail_host,smtp_host}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.oauth_clients FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('sign_in_provider', 'provider', 'provider', '{client_id,tenant,authorize_url,token_url,scope,mail_host,smtp_host}', '{}')

table oauth_grants (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  provider text not null,
  username text not null,
  refresh_token sealed not null,
  access_token sealed not null,
  access_until timestamp with time zone not null,
  refused_at timestamp with time zone,
  refreshing_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint oauth_grants_username_check CHECK (((length(username) >= 1) AND (length(username) <= 320))),
  constraint oauth_grants_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint oauth_grants_workspace_id_provider_fkey FOREIGN KEY (workspace_id, provider) REFERENCES oauth_clients(workspace_id, provider) ON DELETE CASCADE,
  constraint oauth_grants_pkey PRIMARY KEY (workspace_id, mailbox_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX oauth_grants_provider ON public.oauth_grants USING btree (workspace_id, provider)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.oauth_grants FOR EACH ROW EXECUTE FUNCTION rapport_audit('mailbox_sign_in', 'mailbox_id', '', '{provider,refused_at}', '{refresh_token,access_token,access_until,refreshing_until}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.oauth_grants FOR EACH ROW EXECUTE FUNCTION rapport_audit('mailbox_sign_in', 'mailbox_id', '', '{provider,refused_at}', '{refresh_token,access_token,access_until,refreshing_until}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.oauth_grants FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('mailbox_sign_in', 'mailbox_id', '', '{provider,refused_at}', '{refresh_token,access_token,access_until,refreshing_until}')

table oauth_sign_ins (
  workspace_id uuid not null,
  state_hash bytea not null,
  session_id uuid not null,
  mailbox_id uuid not null,
  provider text not null,
  username text not null,
  verifier sealed not null,
  expires_at timestamp with time zone not null,
  return_to text not null default 'mailboxes'::text,
  constraint oauth_sign_ins_return_to_check CHECK ((return_to = ANY (ARRAY['mailboxes'::text, 'sending'::text]))),
  constraint oauth_sign_ins_username_check CHECK (((length(username) >= 1) AND (length(username) <= 320))),
  constraint oauth_sign_ins_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint oauth_sign_ins_workspace_id_provider_fkey FOREIGN KEY (workspace_id, provider) REFERENCES oauth_clients(workspace_id, provider) ON DELETE CASCADE,
  constraint oauth_sign_ins_pkey PRIMARY KEY (workspace_id, state_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX oauth_sign_ins_mailbox ON public.oauth_sign_ins USING btree (workspace_id, mailbox_id)
CREATE INDEX oauth_sign_ins_over ON public.oauth_sign_ins USING btree (workspace_id, expires_at)
CREATE INDEX oauth_sign_ins_provider ON public.oauth_sign_ins USING btree (workspace_id, provider)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table offers (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  queue_id uuid not null,
  person_id uuid not null,
  state text not null,
  offered_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  why jsonb not null,
  reason text not null default ''::text,
  constraint offers_reason_check CHECK ((length(reason) <= 200)),
  constraint offers_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'refused'::text, 'passed'::text, 'withdrawn'::text]))),
  constraint offers_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint offers_workspace_id_queue_id_fkey FOREIGN KEY (workspace_id, queue_id) REFERENCES queues(workspace_id, id) ON DELETE CASCADE,
  constraint offers_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint offers_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX offers_expiring ON public.offers USING btree (expires_at) WHERE (state = 'offered'::text)
CREATE INDEX offers_mine ON public.offers USING btree (workspace_id, person_id, offered_at) WHERE (state = 'offered'::text)
CREATE UNIQUE INDEX offers_open ON public.offers USING btree (workspace_id, ticket_id) WHERE (state = 'offered'::text)
CREATE INDEX offers_queue ON public.offers USING btree (workspace_id, queue_id)
CREATE INDEX offers_ticket ON public.offers USING btree (workspace_id, ticket_id, settled_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table one_time_links (
  workspace_id uuid not null,
  id uuid not null,
  purpose text not null,
  person_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  code_hash bytea,
  constraint one_time_links_purpose_check CHECK ((purpose = ANY (ARRAY['invitation'::text, 'reset'::text, 'second_step'::text]))),
  constraint one_time_links_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint one_time_links_pkey PRIMARY KEY (workspace_id, id),
  constraint one_time_links_code_hash_key UNIQUE (code_hash),
  constraint one_time_links_token_hash_key UNIQUE (token_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX one_time_links_person ON public.one_time_links USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table outbox (
  workspace_id uuid not null,
  id uuid not null,
  purpose text not null,
  entry_id uuid,
  ticket_id uuid,
  message_id text not null,
  envelope_from text not null,
  envelope_to text[] not null,
  content jsonb not null,
  attachments jsonb not null default '[]'::jsonb,
  state text not null,
  not_before timestamp with time zone not null,
  next_attempt_at timestamp with time zone not null,
  attempts bigint not null default 0,
  lease_until timestamp with time zone,
  response text,
  created_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  about_ticket_ids uuid[] not null default '{}'::uuid[],
  constraint outbox_purpose_check CHECK ((purpose = ANY (ARRAY['reply'::text, 'forward'::text, 'acknowledgement'::text, 'invitation'::text, 'reset'::text, 'notice'::text, 'archive'::text, 'bulk'::text, 'customer_sign_in'::text, 'aside'::text]))),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'failed'::text, 'withdrawn'::text]))),
  constraint outbox_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint outbox_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX outbox_about ON public.outbox USING gin (about_ticket_ids) WHERE (about_ticket_ids <> '{}'::uuid[])
CREATE INDEX outbox_acknowledged ON public.outbox USING btree (workspace_id, lower(envelope_to[1]), created_at) WHERE (purpose = 'acknowledgement'::text)
CREATE INDEX outbox_due ON public.outbox USING btree (next_attempt_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]))
CREATE INDEX outbox_entry ON public.outbox USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE UNIQUE INDEX outbox_message ON public.outbox USING btree (workspace_id, message_id)
CREATE INDEX outbox_recent ON public.outbox USING btree (workspace_id, created_at DESC, id DESC)
CREATE INDEX outbox_state ON public.outbox USING btree (workspace_id, state, created_at DESC, id DESC)
CREATE INDEX outbox_ticket ON public.outbox USING btree (workspace_id, ticket_id, created_at) WHERE (ticket_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table participants (
  workspace_id uuid not null,
  ticket_id uuid not null,
  address_key text not null,
  address text not null,
  name text not null default ''::text,
  added_at timestamp with time zone not null,
  constraint participants_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint participants_pkey PRIMARY KEY (workspace_id, ticket_id, address_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX participants_address ON public.participants USING btree (workspace_id, address_key)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table passkey_challenges (
  challenge_hash bytea not null,
  purpose text not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  constraint passkey_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['register'::text, 'second_step'::text, 'sign_in'::text, 'step_up'::text]))),
  constraint passkey_challenges_pkey PRIMARY KEY (challenge_hash)
)
  -- row security off
CREATE INDEX passkey_challenges_expiry ON public.passkey_challenges USING btree (expires_at)

table passkeys (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint passkeys_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint passkeys_pkey PRIMARY KEY (workspace_id, id),
  constraint passkeys_credential_id_key UNIQUE (credential_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX passkeys_person ON public.passkeys USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.passkeys FOR EACH ROW EXECUTE FUNCTION rapport_audit('passkey', 'person_id', 'name', '{name}', '{counter,last_used_at,transports}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.passkeys FOR EACH ROW EXECUTE FUNCTION rapport_audit('passkey', 'person_id', 'name', '{name}', '{counter,last_used_at,transports}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.passkeys FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('passkey', 'person_id', 'name', '{name}', '{counter,last_used_at,transports}')

table people (
  workspace_id uuid not null,
  id uuid not null,
  email text not null,
  email_key text not null,
  name text not null,
  role text not null,
  language text not null default 'en'::text,
  theme text not null default 'system'::text,
  password_hash text,
  invited_at timestamp with time zone,
  joined_at timestamp with time zone,
  deactivated_at timestamp with time zone,
  deactivated_by uuid,
  created_at timestamp with time zone not null,
  constraint people_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint people_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint people_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'lead'::text, 'agent'::text, 'colleague'::text]))),
  constraint people_theme_check CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text]))),
  constraint people_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint people_pkey PRIMARY KEY (workspace_id, id),
  constraint people_workspace_id_email_key_key UNIQUE (workspace_id, email_key)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX people_by_name ON public.people USING btree (workspace_id, lower(name), id)
CREATE INDEX people_email ON public.people USING btree (email_key)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.people FOR EACH ROW EXECUTE FUNCTION rapport_audit('person', 'id', '', '{role,deactivated_at,invited_at,joined_at}', '{email_key,theme,deactivated_by}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.people FOR EACH ROW EXECUTE FUNCTION rapport_audit('person', 'id', '', '{role,deactivated_at,invited_at,joined_at}', '{email_key,theme,deactivated_by}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.people FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('person', 'id', '', '{role,deactivated_at,invited_at,joined_at}', '{email_key,theme,deactivated_by}')

table person_capacities (
  workspace_id uuid not null,
  person_id uuid not null,
  capacity jsonb not null,
  constraint person_capacities_capacity_check CHECK ((jsonb_typeof(capacity) = 'object'::text)),
  constraint person_capacities_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint person_capacities_pkey PRIMARY KEY (workspace_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.person_capacities FOR EACH ROW EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{capacity}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.person_capacities FOR EACH ROW EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{capacity}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.person_capacities FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{capacity}', '{}')

table person_faces (
  workspace_id uuid not null,
  person_id uuid not null,
  token text not null,
  content_type text not null,
  bytes bytea not null,
  created_at timestamp with time zone not null,
  constraint person_faces_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 200000))),
  constraint person_faces_content_type_check CHECK ((content_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  constraint person_faces_token_check CHECK ((length(token) = 22)),
  constraint person_faces_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint person_faces_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint person_faces_pkey PRIMARY KEY (workspace_id, person_id),
  constraint person_faces_token_key UNIQUE (token)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.person_faces FOR EACH ROW EXECUTE FUNCTION rapport_audit('person', 'person_id', '', '{content_type}', '{token,bytes}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.person_faces FOR EACH ROW EXECUTE FUNCTION rapport_audit('person', 'person_id', '', '{content_type}', '{token,bytes}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.person_faces FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('person', 'person_id', '', '{content_type}', '{token,bytes}')

table person_skills (
  workspace_id uuid not null,
  person_id uuid not null,
  skill_id uuid not null,
  level bigint not null,
  constraint person_skills_level_check CHECK (((level >= 1) AND (level <= 5))),
  constraint person_skills_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint person_skills_workspace_id_skill_id_fkey FOREIGN KEY (workspace_id, skill_id) REFERENCES skills(workspace_id, id) ON DELETE CASCADE,
  constraint person_skills_pkey PRIMARY KEY (workspace_id, person_id, skill_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX person_skills_skill ON public.person_skills USING btree (workspace_id, skill_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.person_skills FOR EACH ROW EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{skill_id,level}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.person_skills FOR EACH ROW EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{skill_id,level}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.person_skills FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('person_routing', 'person_id', '', '{skill_id,level}', '{}')

table presence_states (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  state text not null,
  created_at timestamp with time zone not null,
  constraint presence_states_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint presence_states_state_check CHECK ((state = ANY (ARRAY['online'::text, 'away'::text, 'transfers_only'::text, 'offline'::text]))),
  constraint presence_states_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint presence_states_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX presence_states_name ON public.presence_states USING btree (workspace_id, lower(name))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.presence_states FOR EACH ROW EXECUTE FUNCTION rapport_audit('presence_state', 'id', 'name', '{name,state}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.presence_states FOR EACH ROW EXECUTE FUNCTION rapport_audit('presence_state', 'id', 'name', '{name,state}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.presence_states FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('presence_state', 'id', 'name', '{name,state}', '{}')

table presences (
  workspace_id uuid not null,
  person_id uuid not null,
  state text not null,
  own_state_id uuid,
  reason text not null default ''::text,
  channels jsonb not null default '{}'::jsonb,
  since timestamp with time zone not null,
  acted_at timestamp with time zone not null,
  seen_at timestamp with time zone,
  gone_at timestamp with time zone,
  vanished_at timestamp with time zone,
  wrap_up_until timestamp with time zone,
  missed bigint not null default 0,
  missed_away boolean not null default false,
  last_given_at timestamp with time zone,
  idle_since timestamp with time zone not null,
  back_at timestamp with time zone,
  constraint presences_reason_check CHECK ((length(reason) <= 200)),
  constraint presences_state_check CHECK ((state = ANY (ARRAY['online'::text, 'away'::text, 'transfers_only'::text, 'offline'::text]))),
  constraint presences_workspace_id_own_state_id_fkey FOREIGN KEY (workspace_id, own_state_id) REFERENCES presence_states(workspace_id, id) ON DELETE SET NULL (own_state_id),
  constraint presences_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint presences_pkey PRIMARY KEY (workspace_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX presences_back ON public.presences USING btree (back_at) WHERE (back_at IS NOT NULL)
CREATE INDEX presences_gone ON public.presences USING btree (gone_at) WHERE (gone_at IS NOT NULL)
CREATE INDEX presences_own_state ON public.presences USING btree (workspace_id, own_state_id) WHERE (own_state_id IS NOT NULL)
CREATE INDEX presences_there ON public.presences USING btree (workspace_id, state)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table privacy_requests (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  address text not null,
  proof text not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  outcome text,
  constraint privacy_requests_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint privacy_requests_check CHECK ((num_nulls(decided_at, decided_by, outcome) = ANY (ARRAY[0, 3]))),
  constraint privacy_requests_kind_check CHECK ((kind = ANY (ARRAY['copy'::text, 'delete'::text]))),
  constraint privacy_requests_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text]))),
  constraint privacy_requests_proof_check CHECK ((proof = ANY (ARRAY['mail'::text, 'company'::text]))),
  constraint privacy_requests_workspace_id_decided_by_fkey FOREIGN KEY (workspace_id, decided_by) REFERENCES people(workspace_id, id),
  constraint privacy_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint privacy_requests_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint privacy_requests_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX privacy_requests_decided ON public.privacy_requests USING btree (workspace_id, decided_at, id) WHERE (decided_at IS NOT NULL)
CREATE INDEX privacy_requests_open ON public.privacy_requests USING btree (workspace_id, due_at, id) WHERE (decided_at IS NULL)
CREATE INDEX privacy_requests_person ON public.privacy_requests USING btree (workspace_id, decided_by) WHERE (decided_by IS NOT NULL)
CREATE INDEX privacy_requests_ticket ON public.privacy_requests USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.privacy_requests FOR EACH ROW EXECUTE FUNCTION rapport_audit('privacy_request', 'id', '', '{kind,outcome,decided_at}', '{decided_by,address,ticket_id,customer_id,due_at,asked_at,proof}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.privacy_requests FOR EACH ROW EXECUTE FUNCTION rapport_audit('privacy_request', 'id', '', '{kind,outcome,decided_at}', '{decided_by,address,ticket_id,customer_id,due_at,asked_at,proof}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.privacy_requests FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('privacy_request', 'id', '', '{kind,outcome,decided_at}', '{decided_by,address,ticket_id,customer_id,due_at,asked_at,proof}')

table push_devices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  endpoint_hash bytea not null,
  public_key text not null,
  auth_secret sealed not null,
  subjects boolean not null default false,
  created_at timestamp with time zone not null,
  told_at timestamp with time zone,
  refusals bigint not null default 0,
  constraint push_devices_endpoint_check CHECK (((length(endpoint) >= 10) AND (length(endpoint) <= 1000))),
  constraint push_devices_public_key_check CHECK (((length(public_key) >= 80) AND (length(public_key) <= 100))),
  constraint push_devices_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint push_devices_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id) ON DELETE CASCADE,
  constraint push_devices_pkey PRIMARY KEY (workspace_id, id),
  constraint push_devices_workspace_id_endpoint_hash_key UNIQUE (workspace_id, endpoint_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX push_devices_person ON public.push_devices USING btree (workspace_id, person_id, created_at)
CREATE INDEX push_devices_session ON public.push_devices USING btree (workspace_id, session_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.push_devices FOR EACH ROW EXECUTE FUNCTION rapport_audit('push_device', 'id', '', '{person_id,subjects}', '{session_id,endpoint,endpoint_hash,public_key,auth_secret,created_at,told_at,refusals}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.push_devices FOR EACH ROW EXECUTE FUNCTION rapport_audit('push_device', 'id', '', '{person_id,subjects}', '{session_id,endpoint,endpoint_hash,public_key,auth_secret,created_at,told_at,refusals}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.push_devices FOR EACH ROW WHEN ((old.subjects IS DISTINCT FROM new.subjects)) EXECUTE FUNCTION rapport_audit('push_device', 'id', '', '{person_id,subjects}', '{session_id,endpoint,endpoint_hash,public_key,auth_secret,created_at,told_at,refusals}')

table push_keys (
  workspace_id uuid not null,
  public_key text not null,
  private_key sealed not null,
  created_at timestamp with time zone not null,
  constraint push_keys_public_key_check CHECK (((length(public_key) >= 80) AND (length(public_key) <= 100))),
  constraint push_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint push_keys_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.push_keys FOR EACH ROW EXECUTE FUNCTION rapport_audit('push_keys', 'workspace_id', '', '{public_key}', '{created_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.push_keys FOR EACH ROW EXECUTE FUNCTION rapport_audit('push_keys', 'workspace_id', '', '{public_key}', '{created_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.push_keys FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('push_keys', 'workspace_id', '', '{public_key}', '{created_at}')

table push_messages (
  workspace_id uuid not null,
  device_id uuid not null,
  notice_id uuid not null,
  due_at timestamp with time zone not null,
  tries bigint not null default 0,
  constraint push_messages_workspace_id_device_id_fkey FOREIGN KEY (workspace_id, device_id) REFERENCES push_devices(workspace_id, id) ON DELETE CASCADE,
  constraint push_messages_workspace_id_notice_id_fkey FOREIGN KEY (workspace_id, notice_id) REFERENCES notices(workspace_id, id) ON DELETE CASCADE,
  constraint push_messages_pkey PRIMARY KEY (workspace_id, device_id, notice_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX push_messages_due ON public.push_messages USING btree (due_at)
CREATE INDEX push_messages_notice ON public.push_messages USING btree (workspace_id, notice_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table quarantine (
  workspace_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  reason text not null,
  words text not null default ''::text,
  sender text not null default ''::text,
  sender_name text not null default ''::text,
  subject text not null default ''::text,
  held_at timestamp with time zone not null,
  state text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_id uuid,
  release_at timestamp with time zone,
  announced_at timestamp with time zone,
  announced_in uuid,
  vector tsvector not null,
  constraint quarantine_reason_check CHECK ((reason = ANY (ARRAY['unreadable'::text, 'spam'::text, 'blocked_sender'::text, 'verification_code'::text, 'too_many'::text, 'loop'::text]))),
  constraint quarantine_state_check CHECK ((state = ANY (ARRAY['held'::text, 'releasing'::text, 'released'::text, 'discarded'::text, 'purged'::text]))),
  constraint quarantine_words_check CHECK ((length(words) <= 2000)),
  constraint quarantine_workspace_id_decided_by_fkey FOREIGN KEY (workspace_id, decided_by) REFERENCES people(workspace_id, id),
  constraint quarantine_workspace_id_id_fkey FOREIGN KEY (workspace_id, id) REFERENCES inbound_messages(workspace_id, id),
  constraint quarantine_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint quarantine_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE; rapport_search: SELECT
CREATE INDEX quarantine_age ON public.quarantine USING btree (workspace_id, held_at) WHERE (state = ANY (ARRAY['held'::text, 'discarded'::text]))
CREATE INDEX quarantine_decision ON public.quarantine USING btree (workspace_id, decision_id) WHERE (decision_id IS NOT NULL)
CREATE INDEX quarantine_due ON public.quarantine USING btree (release_at) WHERE (state = 'releasing'::text)
CREATE INDEX quarantine_reason ON public.quarantine USING btree (workspace_id, state, reason, held_at DESC, id DESC)
CREATE INDEX quarantine_recent ON public.quarantine USING btree (workspace_id, state, held_at DESC, id DESC)
CREATE INDEX quarantine_vector ON public.quarantine USING gin (vector)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy quarantine_search_rows for select to rapport_search using (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_update AFTER UPDATE ON public.quarantine FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION rapport_audit('held_mail', 'id', '', '{state,reason}', '{decided_at,decided_by,decision_id,release_at,announced_at,announced_in,vector,words}')

table quarantine_owners (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  person_id uuid,
  team_id uuid,
  constraint quarantine_owners_check CHECK (((person_id IS NULL) <> (team_id IS NULL))),
  constraint quarantine_owners_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint quarantine_owners_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint quarantine_owners_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint quarantine_owners_pkey PRIMARY KEY (workspace_id, mailbox_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.quarantine_owners FOR EACH ROW EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{mailbox_id,person_id,team_id}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.quarantine_owners FOR EACH ROW EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{mailbox_id,person_id,team_id}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.quarantine_owners FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{mailbox_id,person_id,team_id}', '{}')

table quarantine_settings (
  workspace_id uuid not null,
  keep_days bigint not null default 30,
  person_id uuid,
  team_id uuid,
  digest_due_at timestamp with time zone,
  digest_hour bigint not null default 9,
  constraint quarantine_settings_check CHECK (((person_id IS NULL) OR (team_id IS NULL))),
  constraint quarantine_settings_digest_hour_check CHECK (((digest_hour >= 0) AND (digest_hour <= 23))),
  constraint quarantine_settings_keep_days_check CHECK (((keep_days >= 7) AND (keep_days <= 365))),
  constraint quarantine_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint quarantine_settings_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint quarantine_settings_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint quarantine_settings_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX quarantine_digests ON public.quarantine_settings USING btree (digest_due_at) WHERE (digest_due_at IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.quarantine_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{keep_days,person_id,team_id,digest_hour}', '{digest_due_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.quarantine_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{keep_days,person_id,team_id,digest_hour}', '{digest_due_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.quarantine_settings FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('quarantine_settings', 'workspace_id', '', '{keep_days,person_id,team_id,digest_hour}', '{digest_due_at}')

table queue_rechecks (
  workspace_id uuid not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  constraint queue_rechecks_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint queue_rechecks_pkey PRIMARY KEY (workspace_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX queue_rechecks_at ON public.queue_rechecks USING btree (at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table queue_tickets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  queue_id uuid not null,
  state text not null,
  number bigint not null,
  channel text not null,
  language text not null,
  since timestamp with time zone not null,
  rank_at timestamp with time zone not null,
  person_id uuid,
  given_at timestamp with time zone,
  own_agent_id uuid,
  own_known boolean not null default false,
  ahead bigint,
  low_seconds bigint,
  high_seconds bigint,
  due_at timestamp with time zone,
  by_due boolean not null default false,
  own_by text,
  reply_low_seconds bigint,
  reply_high_seconds bigint,
  constraint queue_tickets_own_by_check CHECK ((own_by = ANY (ARRAY['set'::text, 'last'::text]))),
  constraint queue_tickets_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'given'::text]))),
  constraint queue_tickets_workspace_id_queue_id_fkey FOREIGN KEY (workspace_id, queue_id) REFERENCES queues(workspace_id, id) ON DELETE CASCADE,
  constraint queue_tickets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint queue_tickets_pkey PRIMARY KEY (workspace_id, ticket_id)
)
  -- row security forced; fillfactor=80
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX queue_tickets_alike ON public.queue_tickets USING btree (workspace_id, queue_id, state, language, channel, rank_at, since, number)
CREATE INDEX queue_tickets_since ON public.queue_tickets USING btree (workspace_id, queue_id, state, since)
CREATE INDEX queue_tickets_turn ON public.queue_tickets USING btree (workspace_id, queue_id, state, rank_at, since, number)
CREATE INDEX queue_tickets_unexpected ON public.queue_tickets USING btree (workspace_id, queue_id) WHERE ((state = 'waiting'::text) AND (ahead IS NULL))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table queue_waits (
  workspace_id uuid not null,
  id uuid not null,
  queue_id uuid not null,
  ticket_id uuid not null,
  since timestamp with time zone not null,
  given_at timestamp with time zone not null,
  ahead bigint not null,
  waited_seconds bigint not null,
  low_seconds bigint,
  high_seconds bigint,
  replied_at timestamp with time zone,
  reply_seconds bigint,
  reply_low_seconds bigint,
  reply_high_seconds bigint,
  constraint queue_waits_workspace_id_queue_id_fkey FOREIGN KEY (workspace_id, queue_id) REFERENCES queues(workspace_id, id) ON DELETE CASCADE,
  constraint queue_waits_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint queue_waits_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX queue_waits_latest ON public.queue_waits USING btree (workspace_id, queue_id, given_at DESC)
CREATE INDEX queue_waits_replied ON public.queue_waits USING btree (workspace_id, queue_id, replied_at DESC) WHERE (replied_at IS NOT NULL)
CREATE INDEX queue_waits_ticket ON public.queue_waits USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table queues (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  "position" bigint not null,
  conditions jsonb,
  mode text not null,
  team_ids uuid[] not null default '{}'::uuid[],
  overflow jsonb not null default '[]'::jsonb,
  offer_seconds bigint,
  skills jsonb not null default '[]'::jsonb,
  language jsonb,
  head_start_seconds bigint not null default 0,
  own_agent_seconds bigint,
  calendar_id uuid,
  version bigint not null default 1,
  nobody_since timestamp with time zone,
  look_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint queues_mode_check CHECK ((mode = ANY (ARRAY['pull'::text, 'push'::text, 'round_robin'::text, 'least_loaded'::text, 'longest_idle'::text]))),
  constraint queues_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint queues_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id),
  constraint queues_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint queues_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX queues_calendar ON public.queues USING btree (workspace_id, calendar_id) WHERE (calendar_id IS NOT NULL)
CREATE UNIQUE INDEX queues_name ON public.queues USING btree (workspace_id, lower(name))
CREATE INDEX queues_order ON public.queues USING btree (workspace_id, "position", id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.queues FOR EACH ROW EXECUTE FUNCTION rapport_audit('queue', 'id', 'name', '{name,position,conditions,mode,team_ids,overflow,offer_seconds,skills,language,head_start_seconds,own_agent_seconds,calendar_id}', '{nobody_since,look_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.queues FOR EACH ROW EXECUTE FUNCTION rapport_audit('queue', 'id', 'name', '{name,position,conditions,mode,team_ids,overflow,offer_seconds,skills,language,head_start_seconds,own_agent_seconds,calendar_id}', '{nobody_since,look_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.queues FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('queue', 'id', 'name', '{name,position,conditions,mode,team_ids,overflow,offer_seconds,skills,language,head_start_seconds,own_agent_seconds,calendar_id}', '{nobody_since,look_at}')

table rate_windows (
  key text not null,
  count bigint not null,
  ends_at timestamp with time zone not null,
  constraint rate_windows_pkey PRIMARY KEY (key)
)
  -- row security off
CREATE INDEX rate_windows_end ON public.rate_windows USING btree (ends_at)

table recovery_codes (
  workspace_id uuid not null,
  person_id uuid not null,
  code_hash bytea not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_codes_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint recovery_codes_pkey PRIMARY KEY (workspace_id, person_id, code_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_insert AFTER INSERT ON public.recovery_codes FOR EACH ROW EXECUTE FUNCTION rapport_audit('recovery_code', 'person_id', '', '{used_at}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.recovery_codes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('recovery_code', 'person_id', '', '{used_at}', '{}')

table remembered_devices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  device_hash bytea not null,
  user_agent text not null,
  address text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint remembered_devices_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint remembered_devices_pkey PRIMARY KEY (workspace_id, id),
  constraint remembered_devices_device_hash_key UNIQUE (device_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX remembered_devices_person ON public.remembered_devices USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.remembered_devices FOR EACH ROW EXECUTE FUNCTION rapport_audit('remembered_device', 'person_id', '', '{expires_at}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.remembered_devices FOR EACH ROW EXECUTE FUNCTION rapport_audit('remembered_device', 'person_id', '', '{expires_at}', '{}')

table reminders (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}'::uuid[],
  person_id uuid not null,
  made_by uuid not null,
  note text not null,
  due_at timestamp with time zone not null,
  made_at timestamp with time zone not null,
  told_at timestamp with time zone,
  done_at timestamp with time zone,
  constraint reminders_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint reminders_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint reminders_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX reminders_due ON public.reminders USING btree (due_at) WHERE ((told_at IS NULL) AND (done_at IS NULL))
CREATE INDEX reminders_person ON public.reminders USING btree (workspace_id, person_id, due_at, id) WHERE (done_at IS NULL)
CREATE INDEX reminders_ticket ON public.reminders USING btree (workspace_id, ticket_id, due_at, id) WHERE (done_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table request_confirmations (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  token_hash bytea not null,
  ticket_id uuid,
  entry_id uuid,
  waiting jsonb,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint request_confirmations_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint request_confirmations_check CHECK ((((entry_id IS NULL) <> (waiting IS NULL)) OR (used_at IS NOT NULL))),
  constraint request_confirmations_waiting_check CHECK ((jsonb_typeof(waiting) = 'object'::text)),
  constraint request_confirmations_workspace_id_entry_id_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES entries(workspace_id, id) ON DELETE CASCADE,
  constraint request_confirmations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint request_confirmations_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX request_confirmations_entry ON public.request_confirmations USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE INDEX request_confirmations_expiry ON public.request_confirmations USING btree (expires_at)
CREATE UNIQUE INDEX request_confirmations_token ON public.request_confirmations USING btree (workspace_id, token_hash)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table request_sessions (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  address_key text not null,
  token_hash bytea not null,
  proof text not null,
  user_agent text not null default ''::text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint request_sessions_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint request_sessions_proof_check CHECK ((proof = ANY (ARRAY['mail'::text, 'company'::text]))),
  constraint request_sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint request_sessions_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX request_sessions_address ON public.request_sessions USING btree (workspace_id, address_key, created_at DESC, id DESC) WHERE (ended_at IS NULL)
CREATE INDEX request_sessions_expiry ON public.request_sessions USING btree (expires_at)
CREATE UNIQUE INDEX request_sessions_token ON public.request_sessions USING btree (workspace_id, token_hash)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table request_settings (
  workspace_id uuid not null,
  staff_names text not null default 'first'::text,
  strangers boolean not null default true,
  constraint request_settings_staff_names_check CHECK ((staff_names = ANY (ARRAY['full'::text, 'first'::text, 'none'::text]))),
  constraint request_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint request_settings_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.request_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('request_settings', 'workspace_id', '', '{staff_names,strangers}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.request_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('request_settings', 'workspace_id', '', '{staff_names,strangers}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.request_settings FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('request_settings', 'workspace_id', '', '{staff_names,strangers}', '{}')

table request_sign_ins (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  code_hash bytea not null,
  link_hash bytea not null,
  tries bigint not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint request_sign_ins_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint request_sign_ins_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint request_sign_ins_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX request_sign_ins_expiry ON public.request_sign_ins USING btree (expires_at)
CREATE UNIQUE INDEX request_sign_ins_link ON public.request_sign_ins USING btree (workspace_id, link_hash)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table routing_log (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  queue_id uuid,
  person_id uuid,
  at timestamp with time zone not null,
  late boolean not null default false,
  why jsonb not null,
  constraint routing_log_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint routing_log_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX routing_log_ticket ON public.routing_log USING btree (workspace_id, ticket_id, at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table routing_settings (
  workspace_id uuid not null,
  settings jsonb not null default '{}'::jsonb,
  version bigint not null default 0,
  swept bigint not null default 0,
  sweeping bigint,
  sweep_after text,
  constraint routing_settings_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
  constraint routing_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint routing_settings_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX routing_settings_stale ON public.routing_settings USING btree (workspace_id) WHERE (swept < version)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_insert AFTER INSERT ON public.routing_settings FOR EACH ROW EXECUTE FUNCTION rapport_audit('routing_settings', 'workspace_id', '', '{settings}', '{swept,sweeping,sweep_after}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.routing_settings FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('routing_settings', 'workspace_id', '', '{settings}', '{swept,sweeping,sweep_after}')

table rule_ages (
  workspace_id uuid not null,
  rule_id uuid not null,
  number bigint not null,
  reached_at timestamp with time zone not null,
  reached_id uuid not null,
  calendar_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  constraint rule_ages_workspace_id_rule_id_fkey FOREIGN KEY (workspace_id, rule_id) REFERENCES rules(workspace_id, id) ON DELETE CASCADE,
  constraint rule_ages_pkey PRIMARY KEY (workspace_id, rule_id, number, calendar_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rule_follow_ups (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  ticket_id uuid not null,
  text text not null,
  due_at timestamp with time zone not null,
  done_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint rule_follow_ups_text_check CHECK ((length(text) <= 10000)),
  constraint rule_follow_ups_workspace_id_rule_id_fkey FOREIGN KEY (workspace_id, rule_id) REFERENCES rules(workspace_id, id) ON DELETE CASCADE,
  constraint rule_follow_ups_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint rule_follow_ups_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX rule_follow_ups_due ON public.rule_follow_ups USING btree (due_at) WHERE (done_at IS NULL)
CREATE INDEX rule_follow_ups_rule ON public.rule_follow_ups USING btree (workspace_id, rule_id)
CREATE INDEX rule_follow_ups_ticket ON public.rule_follow_ups USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rule_later (
  workspace_id uuid not null,
  rule_id uuid not null,
  ticket_id uuid not null,
  due_at timestamp with time zone not null,
  calendar_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  constraint rule_later_workspace_id_rule_id_fkey FOREIGN KEY (workspace_id, rule_id) REFERENCES rules(workspace_id, id) ON DELETE CASCADE,
  constraint rule_later_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint rule_later_pkey PRIMARY KEY (workspace_id, rule_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX rule_later_due ON public.rule_later USING btree (workspace_id, rule_id, due_at, ticket_id)
CREATE INDEX rule_later_ticket ON public.rule_later USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rule_runs (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  rule_version bigint not null,
  ticket_id uuid not null,
  cause text not null,
  event text,
  due_at timestamp with time zone,
  late boolean not null default false,
  depth bigint not null default 0,
  outcome text not null,
  held jsonb not null default '[]'::jsonb,
  effects jsonb not null default '[]'::jsonb,
  seq_from bigint not null default 0,
  seq_to bigint not null default 0,
  at timestamp with time zone not null,
  constraint rule_runs_cause_check CHECK ((length(cause) <= 400)),
  constraint rule_runs_outcome_check CHECK ((outcome = ANY (ARRAY['ran'::text, 'failed'::text, 'limited'::text, 'looped'::text]))),
  constraint rule_runs_workspace_id_rule_id_fkey FOREIGN KEY (workspace_id, rule_id) REFERENCES rules(workspace_id, id),
  constraint rule_runs_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint rule_runs_pkey PRIMARY KEY (workspace_id, id),
  constraint rule_runs_workspace_id_rule_id_ticket_id_cause_key UNIQUE (workspace_id, rule_id, ticket_id, cause)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX rule_runs_age ON public.rule_runs USING btree (workspace_id, at, id)
CREATE INDEX rule_runs_rule ON public.rule_runs USING btree (workspace_id, rule_id, at DESC, id DESC)
CREATE INDEX rule_runs_ticket ON public.rule_runs USING btree (workspace_id, ticket_id, at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rule_sets (
  workspace_id uuid not null,
  ready_made bigint not null,
  constraint rule_sets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint rule_sets_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rule_versions (
  workspace_id uuid not null,
  rule_id uuid not null,
  version bigint not null,
  definition jsonb not null,
  changed_by uuid,
  changed_at timestamp with time zone not null,
  constraint rule_versions_workspace_id_rule_id_fkey FOREIGN KEY (workspace_id, rule_id) REFERENCES rules(workspace_id, id) ON DELETE CASCADE,
  constraint rule_versions_pkey PRIMARY KEY (workspace_id, rule_id, version)
)
  -- row security forced
  -- rapport_app: INSERT, SELECT
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table rules (
  workspace_id uuid not null,
  id uuid not null,
  "position" bigint not null,
  enabled boolean not null,
  kind text not null,
  definition jsonb not null,
  version bigint not null default 1,
  calendar_id uuid,
  ready_made text,
  look_at timestamp with time zone,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint rules_definition_check CHECK ((jsonb_typeof(definition) = 'object'::text)),
  constraint rules_kind_check CHECK ((kind = ANY (ARRAY['event'::text, 'time'::text]))),
  constraint rules_ready_made_check CHECK ((length(ready_made) <= 60)),
  constraint rules_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id),
  constraint rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint rules_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX rules_calendar ON public.rules USING btree (workspace_id, calendar_id) WHERE (calendar_id IS NOT NULL)
CREATE INDEX rules_due ON public.rules USING btree (look_at) WHERE (look_at IS NOT NULL)
CREATE INDEX rules_order ON public.rules USING btree (workspace_id, "position") WHERE (removed_at IS NULL)
CREATE UNIQUE INDEX rules_ready_made ON public.rules USING btree (workspace_id, ready_made) WHERE (ready_made IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.rules FOR EACH ROW EXECUTE FUNCTION rapport_audit('rule', 'id', '', '{position,enabled,kind,definition,calendar_id,removed_at}', '{ready_made,look_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.rules FOR EACH ROW EXECUTE FUNCTION rapport_audit('rule', 'id', '', '{position,enabled,kind,definition,calendar_id,removed_at}', '{ready_made,look_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.rules FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('rule', 'id', '', '{position,enabled,kind,definition,calendar_id,removed_at}', '{ready_made,look_at}')

table saved_replies (
  workspace_id uuid not null,
  id uuid not null,
  team_id uuid,
  name text not null,
  variants jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  actions jsonb not null default '[]'::jsonb,
  used_count bigint not null default 0,
  last_used_at timestamp with time zone,
  folder text not null default ''::text,
  attachment_ids uuid[] not null default '{}'::uuid[],
  constraint saved_replies_actions_check CHECK ((jsonb_typeof(actions) = 'array'::text)),
  constraint saved_replies_folder_check CHECK ((length(folder) <= 100)),
  constraint saved_replies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint saved_replies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint saved_replies_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint saved_replies_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX saved_replies_team ON public.saved_replies USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.saved_replies FOR EACH ROW EXECUTE FUNCTION rapport_audit('saved_reply', 'id', 'name', '{name,team_id,variants,actions}', '{used_count,last_used_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.saved_replies FOR EACH ROW EXECUTE FUNCTION rapport_audit('saved_reply', 'id', 'name', '{name,team_id,variants,actions}', '{used_count,last_used_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.saved_replies FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('saved_reply', 'id', 'name', '{name,team_id,variants,actions}', '{used_count,last_used_at}')

table schema_migrations (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (name)
)
  -- row security off

table search_documents (
  workspace_id uuid not null,
  kind text not null,
  id uuid not null,
  subject_id uuid not null,
  at timestamp with time zone not null,
  hidden boolean not null default false,
  name text,
  vector tsvector not null,
  constraint search_documents_kind_check CHECK ((kind = ANY (ARRAY['entry'::text, 'ticket'::text, 'file'::text, 'aside'::text, 'customer'::text]))),
  constraint search_documents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint search_documents_pkey PRIMARY KEY (workspace_id, kind, id)
)
  -- row security forced; fillfactor=90
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE; rapport_search: SELECT
CREATE INDEX search_documents_name ON public.search_documents USING gin (name gin_trgm_ops) WHERE (name IS NOT NULL)
CREATE INDEX search_documents_subject ON public.search_documents USING btree (workspace_id, subject_id, at)
CREATE INDEX search_documents_time ON public.search_documents USING btree (workspace_id, kind, at DESC)
CREATE INDEX search_documents_vector ON public.search_documents USING gin (vector) WITH (fastupdate='on', gin_pending_list_limit='1024')
policy owner_rows for all to rapport_owner using (true) with check (true)
policy search_rows for select to rapport_search using (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table search_words (
  workspace_id uuid not null,
  word text not null,
  constraint search_words_word_check CHECK (((length(word) >= 4) AND (length(word) <= 40))),
  constraint search_words_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint search_words_pkey PRIMARY KEY (workspace_id, word)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE; rapport_search: SELECT
CREATE INDEX search_words_likeness ON public.search_words USING gin (word gin_trgm_ops)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy search_rows for select to rapport_search using (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table sender_rules (
  workspace_id uuid not null,
  id uuid not null,
  verdict text not null,
  kind text not null,
  value text not null,
  reason text not null default ''::text,
  created_by uuid,
  created_at timestamp with time zone not null,
  constraint sender_rules_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'domain'::text]))),
  constraint sender_rules_reason_check CHECK ((length(reason) <= 500)),
  constraint sender_rules_value_check CHECK (((length(value) >= 1) AND (length(value) <= 320))),
  constraint sender_rules_verdict_check CHECK ((verdict = ANY (ARRAY['block'::text, 'allow'::text]))),
  constraint sender_rules_workspace_id_created_by_fkey FOREIGN KEY (workspace_id, created_by) REFERENCES people(workspace_id, id),
  constraint sender_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sender_rules_pkey PRIMARY KEY (workspace_id, id),
  constraint sender_rules_workspace_id_value_key UNIQUE (workspace_id, value)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sender_rules_author ON public.sender_rules USING btree (workspace_id, created_by) WHERE (created_by IS NOT NULL)
CREATE INDEX sender_rules_recent ON public.sender_rules USING btree (workspace_id, verdict, created_at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.sender_rules FOR EACH ROW EXECUTE FUNCTION rapport_audit('sender_rule', 'id', '', '{verdict,kind}', '{created_by}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.sender_rules FOR EACH ROW EXECUTE FUNCTION rapport_audit('sender_rule', 'id', '', '{verdict,kind}', '{created_by}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.sender_rules FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('sender_rule', 'id', '', '{verdict,kind}', '{created_by}')

table sender_traffic (
  workspace_id uuid not null,
  key text not null,
  slot timestamp with time zone not null,
  count bigint not null,
  constraint sender_traffic_key_check CHECK (((length(key) >= 1) AND (length(key) <= 400))),
  constraint sender_traffic_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sender_traffic_pkey PRIMARY KEY (workspace_id, key, slot)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sender_traffic_age ON public.sender_traffic USING btree (slot)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table sending_domains (
  workspace_id uuid not null,
  domain text not null,
  checked_at timestamp with time zone,
  found jsonb,
  created_at timestamp with time zone not null,
  check_due_at timestamp with time zone not null default now(),
  constraint sending_domains_domain_check CHECK (((length(domain) >= 1) AND (length(domain) <= 255))),
  constraint sending_domains_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sending_domains_pkey PRIMARY KEY (workspace_id, domain)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sending_domains_due ON public.sending_domains USING btree (check_due_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.sending_domains FOR EACH ROW EXECUTE FUNCTION rapport_audit('sending_domain', 'domain', 'domain', '{domain}', '{checked_at,found,check_due_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.sending_domains FOR EACH ROW EXECUTE FUNCTION rapport_audit('sending_domain', 'domain', 'domain', '{domain}', '{checked_at,found,check_due_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.sending_domains FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('sending_domain', 'domain', 'domain', '{domain}', '{checked_at,found,check_due_at}')

table sessions (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  user_agent text not null default ''::text,
  address text not null default ''::text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  second_step text,
  proved_at timestamp with time zone not null default now(),
  remembered_id uuid,
  constraint sessions_second_step_check CHECK ((second_step = ANY (ARRAY['totp'::text, 'passkey'::text, 'recovery'::text, 'device'::text, 'operator'::text]))),
  constraint sessions_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint sessions_pkey PRIMARY KEY (workspace_id, id),
  constraint sessions_token_hash_key UNIQUE (token_hash)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sessions_by_age ON public.sessions USING btree (workspace_id, person_id, created_at DESC, id DESC) WHERE (revoked_at IS NULL)
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at)
CREATE INDEX sessions_id ON public.sessions USING btree (id)
CREATE INDEX sessions_person ON public.sessions USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_insert AFTER INSERT ON public.sessions FOR EACH ROW EXECUTE FUNCTION rapport_audit('session', 'person_id', '', '{second_step,proved_at,revoked_at}', '{token_hash,last_seen_at,expires_at,remembered_id,user_agent,address}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.sessions FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('session', 'person_id', '', '{second_step,proved_at,revoked_at}', '{token_hash,last_seen_at,expires_at,remembered_id,user_agent,address}')

table setup_links (
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint setup_links_pkey PRIMARY KEY (token_hash)
)
  -- row security off

table shared_drafts (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  path uuid[] not null default '{}'::uuid[],
  audience text not null,
  team_id uuid,
  author_id uuid not null,
  writers jsonb not null,
  body jsonb not null,
  version bigint not null default 1,
  edited_by uuid not null,
  edited_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  shared_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  outcome text,
  entry_id uuid,
  traces jsonb not null default '[]'::jsonb,
  constraint shared_drafts_audience_check CHECK ((audience = ANY (ARRAY['team'::text, 'ticket'::text]))),
  constraint shared_drafts_check CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint shared_drafts_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'held'::text, 'discarded'::text]))),
  constraint shared_drafts_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE SET NULL (team_id),
  constraint shared_drafts_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint shared_drafts_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX shared_drafts_entry ON public.shared_drafts USING btree (workspace_id, entry_id) WHERE (entry_id IS NOT NULL)
CREATE INDEX shared_drafts_team ON public.shared_drafts USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
CREATE INDEX shared_drafts_ticket ON public.shared_drafts USING btree (workspace_id, ticket_id, shared_at)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table skills (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  language text,
  created_at timestamp with time zone not null,
  constraint skills_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint skills_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint skills_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint skills_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX skills_language ON public.skills USING btree (workspace_id, language) WHERE (language IS NOT NULL)
CREATE UNIQUE INDEX skills_name ON public.skills USING btree (workspace_id, lower(name))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.skills FOR EACH ROW EXECUTE FUNCTION rapport_audit('skill', 'id', 'name', '{name,language}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.skills FOR EACH ROW EXECUTE FUNCTION rapport_audit('skill', 'id', 'name', '{name,language}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.skills FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('skill', 'id', 'name', '{name,language}', '{}')

table sla_flags (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  person_id uuid,
  count bigint not null,
  at timestamp with time zone not null,
  reviewed_at timestamp with time zone,
  reviewed_by uuid,
  constraint sla_flags_kind_check CHECK ((kind = ANY (ARRAY['holding_replies'::text, 'repeated_snoozes'::text]))),
  constraint sla_flags_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id),
  constraint sla_flags_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint sla_flags_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sla_flags_newest ON public.sla_flags USING btree (workspace_id, at DESC, id DESC) WHERE (reviewed_at IS NULL)
CREATE UNIQUE INDEX sla_flags_open ON public.sla_flags USING btree (workspace_id, ticket_id, kind) WHERE (reviewed_at IS NULL)
CREATE INDEX sla_flags_person ON public.sla_flags USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_update AFTER UPDATE ON public.sla_flags FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('sla_flag', 'id', '', '{reviewed_at}', '{reviewed_by}')

table sla_policies (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  calendar_id uuid,
  conditions jsonb,
  targets jsonb not null,
  actions jsonb not null default '[]'::jsonb,
  place bigint not null,
  enabled boolean not null default true,
  ready_made text,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint sla_policies_actions_check CHECK ((jsonb_typeof(actions) = 'array'::text)),
  constraint sla_policies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint sla_policies_targets_check CHECK ((jsonb_typeof(targets) = 'array'::text)),
  constraint sla_policies_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES calendars(workspace_id, id),
  constraint sla_policies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sla_policies_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sla_policies_calendar ON public.sla_policies USING btree (workspace_id, calendar_id) WHERE (calendar_id IS NOT NULL)
CREATE UNIQUE INDEX sla_policies_name ON public.sla_policies USING btree (workspace_id, lower(name))
CREATE UNIQUE INDEX sla_policies_ready_made ON public.sla_policies USING btree (workspace_id, ready_made) WHERE (ready_made IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.sla_policies FOR EACH ROW EXECUTE FUNCTION rapport_audit('sla_policy', 'id', 'name', '{name,calendar_id,conditions,targets,actions,place,enabled}', '{ready_made}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.sla_policies FOR EACH ROW EXECUTE FUNCTION rapport_audit('sla_policy', 'id', 'name', '{name,calendar_id,conditions,targets,actions,place,enabled}', '{ready_made}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.sla_policies FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('sla_policy', 'id', 'name', '{name,calendar_id,conditions,targets,actions,place,enabled}', '{ready_made}')

table sla_results (
  workspace_id uuid not null,
  ticket_id uuid not null,
  metric text not null,
  round bigint not null,
  policy_id uuid,
  team_id uuid,
  person_id uuid,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  ended_at timestamp with time zone,
  decided_at timestamp with time zone not null,
  kept boolean not null,
  target_seconds bigint not null,
  working boolean not null,
  seconds bigint not null,
  constraint sla_results_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint sla_results_pkey PRIMARY KEY (workspace_id, ticket_id, metric, round)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sla_results_decided ON public.sla_results USING btree (workspace_id, decided_at DESC, ticket_id DESC, metric DESC, round DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table sla_rules (
  workspace_id uuid not null,
  version bigint not null default 1,
  trusted_from bigint not null default 0,
  swept bigint not null default 0,
  sweeping bigint,
  sweep_after jsonb,
  begun boolean not null default true,
  constraint sla_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sla_rules_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sla_rules_stale ON public.sla_rules USING btree (workspace_id) WHERE (swept < version)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table sla_sheets (
  workspace_id uuid not null,
  ticket_id uuid not null,
  policy_id uuid,
  sheet jsonb not null,
  rules bigint not null,
  next_at timestamp with time zone,
  due_at timestamp with time zone,
  calendar_id uuid,
  recheck_at timestamp with time zone,
  constraint sla_sheets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint sla_sheets_pkey PRIMARY KEY (workspace_id, ticket_id)
)
  -- row security forced; fillfactor=80
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX sla_sheets_next ON public.sla_sheets USING btree (next_at, workspace_id, ticket_id) WHERE (next_at IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table socket_tickets (
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint socket_tickets_pkey PRIMARY KEY (hash)
)
  -- row security off
CREATE INDEX socket_tickets_expiry ON public.socket_tickets USING btree (expires_at)

table spam_filters (
  workspace_id uuid not null,
  sensitivity text not null default 'normal'::text,
  per_ten_minutes bigint not null default 60,
  per_hour bigint not null default 300,
  equal_texts bigint not null default 30,
  spam_lessons bigint not null default 0,
  ham_lessons bigint not null default 0,
  constraint spam_filters_equal_texts_check CHECK (((equal_texts >= 5) AND (equal_texts <= 100000))),
  constraint spam_filters_per_hour_check CHECK (((per_hour >= 5) AND (per_hour <= 1000000))),
  constraint spam_filters_per_ten_minutes_check CHECK (((per_ten_minutes >= 5) AND (per_ten_minutes <= 100000))),
  constraint spam_filters_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['off'::text, 'careful'::text, 'normal'::text, 'strict'::text]))),
  constraint spam_filters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint spam_filters_pkey PRIMARY KEY (workspace_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.spam_filters FOR EACH ROW EXECUTE FUNCTION rapport_audit('spam_filter', 'workspace_id', '', '{sensitivity,per_ten_minutes,per_hour,equal_texts}', '{spam_lessons,ham_lessons}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.spam_filters FOR EACH ROW EXECUTE FUNCTION rapport_audit('spam_filter', 'workspace_id', '', '{sensitivity,per_ten_minutes,per_hour,equal_texts}', '{spam_lessons,ham_lessons}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.spam_filters FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('spam_filter', 'workspace_id', '', '{sensitivity,per_ten_minutes,per_hour,equal_texts}', '{spam_lessons,ham_lessons}')

table spam_lessons (
  workspace_id uuid not null,
  ledger_id uuid not null,
  wanted text,
  learnt text,
  words text[] not null default '{}'::text[],
  decided_at timestamp with time zone not null,
  learnt_at timestamp with time zone,
  attempts bigint not null default 0,
  constraint spam_lessons_learnt_check CHECK ((learnt = ANY (ARRAY['spam'::text, 'ham'::text]))),
  constraint spam_lessons_wanted_check CHECK ((wanted = ANY (ARRAY['spam'::text, 'ham'::text]))),
  constraint spam_lessons_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint spam_lessons_workspace_id_ledger_id_fkey FOREIGN KEY (workspace_id, ledger_id) REFERENCES inbound_messages(workspace_id, id) ON DELETE CASCADE,
  constraint spam_lessons_pkey PRIMARY KEY (workspace_id, ledger_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX spam_lessons_due ON public.spam_lessons USING btree (decided_at) WHERE (wanted IS DISTINCT FROM learnt)
CREATE INDEX spam_lessons_learnt ON public.spam_lessons USING btree (workspace_id, learnt, learnt_at) WHERE (learnt IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table spam_words (
  workspace_id uuid not null,
  word text not null,
  spam bigint not null default 0,
  ham bigint not null default 0,
  constraint spam_words_ham_check CHECK ((ham >= 0)),
  constraint spam_words_spam_check CHECK ((spam >= 0)),
  constraint spam_words_word_check CHECK (((length(word) >= 1) AND (length(word) <= 64))),
  constraint spam_words_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint spam_words_pkey PRIMARY KEY (workspace_id, word)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table stand_ins (
  workspace_id uuid not null,
  ticket_id uuid not null,
  absence_id uuid not null,
  deputy_id uuid not null,
  at timestamp with time zone not null,
  constraint stand_ins_workspace_id_absence_id_fkey FOREIGN KEY (workspace_id, absence_id) REFERENCES absences(workspace_id, id) ON DELETE CASCADE,
  constraint stand_ins_workspace_id_deputy_id_fkey FOREIGN KEY (workspace_id, deputy_id) REFERENCES people(workspace_id, id),
  constraint stand_ins_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint stand_ins_pkey PRIMARY KEY (workspace_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX stand_ins_absence ON public.stand_ins USING btree (workspace_id, absence_id, ticket_id)
CREATE INDEX stand_ins_deputy ON public.stand_ins USING btree (workspace_id, deputy_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_affected (
  workspace_id uuid not null,
  incident_id uuid not null,
  component_id uuid not null,
  constraint status_affected_workspace_id_component_id_fkey FOREIGN KEY (workspace_id, component_id) REFERENCES status_components(workspace_id, id),
  constraint status_affected_workspace_id_incident_id_fkey FOREIGN KEY (workspace_id, incident_id) REFERENCES status_incidents(workspace_id, id) ON DELETE CASCADE,
  constraint status_affected_pkey PRIMARY KEY (workspace_id, incident_id, component_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_affected_component ON public.status_affected USING btree (workspace_id, component_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_components (
  workspace_id uuid not null,
  id uuid not null,
  names jsonb not null,
  place bigint not null,
  state text not null default 'operational'::text,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint status_components_names_check CHECK ((jsonb_typeof(names) = 'object'::text)),
  constraint status_components_state_check CHECK ((state = ANY (ARRAY['operational'::text, 'degraded_performance'::text, 'partial_outage'::text, 'major_outage'::text, 'under_maintenance'::text]))),
  constraint status_components_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint status_components_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_components_place ON public.status_components USING btree (workspace_id, place, id) WHERE (archived_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.status_components FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_component', 'id', '', '{names,place,state,archived_at}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.status_components FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_component', 'id', '', '{names,place,state,archived_at}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.status_components FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('status_component', 'id', '', '{names,place,state,archived_at}', '{}')

table status_incidents (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  titles jsonb not null,
  impact text not null,
  state text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  banner boolean not null default true,
  constraint status_incidents_check CHECK (((kind = 'incident'::text) = (ends_at IS NULL))),
  constraint status_incidents_impact_check CHECK ((impact = ANY (ARRAY['none'::text, 'minor'::text, 'major'::text, 'critical'::text]))),
  constraint status_incidents_kind_check CHECK ((kind = ANY (ARRAY['incident'::text, 'maintenance'::text, 'announcement'::text]))),
  constraint status_incidents_state_check CHECK ((state = ANY (ARRAY['investigating'::text, 'identified'::text, 'monitoring'::text, 'resolved'::text, 'scheduled'::text, 'in_progress'::text, 'completed'::text]))),
  constraint status_incidents_titles_check CHECK ((jsonb_typeof(titles) = 'object'::text)),
  constraint status_incidents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint status_incidents_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_incidents_newest ON public.status_incidents USING btree (workspace_id, starts_at DESC, id DESC)
CREATE INDEX status_incidents_open ON public.status_incidents USING btree (workspace_id, starts_at DESC, id DESC) WHERE (ended_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.status_incidents FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_incident', 'id', '', '{kind,titles,impact,state,starts_at,ends_at,ended_at,banner}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.status_incidents FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_incident', 'id', '', '{kind,titles,impact,state,starts_at,ends_at,ended_at,banner}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.status_incidents FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('status_incident', 'id', '', '{kind,titles,impact,state,starts_at,ends_at,ended_at,banner}', '{}')

table status_letters (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  update_id uuid not null,
  ticket_id uuid,
  subscription_id uuid,
  at timestamp with time zone not null,
  constraint status_letters_check CHECK (((ticket_id IS NULL) <> (subscription_id IS NULL))),
  constraint status_letters_workspace_id_subscription_id_fkey FOREIGN KEY (workspace_id, subscription_id) REFERENCES status_subscriptions(workspace_id, id) ON DELETE CASCADE,
  constraint status_letters_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint status_letters_workspace_id_update_id_fkey FOREIGN KEY (workspace_id, update_id) REFERENCES status_updates(workspace_id, id) ON DELETE CASCADE,
  constraint status_letters_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_letters_at ON public.status_letters USING btree (at, id)
CREATE INDEX status_letters_subscription ON public.status_letters USING btree (workspace_id, subscription_id) WHERE (subscription_id IS NOT NULL)
CREATE INDEX status_letters_ticket ON public.status_letters USING btree (workspace_id, ticket_id) WHERE (ticket_id IS NOT NULL)
CREATE INDEX status_letters_update ON public.status_letters USING btree (workspace_id, update_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_notice_letters (
  workspace_id uuid not null,
  notice_id uuid not null,
  customer_id uuid not null,
  id uuid not null default gen_random_uuid(),
  language text,
  leaves_at timestamp with time zone not null,
  done_at timestamp with time zone,
  skipped text,
  address_key text,
  constraint status_notice_letters_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint status_notice_letters_skipped_check CHECK ((skipped = ANY (ARRAY['no_address'::text, 'undeliverable'::text, 'unsubscribed'::text, 'ours'::text, 'same_address'::text, 'stopped'::text]))),
  constraint status_notice_letters_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id) ON DELETE CASCADE,
  constraint status_notice_letters_workspace_id_notice_id_fkey FOREIGN KEY (workspace_id, notice_id) REFERENCES status_notices(workspace_id, id) ON DELETE CASCADE,
  constraint status_notice_letters_pkey PRIMARY KEY (workspace_id, notice_id, customer_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX status_notice_letters_address ON public.status_notice_letters USING btree (workspace_id, notice_id, address_key) WHERE (address_key IS NOT NULL)
CREATE INDEX status_notice_letters_customer ON public.status_notice_letters USING btree (workspace_id, customer_id)
CREATE INDEX status_notice_letters_due ON public.status_notice_letters USING btree (leaves_at, id) WHERE (done_at IS NULL)
CREATE INDEX status_notice_letters_id ON public.status_notice_letters USING btree (workspace_id, id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_notices (
  workspace_id uuid not null,
  id uuid not null,
  titles jsonb not null,
  texts jsonb not null,
  condition jsonb not null,
  shelves text not null,
  chosen bigint not null,
  leaves_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  created_at timestamp with time zone not null,
  by_id uuid,
  constraint status_notices_condition_check CHECK ((jsonb_typeof(condition) = 'object'::text)),
  constraint status_notices_shelves_check CHECK ((shelves = ANY (ARRAY['active'::text, 'all'::text]))),
  constraint status_notices_texts_check CHECK ((jsonb_typeof(texts) = 'object'::text)),
  constraint status_notices_titles_check CHECK ((jsonb_typeof(titles) = 'object'::text)),
  constraint status_notices_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint status_notices_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_notices_newest ON public.status_notices USING btree (workspace_id, created_at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.status_notices FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_notice', 'id', '', '{titles,texts,condition,leaves_at,stopped_at}', '{by_id,chosen,shelves}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.status_notices FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_notice', 'id', '', '{titles,texts,condition,leaves_at,stopped_at}', '{by_id,chosen,shelves}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.status_notices FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('status_notice', 'id', '', '{titles,texts,condition,leaves_at,stopped_at}', '{by_id,chosen,shelves}')

table status_subscriptions (
  workspace_id uuid not null,
  id uuid not null,
  address text not null,
  address_key text not null,
  language text not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint status_subscriptions_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint status_subscriptions_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint status_subscriptions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint status_subscriptions_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX status_subscriptions_address ON public.status_subscriptions USING btree (workspace_id, address_key)
CREATE UNIQUE INDEX status_subscriptions_token ON public.status_subscriptions USING btree (workspace_id, token_hash)
CREATE INDEX status_subscriptions_unconfirmed ON public.status_subscriptions USING btree (created_at) WHERE (confirmed_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_tickets (
  workspace_id uuid not null,
  incident_id uuid not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  by_id uuid,
  constraint status_tickets_workspace_id_incident_id_fkey FOREIGN KEY (workspace_id, incident_id) REFERENCES status_incidents(workspace_id, id) ON DELETE CASCADE,
  constraint status_tickets_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint status_tickets_pkey PRIMARY KEY (workspace_id, incident_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX status_tickets_ticket ON public.status_tickets USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table status_updates (
  workspace_id uuid not null,
  id uuid not null,
  incident_id uuid not null,
  state text not null,
  texts jsonb not null,
  at timestamp with time zone not null,
  by_id uuid,
  constraint status_updates_texts_check CHECK ((jsonb_typeof(texts) = 'object'::text)),
  constraint status_updates_workspace_id_incident_id_fkey FOREIGN KEY (workspace_id, incident_id) REFERENCES status_incidents(workspace_id, id) ON DELETE CASCADE,
  constraint status_updates_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: INSERT, SELECT
CREATE INDEX status_updates_incident ON public.status_updates USING btree (workspace_id, incident_id, at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.status_updates FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_incident', 'incident_id', '', '{state,texts}', '{by_id,at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.status_updates FOR EACH ROW EXECUTE FUNCTION rapport_audit('status_incident', 'incident_id', '', '{state,texts}', '{by_id,at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.status_updates FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('status_incident', 'incident_id', '', '{state,texts}', '{by_id,at}')

table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  person_id uuid not null,
  constraint team_members_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint team_members_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE CASCADE,
  constraint team_members_pkey PRIMARY KEY (workspace_id, team_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX team_members_person ON public.team_members USING btree (workspace_id, person_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.team_members FOR EACH ROW EXECUTE FUNCTION rapport_audit('team_member', 'team_id', '', '{team_id,person_id}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.team_members FOR EACH ROW EXECUTE FUNCTION rapport_audit('team_member', 'team_id', '', '{team_id,person_id}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.team_members FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('team_member', 'team_id', '', '{team_id,person_id}', '{}')

table teams (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  reopen_days bigint not null default 4,
  constraint teams_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint teams_reopen_days_check CHECK (((reopen_days >= 0) AND (reopen_days <= 365))),
  constraint teams_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint teams_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX teams_by_name ON public.teams USING btree (workspace_id, lower(name), id) WHERE (archived_at IS NULL)
CREATE UNIQUE INDEX teams_name ON public.teams USING btree (workspace_id, lower(name)) WHERE (archived_at IS NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.teams FOR EACH ROW EXECUTE FUNCTION rapport_audit('team', 'id', 'name', '{name,archived_at,reopen_days}', '{}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.teams FOR EACH ROW EXECUTE FUNCTION rapport_audit('team', 'id', 'name', '{name,archived_at,reopen_days}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.teams FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('team', 'id', 'name', '{name,archived_at,reopen_days}', '{}')

table ticket_followers (
  workspace_id uuid not null,
  person_id uuid not null,
  ticket_id uuid not null,
  followed_at timestamp with time zone not null,
  merge_id uuid,
  constraint ticket_followers_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_followers_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_followers_pkey PRIMARY KEY (workspace_id, person_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_followers_latest ON public.ticket_followers USING btree (workspace_id, person_id, followed_at DESC)
CREATE INDEX ticket_followers_ticket ON public.ticket_followers USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_links (
  workspace_id uuid not null,
  ticket_id uuid not null,
  to_id uuid not null,
  reason text not null,
  address text not null default ''::text,
  created_at timestamp with time zone not null,
  outcome text,
  merge_id uuid,
  settled_at timestamp with time zone,
  settled_by uuid,
  constraint ticket_links_address_check CHECK ((length(address) <= 320)),
  constraint ticket_links_outcome_check CHECK ((outcome = ANY (ARRAY['joined'::text, 'apart'::text]))),
  constraint ticket_links_reason_check CHECK ((reason = ANY (ARRAY['stranger'::text, 'unproven'::text, 'possibly_belongs_to'::text, 'follows'::text]))),
  constraint ticket_links_workspace_id_settled_by_fkey FOREIGN KEY (workspace_id, settled_by) REFERENCES people(workspace_id, id),
  constraint ticket_links_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_links_workspace_id_to_id_fkey FOREIGN KEY (workspace_id, to_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_links_pkey PRIMARY KEY (workspace_id, ticket_id, to_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_links_by ON public.ticket_links USING btree (workspace_id, settled_by) WHERE (settled_by IS NOT NULL)
CREATE INDEX ticket_links_merge ON public.ticket_links USING btree (workspace_id, merge_id) WHERE (merge_id IS NOT NULL)
CREATE INDEX ticket_links_to ON public.ticket_links USING btree (workspace_id, to_id, created_at DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_mentions (
  workspace_id uuid not null,
  whom_id uuid not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  constraint ticket_mentions_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_mentions_pkey PRIMARY KEY (workspace_id, whom_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_mentions_latest ON public.ticket_mentions USING btree (workspace_id, whom_id, at DESC)
CREATE INDEX ticket_mentions_ticket ON public.ticket_mentions USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_merges (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  undo jsonb not null,
  merged_by uuid not null,
  merged_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint ticket_merges_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_merges_workspace_id_target_id_fkey FOREIGN KEY (workspace_id, target_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_merges_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_merges_source ON public.ticket_merges USING btree (workspace_id, source_id)
CREATE INDEX ticket_merges_target ON public.ticket_merges USING btree (workspace_id, target_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.ticket_merges FOR EACH ROW EXECUTE FUNCTION rapport_audit('ticket_merge', 'target_id', '', '{source_id,target_id,undone_at}', '{undo,merged_by,merged_at}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.ticket_merges FOR EACH ROW EXECUTE FUNCTION rapport_audit('ticket_merge', 'target_id', '', '{source_id,target_id,undone_at}', '{undo,merged_by,merged_at}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.ticket_merges FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('ticket_merge', 'target_id', '', '{source_id,target_id,undone_at}', '{undo,merged_by,merged_at}')

table ticket_reads (
  workspace_id uuid not null,
  person_id uuid not null,
  ticket_id uuid not null,
  read_at timestamp with time zone not null,
  constraint ticket_reads_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_reads_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_reads_pkey PRIMARY KEY (workspace_id, person_id, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_reads_ticket ON public.ticket_reads USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_relations (
  workspace_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null,
  related_by uuid not null,
  related_at timestamp with time zone not null,
  constraint ticket_relations_check CHECK ((to_id <> from_id)),
  constraint ticket_relations_kind_check CHECK ((kind = ANY (ARRAY['related'::text, 'duplicate_of'::text, 'child_of'::text, 'incident_of'::text, 'split_from'::text]))),
  constraint ticket_relations_workspace_id_from_id_fkey FOREIGN KEY (workspace_id, from_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_relations_workspace_id_to_id_fkey FOREIGN KEY (workspace_id, to_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_relations_pkey PRIMARY KEY (workspace_id, from_id, to_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_relations_to ON public.ticket_relations USING btree (workspace_id, to_id, kind, related_at, from_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_splits (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  entry_ids uuid[] not null,
  split_by uuid not null,
  split_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint ticket_splits_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_splits_workspace_id_target_id_fkey FOREIGN KEY (workspace_id, target_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_splits_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_splits_source ON public.ticket_splits USING btree (workspace_id, source_id)
CREATE INDEX ticket_splits_target ON public.ticket_splits USING btree (workspace_id, target_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table ticket_tags (
  workspace_id uuid not null,
  tag text not null,
  ticket_id uuid not null,
  constraint ticket_tags_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_tags_pkey PRIMARY KEY (workspace_id, tag, ticket_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX ticket_tags_ticket ON public.ticket_tags USING btree (workspace_id, ticket_id)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table tickets (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  subject text not null default ''::text,
  status text not null,
  priority text not null default 'normal'::text,
  kind text not null default 'question'::text,
  channel text not null,
  customer_id uuid not null,
  assignee_id uuid,
  team_id uuid,
  mailbox_id uuid,
  language text,
  language_fixed boolean not null default false,
  tags text[] not null default '{}'::text[],
  snippet text not null default ''::text,
  waiting_since timestamp with time zone,
  last_message_at timestamp with time zone not null,
  queue_order bigint not null,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  deleted_at timestamp with time zone,
  deleted_by uuid,
  merged_into uuid,
  phase text not null generated always as (
CASE
    WHEN (merged_into IS NOT NULL) THEN 'merged'::text
    WHEN (deleted_at IS NOT NULL) THEN 'deleted'::text
    WHEN (status = ANY (ARRAY['resolved'::text, 'closed'::text])) THEN 'done'::text
    ELSE 'active'::text
END),
  spam_at timestamp with time zone,
  sla_due_at timestamp with time zone,
  commitment_due_at timestamp with time zone,
  due_at timestamp with time zone,
  due_order bigint not null default '9000000000000000'::bigint,
  status_since timestamp with time zone not null default now(),
  company_id uuid,
  is_private boolean not null default false,
  fields jsonb not null default '{}'::jsonb,
  home_id uuid,
  snoozed_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  snoozed_by uuid,
  wakes_on uuid,
  woken_at timestamp with time zone,
  brand_id uuid,
  office_id uuid,
  sla_policy_id uuid,
  queue_choice text,
  constraint tickets_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'desk'::text, 'chat'::text, 'letter'::text, 'web'::text]))),
  constraint tickets_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'information_request'::text, 'service_request'::text, 'claim'::text, 'complaint'::text, 'suggestion'::text, 'praise'::text]))),
  constraint tickets_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint tickets_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
  constraint tickets_queue_choice_check CHECK (((queue_choice = 'none'::text) OR (length(queue_choice) = 36))),
  constraint tickets_status_check CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'waiting_customer'::text, 'waiting_third_party'::text, 'scheduled'::text, 'resolved'::text, 'closed'::text]))),
  constraint tickets_subject_check CHECK ((length(subject) <= 1000)),
  constraint tickets_brand_id FOREIGN KEY (workspace_id, brand_id) REFERENCES calendar_places(workspace_id, id) ON DELETE SET NULL (brand_id) NOT VALID,
  constraint tickets_company_id FOREIGN KEY (workspace_id, company_id) REFERENCES companies(workspace_id, id) NOT VALID,
  constraint tickets_office_id FOREIGN KEY (workspace_id, office_id) REFERENCES calendar_places(workspace_id, id) ON DELETE SET NULL (office_id) NOT VALID,
  constraint tickets_workspace_id_assignee_id_fkey FOREIGN KEY (workspace_id, assignee_id) REFERENCES people(workspace_id, id),
  constraint tickets_workspace_id_customer_id_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES customers(workspace_id, id),
  constraint tickets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint tickets_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes(workspace_id, id),
  constraint tickets_workspace_id_merged_into_fkey FOREIGN KEY (workspace_id, merged_into) REFERENCES tickets(workspace_id, id),
  constraint tickets_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id),
  constraint tickets_pkey PRIMARY KEY (workspace_id, id),
  constraint tickets_workspace_id_number_key UNIQUE (workspace_id, number)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX tickets_assignee ON public.tickets USING btree (workspace_id, assignee_id, phase, queue_order, id)
CREATE INDEX tickets_brand ON public.tickets USING btree (workspace_id, brand_id, phase, queue_order, id) WHERE (brand_id IS NOT NULL)
CREATE INDEX tickets_by_age ON public.tickets USING btree (workspace_id, phase, created_at DESC, id DESC)
CREATE INDEX tickets_changed ON public.tickets USING btree (workspace_id, phase, updated_at DESC, id DESC)
CREATE INDEX tickets_company ON public.tickets USING btree (workspace_id, company_id, created_at DESC, id DESC) WHERE (company_id IS NOT NULL)
CREATE INDEX tickets_customer ON public.tickets USING btree (workspace_id, customer_id, created_at DESC)
CREATE INDEX tickets_done_of ON public.tickets USING btree (workspace_id, assignee_id, updated_at DESC, id DESC) WHERE (phase = 'done'::text)
CREATE INDEX tickets_due ON public.tickets USING btree (workspace_id, phase, due_order, id)
CREATE INDEX tickets_last_message ON public.tickets USING btree (workspace_id, phase, last_message_at, id)
CREATE INDEX tickets_mailbox ON public.tickets USING btree (workspace_id, mailbox_id) WHERE (mailbox_id IS NOT NULL)
CREATE INDEX tickets_merged ON public.tickets USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL)
CREATE INDEX tickets_of_customer ON public.tickets USING btree (workspace_id, customer_id, phase, last_message_at DESC)
CREATE INDEX tickets_office ON public.tickets USING btree (workspace_id, office_id, phase, queue_order, id) WHERE (office_id IS NOT NULL)
CREATE INDEX tickets_queue ON public.tickets USING btree (workspace_id, phase, queue_order, id)
CREATE INDEX tickets_resolved ON public.tickets USING btree (workspace_id, resolved_at) WHERE (resolved_at IS NOT NULL)
CREATE INDEX tickets_snoozed ON public.tickets USING btree (workspace_id, queue_order, id) WHERE (snoozed_at IS NOT NULL)
CREATE INDEX tickets_spam ON public.tickets USING btree (workspace_id, updated_at DESC, id DESC) WHERE (spam_at IS NOT NULL)
CREATE INDEX tickets_status ON public.tickets USING btree (workspace_id, status, phase, queue_order, id)
CREATE INDEX tickets_status_since ON public.tickets USING btree (workspace_id, phase, status_since, id)
CREATE INDEX tickets_team ON public.tickets USING btree (workspace_id, team_id, phase, queue_order, id)
CREATE INDEX tickets_thrown_away ON public.tickets USING btree (workspace_id, updated_at DESC, id DESC) WHERE ((phase = 'deleted'::text) AND (spam_at IS NULL))
CREATE INDEX tickets_unassigned ON public.tickets USING btree (workspace_id, phase, queue_order, id) WHERE (assignee_id IS NULL)
CREATE INDEX tickets_wake ON public.tickets USING btree (snoozed_until, id) WHERE (snoozed_until IS NOT NULL)
CREATE INDEX tickets_wakes_on ON public.tickets USING btree (workspace_id, wakes_on, id) WHERE (wakes_on IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.tickets FOR EACH ROW EXECUTE FUNCTION rapport_audit('ticket', 'id', 'number', '{number,deleted_at,is_private}', '{}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.tickets FOR EACH ROW WHEN (((old.deleted_at IS DISTINCT FROM new.deleted_at) OR (old.is_private IS DISTINCT FROM new.is_private))) EXECUTE FUNCTION rapport_audit('ticket', 'id', 'number', '{number,deleted_at,is_private}', '{}')

table totp_seeds (
  workspace_id uuid not null,
  person_id uuid not null,
  seed sealed,
  confirmed_at timestamp with time zone,
  last_step bigint,
  draft sealed,
  constraint totp_seeds_check CHECK (((seed IS NULL) = (confirmed_at IS NULL))),
  constraint totp_seeds_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES people(workspace_id, id) ON DELETE CASCADE,
  constraint totp_seeds_pkey PRIMARY KEY (workspace_id, person_id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.totp_seeds FOR EACH ROW EXECUTE FUNCTION rapport_audit('code_app', 'person_id', '', '{confirmed_at}', '{last_step,seed,draft}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.totp_seeds FOR EACH ROW EXECUTE FUNCTION rapport_audit('code_app', 'person_id', '', '{confirmed_at}', '{last_step,seed,draft}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.totp_seeds FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('code_app', 'person_id', '', '{confirmed_at}', '{last_step,seed,draft}')

table views (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  owner_id uuid,
  team_id uuid,
  conditions jsonb not null,
  shelf text not null,
  sort text not null,
  created_by uuid not null,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  columns text[] not null default '{}'::text[],
  constraint views_check CHECK (((owner_id IS NULL) OR (team_id IS NULL))),
  constraint views_columns_check CHECK ((cardinality(columns) <= 8)),
  constraint views_conditions_check CHECK ((jsonb_typeof(conditions) = 'object'::text)),
  constraint views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint views_shelf_check CHECK ((shelf = ANY (ARRAY['active'::text, 'done'::text, 'all'::text]))),
  constraint views_sort_check CHECK ((sort = ANY (ARRAY['queue'::text, 'due'::text, 'updated'::text, 'created'::text]))),
  constraint views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint views_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES people(workspace_id, id),
  constraint views_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE CASCADE,
  constraint views_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX views_name ON public.views USING btree (workspace_id, name, id)
CREATE INDEX views_owner ON public.views USING btree (workspace_id, owner_id) WHERE (owner_id IS NOT NULL)
CREATE INDEX views_team ON public.views USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.views FOR EACH ROW EXECUTE FUNCTION rapport_audit('view', 'id', 'name', '{name,owner_id,team_id,conditions,shelf,sort}', '{created_by}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.views FOR EACH ROW EXECUTE FUNCTION rapport_audit('view', 'id', 'name', '{name,owner_id,team_id,conditions,shelf,sort}', '{created_by}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.views FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('view', 'id', 'name', '{name,owner_id,team_id,conditions,shelf,sort}', '{created_by}')

table webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  cause text not null,
  type text not null,
  ticket_id uuid,
  entry_id uuid,
  body text not null,
  happened_at timestamp with time zone not null,
  state text not null,
  attempts bigint not null default 0,
  next_attempt_at timestamp with time zone not null,
  tried_at timestamp with time zone,
  took_ms bigint,
  response_status bigint,
  error_code text,
  created_at timestamp with time zone not null,
  tried jsonb not null default '[]'::jsonb,
  constraint webhook_deliveries_body_check CHECK ((length(body) <= 20000)),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'delivered'::text, 'failed'::text]))),
  constraint webhook_deliveries_tried_check CHECK ((jsonb_typeof(tried) = 'array'::text)),
  constraint webhook_deliveries_type_check CHECK (((length(type) >= 1) AND (length(type) <= 100))),
  constraint webhook_deliveries_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks(workspace_id, id) ON DELETE CASCADE,
  constraint webhook_deliveries_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE INDEX webhook_deliveries_age ON public.webhook_deliveries USING btree (created_at)
CREATE UNIQUE INDEX webhook_deliveries_cause ON public.webhook_deliveries USING btree (workspace_id, webhook_id, cause)
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (workspace_id, webhook_id, next_attempt_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]))
CREATE INDEX webhook_deliveries_newest ON public.webhook_deliveries USING btree (workspace_id, webhook_id, created_at DESC, id DESC)
CREATE INDEX webhook_deliveries_state ON public.webhook_deliveries USING btree (workspace_id, webhook_id, state, created_at DESC, id DESC)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))

table webhooks (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  url text not null,
  events text[] not null,
  condition jsonb,
  content boolean not null default false,
  secret sealed not null,
  earlier_secret sealed,
  earlier_until timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_for text,
  failing_since timestamp with time zone,
  last_ok_at timestamp with time zone,
  skipped bigint not null default 0,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  off_seq bigint,
  off_since timestamp with time zone,
  off_until timestamp with time zone,
  constraint webhooks_check CHECK (((disabled_at IS NULL) = (disabled_for IS NULL))),
  constraint webhooks_check1 CHECK (((earlier_secret IS NULL) = (earlier_until IS NULL))),
  constraint webhooks_disabled_for_check CHECK ((disabled_for = ANY (ARRAY['person'::text, 'gone'::text, 'failing'::text]))),
  constraint webhooks_events_check CHECK ((cardinality(events) <= 60)),
  constraint webhooks_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint webhooks_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000))),
  constraint webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint webhooks_pkey PRIMARY KEY (workspace_id, id)
)
  -- row security forced
  -- rapport_app: DELETE, INSERT, SELECT, UPDATE
CREATE UNIQUE INDEX webhooks_name ON public.webhooks USING btree (workspace_id, lower(name))
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((workspace_id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_delete AFTER DELETE ON public.webhooks FOR EACH ROW EXECUTE FUNCTION rapport_audit('webhook', 'id', 'name', '{name,url,events,condition,content,disabled_at,disabled_for}', '{earlier_secret,earlier_until,failing_since,last_ok_at,skipped,off_seq,off_since,off_until}')
CREATE TRIGGER audit_insert AFTER INSERT ON public.webhooks FOR EACH ROW EXECUTE FUNCTION rapport_audit('webhook', 'id', 'name', '{name,url,events,condition,content,disabled_at,disabled_for}', '{earlier_secret,earlier_until,failing_since,last_ok_at,skipped,off_seq,off_since,off_until}')
CREATE TRIGGER audit_update AFTER UPDATE ON public.webhooks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('webhook', 'id', 'name', '{name,url,events,condition,content,disabled_at,disabled_for}', '{earlier_secret,earlier_until,failing_since,last_ok_at,skipped,off_seq,off_since,off_until}')

table workspaces (
  id uuid not null,
  name text not null,
  language text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  created_at timestamp with time zone not null,
  two_step_roles text[] not null default '{}'::text[],
  public_host text,
  constraint workspaces_language_check CHECK ((language = ANY (ARRAY['en'::text, 'bg'::text, 'pl'::text, 'ru'::text, 'ar'::text]))),
  constraint workspaces_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint workspaces_public_host_check CHECK ((public_host ~ '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$'::text)),
  constraint workspaces_two_step_roles_check CHECK ((two_step_roles <@ ARRAY['owner'::text, 'admin'::text, 'lead'::text, 'agent'::text, 'colleague'::text])),
  constraint workspaces_pkey PRIMARY KEY (id)
)
  -- row security forced
  -- rapport_app: SELECT, UPDATE
CREATE UNIQUE INDEX workspaces_public_host ON public.workspaces USING btree (public_host) WHERE (public_host IS NOT NULL)
policy owner_rows for all to rapport_owner using (true) with check (true)
policy workspace_rows for all to rapport_app using ((id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid)) with check ((id = (NULLIF(current_setting('rapport.workspace'::text, true), ''::text))::uuid))
CREATE TRIGGER audit_update AFTER UPDATE ON public.workspaces FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION rapport_audit('workspace', 'id', 'name', '{name,language,time_zone,two_step_roles,public_host}', '{}')
CREATE TRIGGER host_is_free BEFORE INSERT OR UPDATE OF public_host ON public.workspaces FOR EACH ROW EXECUTE FUNCTION host_is_free()

