import type { PresenceState, RoutingSettings } from './contract.ts';
import { USUAL_CAPACITY } from './capacity.ts';

export const USUAL_SETTINGS: RoutingSettings = {
  idleSeconds: 30 * 60, idleState: 'away', graceSeconds: 60, wrapUpSeconds: 30, missedOffers: 2, backAfterSeconds: 20 * 3600, absentBackSeconds: 3600,
  capacity: USUAL_CAPACITY, statuses: { new: 100, open: 100 },
};

/** What is kept of somebody. Moments of the connection and the keyboard are the machine's, all others of business. */
export type Presence = {
  readonly state: PresenceState;
  readonly since: Date;
  /** Machine: hands on the keyboard. */
  readonly actedAt: Date;
  /** Machine: the last sign of an open browser; null for those who work without one. */
  readonly seenAt: Date | null;
  /** They left offers to pass until they were set away. */
  readonly missedOffers: boolean;
};

export type Effective = { readonly state: PresenceState; readonly because: 'idle' | 'connection_lost' | 'absent' | 'missed_offers' | null };

type Asked = { readonly settings: Pick<RoutingSettings, 'idleSeconds' | 'idleState' | 'graceSeconds'>; readonly machine: Date; readonly absentSince: Date | null };

/** What routing goes by. Whoever came back during an absence and said so is back. */
export function effectiveOf(presence: Presence, { settings, machine, absentSince }: Asked): Effective {
  const { state, since, actedAt, seenAt } = presence;
  if (absentSince && since <= absentSince) return { state: 'offline', because: 'absent' };
  if (state === 'offline') return { state, because: null };
  if (seenAt && machine.getTime() - seenAt.getTime() > settings.graceSeconds * 1000) return { state: 'offline', because: 'connection_lost' };
  if (presence.missedOffers) return { state, because: 'missed_offers' };
  const isIdle = settings.idleSeconds !== null && machine.getTime() - actedAt.getTime() > settings.idleSeconds * 1000;
  return isIdle && state !== 'away' ? { state: settings.idleState, because: 'idle' } : { state, because: null };
}
