-- By which brand a matter came, and at which office it is dealt with. Null: nothing is known of it. Old rows stay as they are.
alter table tickets
  add column brand_id uuid,
  add column office_id uuid,
  -- The policy that was set by hand or by a rule; it comes before all conditions. One that is gone, or off, counts as none.
  add column sla_policy_id uuid,
  -- The queue into which it was put by hand or by a rule; `none`: into none at all. One that is gone counts as not said.
  add column queue_choice text check (queue_choice = 'none' or length(queue_choice) = 36);
-- An office or a brand need not have hours of its own.
alter table calendar_places alter column calendar_id drop not null;
alter table calendar_places add constraint calendar_places_hours check (calendar_id is not null or kind in ('office', 'brand'));
-- A brand also has the public pages, and chats on its sites.
alter table calendar_places add column has_pages boolean not null default false check (not has_pages or kind = 'brand');
alter table calendar_place_members add column widget_id uuid;
alter table calendar_place_members drop constraint calendar_place_members_check;
alter table calendar_place_members add constraint calendar_place_members_one check (num_nonnulls(team_id, mailbox_id, widget_id) = 1);
alter table calendar_place_members add constraint calendar_place_members_widget foreign key (workspace_id, widget_id) references chat_widgets (workspace_id, id) on delete cascade;
create index calendar_place_members_widget on calendar_place_members (workspace_id, widget_id) where widget_id is not null;
alter table tickets add constraint tickets_brand_id foreign key (workspace_id, brand_id) references calendar_places (workspace_id, id) on delete set null (brand_id) not valid;
alter table tickets add constraint tickets_office_id foreign key (workspace_id, office_id) references calendar_places (workspace_id, id) on delete set null (office_id) not valid;
create index tickets_brand on tickets (workspace_id, brand_id, phase, queue_order, id) where brand_id is not null;
create index tickets_office on tickets (workspace_id, office_id, phase, queue_order, id) where office_id is not null;
drop trigger audit_insert on calendar_places;
drop trigger audit_update on calendar_places;
drop trigger audit_delete on calendar_places;
drop trigger audit_insert on calendar_place_members;
drop trigger audit_update on calendar_place_members;
drop trigger audit_delete on calendar_place_members;
call rapport_watch('calendar_places', 'calendar_place', '{kind,name,channel,calendar_id,has_pages}', label_ => 'name');
call rapport_watch('calendar_place_members', 'calendar_place', '{team_id,mailbox_id,widget_id}', '{id}', key_ => 'place_id');
