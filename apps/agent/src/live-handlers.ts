import { peopleLive } from '../../../features/people/agent/live.ts';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

/** What each room does when the server says that something happened. */
export const liveHandlers: readonly AnyLiveHandlers[] = [peopleLive];
