import { sealedColumn } from '../../../platform/config/sealed.ts';

/** By which push services know the workspace. */
export const PUSH_KEY = sealedColumn('push_keys', 'private_key', { key: 'workspace_id' });
/** What a browser gave for writing to it. */
export const PUSH_AUTH = sealedColumn('push_devices', 'auth_secret', { key: 'id' });

/** What this room keeps sealed. */
export const NOTIFICATION_SECRETS = [PUSH_KEY, PUSH_AUTH] as const;
