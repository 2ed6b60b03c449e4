import type { Tx } from '../../../platform/db/db.ts';
import type { UnreadView } from '../core/visitor-contract.ts';
import type { Context } from './context.ts';
import type { createStream } from './stream.ts';
import { latestOf } from './store.ts';
import { findVisitor, type Visitor, type VisitorRow } from './visitor-store.ts';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_COUNTED = 99;
/** A page that stays open asks so often, while somebody may answer. */
const AGAIN_S = 30;

/** What a company's page may know of a chat that nobody has opened on it: the number of answers that wait, and nothing else. */
export function createBadge({ db, signer, machineNow }: Pick<Context, 'db' | 'signer' | 'machineNow'>, { after }: Pick<ReturnType<typeof createStream>, 'after'>) {
  async function count(tx: Tx, visitor: Visitor, row: VisitorRow): Promise<number> {
    if (row.seq <= row.readSeq) return 0;
    const { items } = await after(tx, visitor, row, row.readSeq, MOST_COUNTED);
    return items.filter(({ from }) => from === 'agent').length;
  }

  return {
    /** Rounded to days, so that it stays the same for a while. */
    badgeOf: ({ workspaceId, visitorId }: Visitor): string => signer.sign(['chat-badge', workspaceId, visitorId], new Date((Math.ceil(machineNow().getTime() / DAY_MS) + KEPT_DAYS) * DAY_MS)),

    /** Null: over, or of nobody. */
    async unread(badge: string): Promise<UnreadView | null> {
      const [what, workspaceId, visitorId] = signer.open(badge, machineNow()) ?? [];
      if (what !== 'chat-badge' || !workspaceId || !visitorId) return null;
      const visitor = { workspaceId, visitorId };
      return db.work(workspaceId, async (tx) => {
        const row = await findVisitor(tx, visitor);
        if (!row) return null;
        const latest = row.customerId === null ? undefined : await latestOf(tx, visitor);
        return { count: await count(tx, visitor, row), againSeconds: latest && latest.state !== 'ended' && !latest.isMessage ? AGAIN_S : null };
      });
    },
  };
}
