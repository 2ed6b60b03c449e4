import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { newMessageId } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { noticeLetter } from '../core/letter.ts';
import { dueReaders, lockWaiting, markMailed, putOff, readerOf } from './store.ts';

const MINUTE_MS = 60_000;
/** Who asked for news within this is there, and sees the bell. */
const HERE_MS = 5 * MINUTE_MS;
/** No more than one mail in this time: in a storm the rest waits for the next. */
const BETWEEN_MS = 30 * MINUTE_MS;
/** Somebody who cannot be written to is tried again after this. */
const AFTER_FAILURE_MS = 10 * MINUTE_MS;
const MOST_LINES = 30;
const MOST_AT_ONCE = 1_000;

/**
 * Mails to those who are not there, as few as possible: what has come together goes together. Nothing in them is what a
 * customer wrote but the subject, and they cannot be answered. By the machine's clock.
 */
export function createMailing({ db, machineNow, outbox, workspaces, sender, publicUrl, log }: {
  db: Database; machineNow: Now; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; sender: string; publicUrl: string; log: Log;
}): DueWork {
  async function tell(tx: Tx, workspaceId: string, personId: string): Promise<void> {
    const at = machineNow();
    const reader = await readerOf(tx, workspaceId, personId);
    if (!reader) return putOff(tx, workspaceId, personId, null);
    const hereUntil = (reader.seenAt?.getTime() ?? 0) + HERE_MS;
    const quietUntil = (reader.mailedAt?.getTime() ?? 0) + BETWEEN_MS;
    const until = Math.max(hereUntil, quietUntil);
    if (until > at.getTime()) return putOff(tx, workspaceId, personId, new Date(until));

    const waiting = await lockWaiting(tx, workspaceId, personId, MOST_AT_ONCE);
    if (waiting.length === 0) return;
    const { name } = await workspaces.get(workspaceId);
    const letter = noticeLetter({
      language: reader.language, name: reader.name, workspace: name, count: waiting.length, settings: `${publicUrl}/settings/notices`, desk: `${publicUrl}/inbox/mine`,
      lines: waiting.slice(0, MOST_LINES).map(({ kind, number, subject, ticketId, data }) => ({
        kind, text: typeof data['text'] === 'string' ? data['text'] : null,
        ticket: number === null || ticketId === null ? null : { number, subject: subject ?? '', link: `${publicUrl}/inbox/active/${ticketId}` },
      })),
    });
    await outbox.queue(tx, workspaceId, {
      purpose: 'notice', messageId: newMessageId(sender), from: { name, address: sender }, to: [{ name: reader.name, address: reader.email }], ...letter, notBefore: at,
      // A bounce of it would be nobody's matter.
      envelopeFrom: '',
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    await markMailed(tx, workspaceId, personId, waiting.map(({ id }) => id), at);
  }

  return dueRows({
    name: 'notices by mail', log, machineNow,
    find: (_now, limit) => dueReaders(db.owner, machineNow(), limit),
    idOf: ({ workspaceId, personId }) => `${workspaceId}/${personId}`,
    handle: ({ workspaceId, personId }) => db.work(workspaceId, (tx) => tell(tx, workspaceId, personId)).catch(async (error: unknown) => {
      // What they have waiting must not fill what is looked at.
      await db.work(workspaceId, (tx) => putOff(tx, workspaceId, personId, new Date(machineNow().getTime() + AFTER_FAILURE_MS)));
      throw error;
    }),
  });
}
