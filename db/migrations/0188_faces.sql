-- What somebody who works here looks like to colleagues and customers. The token is its address: nobody guesses it, and it shows nothing else.
create table person_faces (
  workspace_id uuid not null references workspaces (id),
  person_id uuid not null,
  token text not null unique check (length(token) = 22),
  content_type text not null check (content_type in ('image/jpeg', 'image/png')),
  bytes bytea not null check (octet_length(bytes) between 1 and 200000),
  created_at timestamptz not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete cascade
);
call rapport_protect('person_faces');
call rapport_watch('person_faces', 'person', '{content_type}', '{token,bytes}', key_ => 'person_id');

-- For everybody who has the address.
create function face_at(token_ text) returns table (content_type text, bytes bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.content_type, f.bytes from person_faces f where f.token = token_
$$;
revoke execute on function face_at(text) from public;
grant execute on function face_at(text) to rapport_app;
