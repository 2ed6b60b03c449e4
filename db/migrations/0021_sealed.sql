-- What the vault has sealed is of this type, so that every column of secrets can be found when the installation's secret is changed.
create domain sealed as text constraint sealed_form check (value ~ '^v1\.[0-9a-f]{8}\.');

alter table totp_seeds alter column seed type sealed, alter column draft type sealed;
alter table dkim_keys alter column private_key type sealed;
alter table mail_relays alter column password type sealed;
alter table mail_sources alter column password type sealed;
alter table oauth_clients alter column client_secret type sealed;
alter table oauth_sign_ins alter column verifier type sealed;
alter table oauth_grants alter column access_token type sealed, alter column refresh_token type sealed;
