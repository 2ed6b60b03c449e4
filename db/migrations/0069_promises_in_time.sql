-- What came of each promise: one row for each clock that ended in time, or that broke, whether or not it has ended since. Ids are
-- those of that moment: teams and policies may be gone, figures of the past stay.
create table sla_results (
  workspace_id uuid not null,
  ticket_id uuid not null,
  metric text not null,
  round bigint not null,
  policy_id uuid,
  team_id uuid,
  -- Who answered; for the rest, who had the ticket.
  person_id uuid,
  started_at timestamptz not null,
  -- Null: it ended while it stood still.
  due_at timestamptz,
  -- Null: broken, and nobody has ended it yet.
  ended_at timestamptz,
  -- Kept promises when they ended, broken ones at their deadline: the month in which they count.
  decided_at timestamptz not null,
  kept boolean not null,
  target_seconds bigint not null,
  working boolean not null,
  -- Counted until it ended, else until it broke.
  seconds bigint not null,
  primary key (workspace_id, ticket_id, metric, round),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index sla_results_decided on sla_results (workspace_id, decided_at desc, ticket_id desc, metric desc, round desc);
call rapport_protect('sla_results');

-- When time alone may choose another policy for a ticket that nothing happens to; `next_at` is never later.
alter table sla_sheets add column recheck_at timestamptz;

-- False: there are open tickets from before promises were kept; nobody has looked at this workspace yet.
alter table sla_rules add column begun boolean not null default true;
insert into sla_rules (workspace_id, begun) select w.id, false from workspaces w on conflict do nothing;
-- Sheets that were written without that moment are read again.
update sla_rules r set version = version + 1
  where r.begun and exists (select from sla_policies p where p.workspace_id = r.workspace_id and p.conditions::text ~ '"(working_)?older_than"|"within_(last|next)"');

-- The same of queues: when a ticket that waits is to be put into its queue again.
create table queue_rechecks (
  workspace_id uuid not null,
  ticket_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index queue_rechecks_at on queue_rechecks (at);
call rapport_protect('queue_rechecks');
update routing_settings s set version = version + 1
  where exists (select from queues q where q.workspace_id = s.workspace_id and q.conditions::text ~ '"older_than"|"within_(last|next)"');

-- What is due by then: offers that were not answered, people who are gone, mail that goes back, absences, queues that time changes.
create or replace function routing_due(now_ timestamptz, machine_ timestamptz, limit_ integer) returns table (what text, workspace_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
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
$$;
