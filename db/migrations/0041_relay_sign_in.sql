-- A relay may be signed in to with what a person has signed in for at the provider of a mailbox.
alter table mail_relays add column auth text not null default 'password' check (auth in ('password', 'google', 'microsoft', 'other'));
alter table mail_relays add column mailbox_id uuid;
alter table mail_relays add foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id);
alter table mail_relays add constraint mail_relays_sign_in check ((auth = 'password') = (mailbox_id is null));

-- Of `other`: the one server that tokens are shown to for sending; empty: the one that mail is fetched from.
alter table oauth_clients add column smtp_host text not null default '' check (length(smtp_host) <= 255);

-- Which page a sign-in was begun on, and comes back to.
alter table oauth_sign_ins add column return_to text not null default 'mailboxes' check (return_to in ('mailboxes', 'sending'));
