-- What a file that browsers cannot draw looks like: made once, kept beside its bytes, gone with them. `tries`: how often its making was begun.
create table file_previews (
  workspace_id uuid not null,
  sha256 text not null,
  bytes bytea,
  tries bigint not null default 0,
  primary key (workspace_id, sha256),
  foreign key (workspace_id, sha256) references blobs (workspace_id, sha256) on delete cascade
);
alter table file_previews alter column bytes set storage external;
call rapport_protect('file_previews');
