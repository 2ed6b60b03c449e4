import type { Now } from '../../../kernel/actor.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Follower } from '../../../platform/events/followers.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { HEARD } from '../core/events.ts';
import { enabledWebhooks, type StoredWebhook } from './store.ts';
import { ASKED, createTelling } from './telling.ts';

const OWN = ['webhook.created', 'webhook.changed', 'webhook.removed', 'webhook.disabled'];
/** Who else may have changed them while this process did not follow is seen after so long. */
const KNOWN_MS = 5_000;
const MOST_KNOWN = 1_000;

/** Writes down for every webhook what it is to be told, once for each event. `queued` may be lost: it is a hint. */
export function createFollowing({ db, tickets, machineNow, queued, mostWaiting }: {
  db: Database; tickets: Pick<Tickets, 'find'>; machineNow: Now; queued: () => void; mostWaiting?: number;
}): Follower {
  const { wantedBy, queue } = createTelling({ tickets, machineNow, mostWaiting });
  const known = new Map<string, { hooks: readonly StoredWebhook[]; until: number }>();

  async function hooksOf(workspaceId: string): Promise<readonly StoredWebhook[]> {
    const cached = known.get(workspaceId);
    const now = machineNow().getTime();
    if (cached && cached.until > now) return cached.hooks;
    const hooks = await db.work(workspaceId, (tx) => enabledWebhooks(tx, workspaceId));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(workspaceId, { hooks, until: now + KNOWN_MS });
    return hooks;
  }

  return {
    name: 'webhooks',
    types: [...HEARD, ASKED, ...OWN],
    from: 'now',
    async handle(event) {
      if (OWN.includes(event.type)) { known.delete(event.workspaceId); return; }
      const wanted = wantedBy(await hooksOf(event.workspaceId), event);
      if (wanted.length === 0) return;
      await db.work(event.workspaceId, (tx) => queue(tx, event, wanted));
      queued();
    },
  };
}
