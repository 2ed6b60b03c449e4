import { sealedColumn } from '../../../platform/config/sealed.ts';

const ofWebhook = { key: 'id', belongsTo: (workspaceId: string, id: string) => `webhook:${workspaceId}:${id}` };

/** A secret that is replaced becomes the earlier one as it is: both belong to the webhook. */
export const WEBHOOK_SECRET = sealedColumn('webhooks', 'secret', ofWebhook);
const EARLIER_SECRET = sealedColumn('webhooks', 'earlier_secret', ofWebhook);
export const INCOMING_SECRET = sealedColumn('incoming_webhooks', 'secret', { key: 'id' });

/** What this room keeps sealed. */
export const WEBHOOK_SECRETS = [WEBHOOK_SECRET, EARLIER_SECRET, INCOMING_SECRET] as const;
