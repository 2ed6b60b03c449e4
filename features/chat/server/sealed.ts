import { sealedColumn } from '../../../platform/config/sealed.ts';

export const CHAT_SECRET = sealedColumn('chat_secrets', 'secret', { key: 'id' });

/** What this room keeps sealed. */
export const CHAT_SECRETS = [CHAT_SECRET] as const;
