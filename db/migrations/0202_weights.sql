-- Sums as wide as every other number, and an index behind every key.
alter table customer_likenesses alter column weight type bigint;
create index customer_separations_by on customer_separations (workspace_id, separated_by);
