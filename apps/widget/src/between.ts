import type { Attributes, PageView } from '../../../features/chat/core/visitor-contract.ts';

/** What the loader on the company's page and the chat in the frame say to each other. */
export type ToPanel =
  /** The guest's secret that the page keeps for a frame whose browser keeps nothing for it. */
  | { rapport: 'kept'; secret: string | null }
  | { rapport: 'opened'; page: PageView } | { rapport: 'closed' } | { rapport: 'page'; page: PageView }
  | { rapport: 'identify'; token: string | null } | { rapport: 'attributes'; attributes: Attributes };
export type FromPanel = { rapport: 'ready' } | { rapport: 'close' } | { rapport: 'unread'; count: number } | { rapport: 'expired' } | { rapport: 'keep'; secret: string };
