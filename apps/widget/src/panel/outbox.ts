import type { Draft } from './conversation.ts';
import type { Keeping } from './keeping.ts';

/** Bounded, as everything that is kept for later. */
const MOST = 50;

/** What was written and not yet taken: one entry each, so that tabs do not overwrite each other's; of one visitor alone. */
export function createOutbox(keeping: Keeping) {
  const keyOf = (visitorId: string, clientId: string): string => `out.${visitorId}.${clientId}`;
  return {
    load(visitorId: string): Draft[] {
      const drafts = keeping.all(`out.${visitorId}.`).flatMap((text) => {
        try { return [JSON.parse(text) as Draft]; } catch { return []; }
      });
      return drafts.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, MOST);
    },
    keep: (visitorId: string, draft: Draft): void => keeping.set(keyOf(visitorId, draft.clientId), JSON.stringify(draft)),
    forget: (visitorId: string, clientId: string): void => keeping.remove(keyOf(visitorId, clientId)),
  };
}

/** Also where the browser has no `randomUUID`, on pages without encryption. */
export const newClientId = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
