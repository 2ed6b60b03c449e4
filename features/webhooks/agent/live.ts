import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const webhooksLive: AnyLiveHandlers = {
  'webhook.*': (cache) => cache.invalidateQueries({ queryKey: ['webhooks', 'outgoing'] }),
  'incoming_webhook.*': (cache) => cache.invalidateQueries({ queryKey: ['webhooks', 'incoming'] }),
};
