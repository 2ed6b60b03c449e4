import type { Attributes, PageView } from '../../../features/chat/core/visitor-contract.ts';

/** A message that the page showed by itself; `choice` is the answer below it that was pressed. */
export type Said = { readonly id: string; readonly text: string; readonly choice?: string };

/** What the loader on the company's page and the chat in the frame say to each other. */
export type ToPanel =
  /** The guest's secret that the page keeps for a frame whose browser keeps nothing for it. */
  | { rapport: 'kept'; secret: string | null }
  /** `isAsked`: by the visitor; else it was left open on the page before, and takes no focus. */
  | { rapport: 'opened'; page: PageView; said: Said | null; isAsked: boolean } | { rapport: 'closed' } | { rapport: 'page'; page: PageView }
  | { rapport: 'identify'; token: string | null } | { rapport: 'attributes'; attributes: Attributes }
  /** The visitor wants no messages by themselves. */
  | { rapport: 'quiet' };
export type FromPanel =
  | { rapport: 'ready' } | { rapport: 'close' } | { rapport: 'unread'; count: number } | { rapport: 'expired' } | { rapport: 'keep'; secret: string }
  /** What the page may ask `GET /visitor/unread` with; null: forget it. */
  | { rapport: 'badge'; badge: string | null } | { rapport: 'quiet'; isQuiet: boolean };
