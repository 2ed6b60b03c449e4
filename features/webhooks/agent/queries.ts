import { pagedQuery } from '../../../platform/browser/paged.ts';
import { DeliveryPage, type DeliveryView, WebhookPage } from '../core/contract.ts';
import { CallPage, IncomingPage } from '../core/incoming-contract.ts';

export const webhooksQuery = pagedQuery(['webhooks', 'outgoing'], '/webhooks', WebhookPage);
export const incomingQuery = pagedQuery(['webhooks', 'incoming'], '/incoming-webhooks', IncomingPage);

const LOOK_AGAIN_MS = 1_500;

/** Looked at again as long as somebody looks: attempts are told by no event. */
export const deliveriesQuery = (webhookId: string, state: DeliveryView['state'] | 'all') => ({
  ...pagedQuery(['webhooks', 'deliveries', webhookId, state], `/webhooks/${webhookId}/deliveries`, DeliveryPage, { limit: 20, state: state === 'all' ? undefined : state }),
  refetchInterval: LOOK_AGAIN_MS,
});

export const callsQuery = (hookId: string) => pagedQuery(['webhooks', 'calls', hookId], `/incoming-webhooks/${hookId}/calls`, CallPage, { limit: 20 });
