import { sealedColumn } from '../../../platform/config/sealed.ts';

export const SOURCE_PASSWORD = sealedColumn('mail_sources', 'password', { key: 'id' });
export const CLIENT_SECRET = sealedColumn('oauth_clients', 'client_secret', { key: 'provider' });
export const SIGN_IN_VERIFIER = sealedColumn('oauth_sign_ins', 'verifier', { key: 'state_hash' });
export const ACCESS_TOKEN = sealedColumn('oauth_grants', 'access_token', { key: 'mailbox_id', belongsTo: (workspaceId, id) => `oauth_grants/${workspaceId}/${id}/access` });
export const REFRESH_TOKEN = sealedColumn('oauth_grants', 'refresh_token', { key: 'mailbox_id', belongsTo: (workspaceId, id) => `oauth_grants/${workspaceId}/${id}/refresh` });

/** What this room keeps sealed. */
export const EMAIL_SECRETS = [SOURCE_PASSWORD, CLIENT_SECRET, SIGN_IN_VERIFIER, ACCESS_TOKEN, REFRESH_TOKEN] as const;
