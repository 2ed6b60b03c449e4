import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { refreshPeople } from './queries.ts';

/** Signing in and changing a password alter nothing that others see. */
export const peopleLive: AnyLiveHandlers = {
  'person.*': refreshPeople,
  'person.signed_in': () => undefined,
  'person.password_changed': () => undefined,
  'team.*': refreshPeople,
  'workspace.*': refreshPeople,
};
