import type { Tx } from '../../../platform/db/db.ts';
import { eitherOf } from '../../calendars/core/either.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { StoredQueue } from './queue-store.ts';

/** The hours that a queue keeps: its own calendar's, else those in which one of its teams is at work, else the workspace's. */
export async function hoursOf(calendars: Pick<Calendars, 'timeFor'>, tx: Tx, workspaceId: string, queue: Pick<StoredQueue, 'calendarId' | 'teamIds'> | undefined): Promise<WorkingTime> {
  const [first, ...others] = queue?.calendarId === null ? queue.teamIds : [];
  if (first === undefined) return calendars.timeFor(tx, workspaceId, queue?.calendarId ?? null);
  const times: [WorkingTime, ...WorkingTime[]] = [await calendars.timeFor(tx, workspaceId, null, { teamId: first })];
  for (const teamId of others) times.push(await calendars.timeFor(tx, workspaceId, null, { teamId }));
  return eitherOf(times);
}
