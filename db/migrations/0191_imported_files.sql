-- A table that was brought in is kept no longer than somebody may still want the rows of it that failed: what stands in it about people stands in their records now.
alter table imports add column file_dropped boolean not null default false, add column drop_at timestamptz;
update imports set file_dropped = true where kind = 'mail' and state in ('done', 'undone', 'failed');
update imports set drop_at = coalesce(ended_at, created_at) + interval '7 days' where kind <> 'mail' and state in ('done', 'undone', 'failed');
create index imports_to_drop on imports (drop_at) where drop_at is not null and not file_dropped;

-- Neither column is a line of its own.
drop trigger audit_insert on imports;
drop trigger audit_update on imports;
drop trigger audit_delete on imports;
call rapport_watch('imports', 'import', '{kind,state}', '{file_name,sha256,size,options,place,length,rows,created,updated,same,failed,undone,kept,error,created_by,ended_at,file_dropped,drop_at}', only_ => '{state}');
