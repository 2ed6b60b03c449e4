import type { Attributes, PageView } from '../../../features/chat/core/visitor-contract.ts';

/** What the loader on the company's page and the chat in the frame say to each other. */
export type ToPanel =
  | { rapport: 'opened'; page: PageView } | { rapport: 'closed' } | { rapport: 'page'; page: PageView }
  | { rapport: 'identify'; token: string | null } | { rapport: 'attributes'; attributes: Attributes };
export type FromPanel = { rapport: 'ready' } | { rapport: 'close' } | { rapport: 'unread'; count: number };

const ours = (data: unknown): data is { rapport: unknown } => typeof data === 'object' && data !== null && 'rapport' in data;
export const isFromPanel = (data: unknown): data is FromPanel => ours(data) && ['ready', 'close', 'unread'].includes(data.rapport as string);
export const isToPanel = (data: unknown): data is ToPanel => ours(data) && ['opened', 'closed', 'page', 'identify', 'attributes'].includes(data.rapport as string);
