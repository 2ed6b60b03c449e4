-- Words of a message that are too long for its row lie beside it as they are: few are, and trying to make them smaller was
-- half of the work of writing the entry. What was quoted repeats itself and stays compressed.
alter table entries alter column text set storage external;
