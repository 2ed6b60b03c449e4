import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';

export const mailboxesLive: AnyLiveHandlers = {
  'mailbox.*': (cache) => cache.invalidateQueries({ queryKey: ['email', 'mailboxes'] }),
};
