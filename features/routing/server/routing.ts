import type { Tx } from '../../../platform/db/db.ts';
import { deputiesOf } from './absence-store.ts';
import { createAbsences } from './absences.ts';
import { createAgents } from './agents.ts';
import { createContext, type RoutingDeps } from './context.ts';
import { createDueWorks } from './due.ts';
import { createExpecting } from './expecting.ts';
import { createExplaining } from './explaining.ts';
import { createGiving } from './giving.ts';
import { createHandingOn } from './handing-on.ts';
import { createLeaving } from './leaving.ts';
import { createMoments } from './moments.ts';
import { createOffering } from './offering.ts';
import { createOutlook } from './outlook.ts';
import { createPresence } from './presence.ts';
import { findQueue } from './queue-store.ts';
import { createQueues } from './queues.ts';
import { createReturning } from './returning.ts';
import { createSeating } from './seating.ts';
import { teamSpeaking } from './speaking.ts';
import { createStaffing } from './staffing.ts';
import { createStanding } from './standing.ts';
import { createTaking } from './taking.ts';

export type Routing = ReturnType<typeof createRouting>;

/** Pages of a queue that was changed, which are sorted before the answer. */
const FIRST_PAGES = 3;

/** The front door of the routing room: who is there, and which ticket goes to whom, and why. */
export function createRouting(deps: RoutingDeps) {
  const context = createContext(deps);
  const agents = createAgents(context);
  const seating = createSeating(context);
  const offering = createOffering(context);
  const presence = createPresence(context, agents, offering);
  const giving = createGiving(context, agents);
  const queues = createQueues(context, agents, async (workspaceId) => {
    for (let page = 0; page < FIRST_PAGES && await due.sweep(workspaceId, deps.now()); page += 1);
  });
  const expecting = createExpecting(context, agents, queues);
  const explaining = createExplaining(context, agents, giving, queues);
  const due = createDueWorks(context, { giving, seating, expecting });
  const { pass: _pass, withdrawFrom: _withdrawFrom, ...offers } = offering;
  const { backAt: _backAt, ...people } = presence;
  const { views: _views, required: _required, ...kept } = queues;
  return {
    ...people, ...offers, ...kept, ...createAbsences(context), ...createOutlook(context), ...createReturning(context), ...createTaking(context), ...createHandingOn(context), ...createStanding(context, agents), ...explaining, ...createStaffing(context, queues), expectedWait: expecting.expectedWait, teamSpeaking,
    /** For the room of tickets, in its unit of work. */
    isQueue: async (tx: Tx, id: string): Promise<boolean> => await findQueue(tx, id) !== undefined,
    /** Of these people, those who are absent at this moment, and who is there in their place. */
    deputiesOf: (tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> => deputiesOf(tx, personIds, deps.now()),
    subscriptions: { ...seating.subscriptions, ...createLeaving(context) },
    works: [...due.works, createMoments(context, offering, presence, seating)],
  };
}
