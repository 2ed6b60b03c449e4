-- The words of promises stand in the history of a ticket too: what is taken out of it is taken out of them. Still nothing else of an event ever changes.
drop function redact_event(uuid, bigint, jsonb);
create function redact_event(workspace_ uuid, seq_ bigint, words_ jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if workspace_ is distinct from nullif(current_setting('rapport.workspace', true), '')::uuid then
    raise exception 'an event belongs to the workspace of its transaction';
  end if;
  update events set data = jsonb_set(data, case when type = 'ticket.changed' then '{subject}'::text[] else '{what}' end, words_)
  where workspace_id = workspace_ and seq = seq_
    and (type = 'ticket.changed' and data ? 'subject' or starts_with(type, 'commitment.') and data ? 'what');
end $$;
revoke execute on function redact_event(uuid, bigint, jsonb) from public;
grant execute on function redact_event(uuid, bigint, jsonb) to rapport_app;
