/*
 * Who changed what, from what to what, when, from where. Lines are written by triggers, so that no way of changing a
 * setting gets around them, and in the transaction of the change. The application adds lines and reads them; it can
 * neither change nor remove one.
 */
create table audit_lines (
  workspace_id uuid not null references workspaces (id),
  seq bigint not null generated always as identity,
  -- The machine's time.
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  -- guest: over the network without being signed in.
  actor_kind text not null check (actor_kind in ('person', 'guest', 'system')),
  actor_id uuid,
  -- The API token that it was done with.
  token_id uuid,
  address text not null default '',
  -- What was called, such as PATCH /people/:id.
  operation text not null default '',
  request text not null default '',
  action text not null check (action in ('created', 'changed', 'removed', 'used', 'refused', 'exported')),
  kind text not null,
  -- Of what kind says; mostly an id.
  thing text not null default '',
  -- What a setting was called then. Never the name of a person.
  label text not null default '',
  -- {column: [before, after]}; {column: null}: changed, and the value is not kept.
  changes jsonb not null default '{}' check (jsonb_typeof(changes) = 'object'),
  -- Equal ones are written once.
  once text,
  primary key (workspace_id, seq)
);
create index audit_lines_time on audit_lines (workspace_id, at, seq);
create index audit_lines_actor on audit_lines (workspace_id, actor_id, at, seq);
create index audit_lines_kind on audit_lines (workspace_id, kind, at, seq);
create index audit_lines_thing on audit_lines (workspace_id, thing, at, seq);
create index audit_lines_age on audit_lines (at);
create unique index audit_lines_once on audit_lines (workspace_id, once) where once is not null;
call rapport_protect('audit_lines', 'select, insert');

-- Arguments: kind, key column, label column, columns whose values are kept, columns that are no change.
create function rapport_audit() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
end $$;

/*
 * Writes a line for each change of a table. `kept_`: columns whose values are kept, which are settings and never secrets, nor
 * what says who a customer is; of every other column a line says that it changed. `quiet_`: columns that change by themselves.
 * `only_`: an update counts when one of these changed.
 */
create procedure rapport_watch(tbl regclass, kind_ text, kept_ text[], quiet_ text[] default '{}', key_ text default 'id', label_ text default '',
  on_ text[] default '{insert,update,delete}', only_ text[] default null)
language plpgsql as $$
declare
  what_ text;
begin
  foreach what_ in array on_ loop
    execute format('create trigger audit_%s after %s on %s for each row %s execute function rapport_audit(%L, %L, %L, %L, %L)', what_, what_, tbl,
      case when what_ = 'update' then 'when (' || case when only_ is null then 'old.* is distinct from new.*'
        else (select string_agg(format('old.%1$I is distinct from new.%1$I', c), ' or ') from unnest(only_) c) end || ')' else '' end,
      kind_, key_, label_, kept_, quiet_);
  end loop;
end $$;
revoke execute on procedure rapport_watch(regclass, text, text[], text[], text, text, text[], text[]) from public;

-- People, and how they come in
call rapport_watch('people', 'person', '{role,deactivated_at,invited_at,joined_at}', '{email_key,theme,deactivated_by}');
call rapport_watch('teams', 'team', '{name,archived_at,reopen_days}', label_ => 'name');
call rapport_watch('team_members', 'team_member', '{team_id,person_id}', key_ => 'team_id');
call rapport_watch('sessions', 'session', '{second_step,proved_at,revoked_at}', '{token_hash,last_seen_at,expires_at,remembered_id,user_agent,address}', key_ => 'person_id', on_ => '{insert,update}');
call rapport_watch('remembered_devices', 'remembered_device', '{expires_at}', key_ => 'person_id', on_ => '{insert,delete}');
call rapport_watch('api_tokens', 'token', '{name,scopes,person_id,expires_at,revoked_at}', '{last_used_at}', label_ => 'name');
call rapport_watch('totp_seeds', 'code_app', '{confirmed_at}', '{last_step,seed,draft}', key_ => 'person_id');
call rapport_watch('passkeys', 'passkey', '{name}', '{counter,last_used_at,transports}', key_ => 'person_id', label_ => 'name');
call rapport_watch('recovery_codes', 'recovery_code', '{used_at}', key_ => 'person_id', on_ => '{insert,update}');
call rapport_watch('workspaces', 'workspace', '{name,language,time_zone,two_step_roles,public_host}', label_ => 'name', on_ => '{update}');

-- Time, fields, views
call rapport_watch('calendars', 'calendar', '{name,time_zone,week,closures,is_default,observes}', '{public_until,public_edition}', label_ => 'name');
call rapport_watch('calendar_days', 'calendar_day', '{calendar_id,date,name,names,hours,closed_from,removed}', '{changed_at,changed_by,source_date,source_from}', label_ => 'name', on_ => '{update,delete}');
-- Those that come with a country's calendar are not chosen one by one.
create trigger audit_insert after insert on calendar_days for each row when (new.source_date is null)
  execute function rapport_audit('calendar_day', 'id', 'name', '{calendar_id,date,name,names,hours,closed_from}', '{}');
call rapport_watch('calendar_places', 'calendar_place', '{kind,name,channel,calendar_id}', label_ => 'name');
call rapport_watch('calendar_place_members', 'calendar_place', '{team_id,mailbox_id}', '{id}', key_ => 'place_id');
call rapport_watch('field_definitions', 'field', '{subject,key,type,names,hints,options,currency,shown_when,required,required_when,active,position,deleted_at}', label_ => 'key');
call rapport_watch('views', 'view', '{name,owner_id,team_id,conditions,shelf,sort}', '{created_by}', label_ => 'name');

-- Mail
call rapport_watch('mailboxes', 'mailbox', '{address,name,team_id,signature,acknowledge,acknowledgement,disabled_at,token_in_address,reply_to,archive}', '{address_key}', label_ => 'address');
call rapport_watch('mail_sources', 'mail_source', '{host,port,security,username,afterwards,move_to,authserv_id,auth}', '{taken_since,last_ok_at,error_code,error_words,announced_at,lease_owner,lease_until}', key_ => 'mailbox_id', label_ => 'host');
call rapport_watch('mail_relays', 'relay', '{name,host,port,security,username,senders,fails_over,auth,mailbox_id}', label_ => 'name');
call rapport_watch('sending_domains', 'sending_domain', '{domain}', '{checked_at,found,check_due_at}', key_ => 'domain', label_ => 'domain');
call rapport_watch('dkim_keys', 'dkim_key', '{domain,selector,algorithm,retired_at}', '{seen_at}', label_ => 'domain');
call rapport_watch('oauth_clients', 'sign_in_provider', '{client_id,tenant,authorize_url,token_url,scope,mail_host,smtp_host}', key_ => 'provider', label_ => 'provider');
call rapport_watch('oauth_grants', 'mailbox_sign_in', '{provider,refused_at}', '{refresh_token,access_token,access_until,refreshing_until}', key_ => 'mailbox_id');
call rapport_watch('mail_suppressions', 'suppression', '{reason,lifted_at}', '{lifted_by,words,ledger_id,since}', on_ => '{update}');
call rapport_watch('sender_rules', 'sender_rule', '{verdict,kind}', '{created_by}');
call rapport_watch('spam_filters', 'spam_filter', '{sensitivity,per_ten_minutes,per_hour,equal_texts}', '{spam_lessons,ham_lessons}', key_ => 'workspace_id');
call rapport_watch('quarantine_settings', 'quarantine_settings', '{keep_days,person_id,team_id,digest_hour}', '{digest_due_at}', key_ => 'workspace_id');
call rapport_watch('quarantine_owners', 'quarantine_settings', '{mailbox_id,person_id,team_id}', key_ => 'workspace_id');
call rapport_watch('quarantine', 'held_mail', '{state,reason}', '{decided_at,decided_by,decision_id,release_at,announced_at,announced_in,vector,words}', on_ => '{update}', only_ => '{state}');
call rapport_watch('mail_incidents', 'mail_incident', '{ticket_id,sent_at}', '{correction_mail_id}');

-- Promises, sharing out, rules, help for agents
call rapport_watch('sla_policies', 'sla_policy', '{name,calendar_id,conditions,targets,actions,place,enabled}', '{ready_made}', label_ => 'name');
call rapport_watch('sla_flags', 'sla_flag', '{reviewed_at}', '{reviewed_by}', on_ => '{update}');
call rapport_watch('queues', 'queue', '{name,position,conditions,mode,team_ids,overflow,offer_seconds,skills,language,head_start_seconds,own_agent_seconds,calendar_id}', '{nobody_since,look_at}', label_ => 'name');
call rapport_watch('skills', 'skill', '{name,language}', label_ => 'name');
call rapport_watch('person_skills', 'person_routing', '{skill_id,level}', key_ => 'person_id');
call rapport_watch('person_capacities', 'person_routing', '{capacity}', key_ => 'person_id');
call rapport_watch('presence_states', 'presence_state', '{name,state}', label_ => 'name');
call rapport_watch('routing_settings', 'routing_settings', '{settings}', '{swept,sweeping,sweep_after}', key_ => 'workspace_id', on_ => '{insert,update}');
call rapport_watch('absences', 'absence', '{person_id,deputy_id,from_at,to_at}', '{look_at,created_by}');
call rapport_watch('rules', 'rule', '{position,enabled,kind,definition,calendar_id,removed_at}', '{ready_made,look_at}');
call rapport_watch('approval_policies', 'approval_policy', '{name,enabled,conditions,writers,channels,reviewers}', label_ => 'name');
call rapport_watch('approval_demands', 'approval_demand', '{name,ticket_id,lifted_at}', '{lifted_by,set_at,merges,reviewers,rule_id}', label_ => 'name', on_ => '{update}', only_ => '{lifted_at}');
call rapport_watch('checklist_templates', 'checklist_template', '{name,team_id,items}', label_ => 'name');
call rapport_watch('saved_replies', 'saved_reply', '{name,team_id,variants,actions}', '{used_count,last_used_at}', label_ => 'name');
call rapport_watch('intakes', 'intake', '{kind,active,questions}', key_ => 'kind', label_ => 'kind');
call rapport_watch('webhooks', 'webhook', '{name,url,events,condition,content,disabled_at,disabled_for}', '{earlier_secret,earlier_until,failing_since,last_ok_at,skipped,off_seq,off_since,off_until}', label_ => 'name');
call rapport_watch('incoming_webhooks', 'incoming_webhook', '{name,makes,mapping,team_id,disabled_at}', '{last_call_at}', label_ => 'name');

-- What customers see
call rapport_watch('chat_widgets', 'chat_widget', '{name,off_at,sites,colour,position,offset_pixels,greeting,calendar_id,team_id,allows_guests,pre_chat,proactive,idle_minutes,close_minutes,deleted_at,choices,offers_calls,intake_kinds}', label_ => 'name');
call rapport_watch('chat_secrets', 'chat_secret', '{widget_id,algorithm,ends_at}', key_ => 'widget_id');
call rapport_watch('chat_bans', 'chat_ban', '{ends_at,network_until}', '{person_id}', on_ => '{insert,update,delete}');
call rapport_watch('knowledge_settings', 'help_settings', '{hide_overdue_days}', '{next_number}', key_ => 'workspace_id', on_ => '{insert,update}');
call rapport_watch('article_categories', 'article_category', '{parent_id,place,texts}');
call rapport_watch('article_synonyms', 'article_synonyms', '{language,words}');
call rapport_watch('articles', 'article', '{number,state,category_id,owner_id,valid_from,valid_to,countries,review_every_days}', '{review_at,reviewed_at,reviewed_by,helped,not_helped,used,created_by,source_language}', label_ => 'number');
call rapport_watch('article_texts', 'article', '{language,live_version}', '{title,live_title,live_summary,live_html,live_at,meaning_version}', key_ => 'article_id', on_ => '{update,delete}', only_ => '{live_version}');
call rapport_watch('charters', 'charter', '{published,figures,intro,limits}', '{lines}', key_ => 'workspace_id');
call rapport_watch('request_settings', 'request_settings', '{staff_names,strangers}', key_ => 'workspace_id');
call rapport_watch('status_components', 'status_component', '{names,place,state,archived_at}');
call rapport_watch('status_incidents', 'status_incident', '{kind,titles,impact,state,starts_at,ends_at,ended_at,banner}');
call rapport_watch('status_updates', 'status_incident', '{state,texts}', '{by_id,at}', key_ => 'incident_id');
call rapport_watch('status_notices', 'status_notice', '{titles,texts,condition,leaves_at,stopped_at}', '{by_id,chosen,shelves}');

-- Records of customers: that they were changed, merged, taken away. Which values, the record itself says.
call rapport_watch('customers', 'customer', '{agent_id}', '{email}', on_ => '{update,delete}', only_ => '{name,language,agent_id,fields}');
call rapport_watch('identities', 'customer', '{kind}', '{id,value_key,proven_at,proven_how,proven_domain}', key_ => 'customer_id', on_ => '{delete}');
call rapport_watch('customer_notes', 'customer_note', '{}', key_ => 'customer_id', on_ => '{delete}');
call rapport_watch('companies', 'company', '{is_key_account,sight,may_answer,removed_at}', '{name_key}');
call rapport_watch('company_domains', 'company', '{domain}', key_ => 'company_id');
call rapport_watch('company_members', 'company', '{customer_id,membership,is_contact}', '{by_id,at}', key_ => 'company_id', on_ => '{update,delete}');
call rapport_watch('tickets', 'ticket', '{number,deleted_at,is_private}', on_ => '{update,delete}', only_ => '{deleted_at,is_private}', label_ => 'number');
call rapport_watch('ticket_merges', 'ticket_merge', '{source_id,target_id,undone_at}', '{undo,merged_by,merged_at}', key_ => 'target_id');
