import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { refreshPeople } from './queries.ts';

export const peopleLive: AnyLiveHandlers = {
  'person.*': refreshPeople,
  'team.*': refreshPeople,
  'workspace.*': refreshPeople,
};
