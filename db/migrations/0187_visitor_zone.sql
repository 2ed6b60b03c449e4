-- By whose clock times are told to a visitor; null: their program did not say.
alter table chat_visitors add column time_zone text check (length(time_zone) between 1 and 60);
