-- How far a rule on time came among the tickets of each calendar, and whose hours what was put off waits for. Nil: those of the workspace, or of the rule.
alter table rule_ages add column calendar_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table rule_ages drop constraint rule_ages_pkey;
alter table rule_ages add primary key (workspace_id, rule_id, number, calendar_id);
alter table rule_later add column calendar_id uuid not null default '00000000-0000-0000-0000-000000000000';
