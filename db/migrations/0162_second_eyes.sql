-- Where several policies ask for approval, the first of them names who reviews.
alter table approval_policies add column place bigint not null default 0;
update approval_policies p set place = o.place
  from (select workspace_id, id, row_number() over (partition by workspace_id order by created_at, id) as place from approval_policies) o
  where o.workspace_id = p.workspace_id and o.id = p.id;
alter table approval_policies alter column place drop default;
drop index approval_policies_order;
create index approval_policies_order on approval_policies (workspace_id, place, id);

-- A file that hangs on no entry and is kept all the same: of an answer that waits, of a saved reply. Others go after a week.
alter table attachments add column kept boolean not null default false;
update attachments a set kept = true
  from approvals p join approval_steps s on s.workspace_id = p.workspace_id and s.approval_id = p.id
  where p.state in ('waiting', 'returned') and a.workspace_id = p.workspace_id and a.id = any(s.attachment_ids) and a.entry_id is null;

-- Under what they are looked for, and what goes along with their text.
alter table saved_replies add column folder text not null default '' check (length(folder) <= 100);
alter table saved_replies add column attachment_ids uuid[] not null default '{}';
