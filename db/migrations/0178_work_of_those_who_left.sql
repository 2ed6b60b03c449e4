-- What is still with people who work here no more goes to others, as it does from now on when somebody leaves (features/routing/server/leaving.ts).
insert into presences (workspace_id, person_id, state, since, acted_at, idle_since, gone_at, back_at)
  select workspace_id, id, 'offline', now(), now(), now(), now(), now() from people where deactivated_at is not null and joined_at is not null
on conflict (workspace_id, person_id) do update set state = 'offline', own_state_id = null, gone_at = now(), back_at = now();
