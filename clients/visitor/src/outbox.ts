import type { Draft } from './conversation.ts';
import type { Memory } from './memory.ts';

/** Bounded, as everything that is kept for later. */
const MOST = 50;

/** What was written and not yet taken: one entry each, so that tabs do not overwrite each other's; of one visitor alone. */
export function createOutbox(memory: Memory) {
  const keyOf = (visitorId: string, clientId: string): string => `out.${visitorId}.${clientId}`;
  return {
    load(visitorId: string): Draft[] {
      const drafts = memory.all(`out.${visitorId}.`).flatMap((text) => {
        try { return [JSON.parse(text) as Draft]; } catch { return []; }
      });
      return drafts.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, MOST);
    },
    keep: (visitorId: string, draft: Draft): void => memory.set(keyOf(visitorId, draft.clientId), JSON.stringify(draft)),
    forget: (visitorId: string, clientId: string): void => memory.remove(keyOf(visitorId, clientId)),
  };
}

/** Unlikely to be another's; whoever knows it can do nothing with it, so that programs without a `crypto` may have one too. */
export function newClientId(): string {
  const bytes = new Uint8Array(16);
  if (typeof crypto === 'undefined') bytes.forEach((_none, at) => { bytes[at] = Math.random() * 256; });
  else crypto.getRandomValues(bytes);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
