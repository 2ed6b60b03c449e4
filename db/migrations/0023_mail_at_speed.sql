-- Stems share too little with each other to be compressed: trying took a third of the time of writing them.
alter table search_documents alter column vector set storage external;
