-- Somebody may be away from now on without a known end (`is_open`: `to_at` lies a year on until they are back), and it can be said what
-- becomes of the mail that is theirs (`work`); null: the deputy has it, and without one it goes back after the time of the settings.
alter table absences
  add column is_open boolean not null default false,
  add column work text check (work in ('deputy', 'team', 'stays'));
