-- What the desk itself told a customer: that they hear by then. Kept by the next word of a person; `kept_in` is that entry, so that taking it back takes that back.
alter table commitments drop constraint commitments_kind_check;
alter table commitments add constraint commitments_kind_check check (kind in ('callback', 'information', 'refund', 'follow_up', 'other', 'apology', 'answer'));
alter table commitments add column kept_in uuid;
create index commitments_kept_in on commitments (workspace_id, kept_in) where kept_in is not null;
