-- What a view shows beside customer and subject, in their order; none: rows of two lines.
alter table views add column columns text[] not null default '{}' check (cardinality(columns) <= 8);
