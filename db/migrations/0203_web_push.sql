-- The key pair by which push services know this workspace; made when the first browser asks for it.
create table push_keys (
  workspace_id uuid not null primary key references workspaces (id),
  public_key text not null check (length(public_key) between 80 and 100),
  private_key sealed not null,
  created_at timestamptz not null
);
call rapport_protect('push_keys');
call rapport_watch('push_keys', 'push_keys', '{public_key}', '{created_at}', key_ => 'workspace_id');

-- Browsers that want to be told of news while nobody looks at the desk in them; for as long as the session lasts in which they asked.
create table push_devices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  -- Whoever knows it, the public key of the browser and its secret could write to it: the secret is sealed.
  endpoint text not null check (length(endpoint) between 10 and 1000),
  endpoint_hash bytea not null,
  public_key text not null check (length(public_key) between 80 and 100),
  auth_secret sealed not null,
  -- Whether subjects may stand on a locked screen.
  subjects boolean not null default false,
  created_at timestamptz not null,
  told_at timestamptz,
  refusals bigint not null default 0,
  primary key (workspace_id, id),
  unique (workspace_id, endpoint_hash),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, session_id) references sessions (workspace_id, id) on delete cascade
);
create index push_devices_person on push_devices (workspace_id, person_id, created_at);
create index push_devices_session on push_devices (workspace_id, session_id);
call rapport_protect('push_devices');
call rapport_watch('push_devices', 'push_device', '{person_id,subjects}', '{session_id,endpoint,endpoint_hash,public_key,auth_secret,created_at,told_at,refusals}', on_ => '{insert,delete}');

-- What is still to be told to which browser.
create table push_messages (
  workspace_id uuid not null,
  device_id uuid not null,
  notice_id uuid not null,
  due_at timestamptz not null,
  tries bigint not null default 0,
  primary key (workspace_id, device_id, notice_id),
  foreign key (workspace_id, device_id) references push_devices (workspace_id, id) on delete cascade,
  foreign key (workspace_id, notice_id) references notices (workspace_id, id) on delete cascade
);
create index push_messages_due on push_messages (due_at);
create index push_messages_notice on push_messages (workspace_id, notice_id);
call rapport_protect('push_messages');

alter table notice_preferences add column push boolean not null default true;
