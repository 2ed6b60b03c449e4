import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { createEgress } from '../../../platform/egress/egress.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { createCatchingUp } from './catching-up.ts';
import { createFollowing } from './following.ts';
import { createIncoming } from './incoming/incoming.ts';
import { createReceiving } from './incoming/receiving.ts';
import { forgetGivenIds } from './incoming/store.ts';
import { createOutgoing } from './outgoing.ts';
import { createWebhookSender } from './sender.ts';
import { createTelling } from './telling.ts';

export type Webhooks = ReturnType<typeof createWebhooks>;

/**
 * The front door of the webhooks room: programs of others are told what happens here, and hand in what happened there.
 * Tells `webhook.created`, `.changed`, `.removed`, `.disabled`, `incoming_webhook.created`, `.changed`, `.removed`.
 */
export function createWebhooks({ db, now, machineNow, emit, vault, customers, tickets, publicUrl, plain = [], log }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; vault: Vault; customers: Pick<Customers, 'resolve'>;
  tickets: Pick<Tickets, 'find' | 'findByNumber' | 'attributes' | 'wordsOf' | 'receive' | 'noteFromOutside'>;
  publicUrl: string;
  /** Origins that the environment names: they may be private, and asked without encryption. */
  plain?: readonly string[] | undefined;
  log: Log;
}) {
  const egress = createEgress({ exempt: plain, ports: [443, 8443] });
  const sender = createWebhookSender({ db, now, machineNow, emit, vault, egress, tickets, log });
  return {
    outgoing: createOutgoing({ db, now, machineNow, emit, vault, tickets, plain, catchUp: createCatchingUp({ now, telling: createTelling({ tickets, machineNow }) }), queued: sender.wake }),
    incoming: createIncoming({ db, now, emit, vault, publicUrl }),
    receiving: createReceiving({ db, now, machineNow, vault, customers, tickets }),
    /** Hears everything that anybody outside may hear of. */
    follower: createFollowing({ db, tickets, machineNow, queued: sender.wake }),
    sender,
    subscriptions: {
      'entry.redacted': (tx: Tx, { workspaceId, data }: LoggedEvent): Promise<void> => forgetGivenIds(tx, workspaceId, data['ticketIds'] as readonly string[]),
    },
  };
}
