import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { newMessageId } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { grouped } from '../core/grouping.ts';
import { noticeLetter } from '../core/letter.ts';
import { outOfQuiet, type Times } from '../core/times.ts';
import { timesOf } from './preference-store.ts';
import { dueReaders, lockReader, markMailed, putOff, readerOf, type Reader, type WaitingNotice, waitingOf } from './store.ts';

const MINUTE_MS = 60_000;
/** Who asked for news within this is there, and sees the bell. */
const HERE_MS = 5 * MINUTE_MS;
/** No more than one mail of what goes soon in this time: in a storm the rest waits for the next. */
const BETWEEN_MS = 30 * MINUTE_MS;
/** Somebody who cannot be written to is tried again after this. */
const AFTER_FAILURE_MS = 10 * MINUTE_MS;
const MOST_TICKETS = 30;
const MOST_AT_ONCE = 1_000;

/**
 * Mails to those who want them when they want them, as few as possible: what has come together goes together. Nothing in them is
 * what a customer wrote but the subject, and they cannot be answered. By business time; only who is there is the machine's matter.
 */
export function createMailing({ db, now, machineNow, outbox, workspaces, sender, publicUrl, log }: {
  db: Database; now: Now; machineNow: Now; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; sender: string; publicUrl: string; log: Log;
}): DueWork {
  /** Until when somebody who is there, or was written to just now, needs no mail of what goes soon. */
  function freeFrom({ seenAt, mailedAt }: { seenAt: Date | null; mailedAt: Date | null }, at: Date): Date {
    const here = seenAt === null ? 0 : seenAt.getTime() + HERE_MS - machineNow().getTime();
    // The business clock of a test may have been set back.
    const between = mailedAt === null || mailedAt > at ? 0 : mailedAt.getTime() + BETWEEN_MS - at.getTime();
    return new Date(at.getTime() + Math.max(0, here, between));
  }

  /** Waits again: the urgent ones until then, the others out of the quiet hours too. */
  async function wait(tx: Tx, workspaceId: string, personId: string, { times, due, until }: { times: Times; due: Date; until: Date }): Promise<void> {
    for (const urgent of [true, false]) await putOff(tx, workspaceId, personId, { due, until: outOfQuiet(times, until, urgent), urgent });
  }

  async function tell(tx: Tx, workspaceId: string, personId: string): Promise<void> {
    if (!await lockReader(tx, workspaceId, personId)) return;
    const at = now();
    const [reader, times] = [await readerOf(tx, workspaceId, personId), (await timesOf(tx, workspaceId, [personId])).get(personId)];
    if (!reader || !times) return putOff(tx, workspaceId, personId, { due: at, until: null });
    // What became due while the server stood still, and is out of its time by now.
    for (const urgent of [true, false]) {
      const until = outOfQuiet(times, at, urgent);
      if (until > at) await putOff(tx, workspaceId, personId, { due: at, until, urgent });
    }
    const waiting = await waitingOf(tx, workspaceId, personId, at, MOST_AT_ONCE);
    const due = waiting.filter(({ mailAt }) => mailAt <= at);
    if (due.length === 0) return;
    const until = freeFrom(reader, at);
    // A digest comes when it was asked for, whoever is there.
    if (until > at && due.every(({ pace }) => pace === 'soon')) return wait(tx, workspaceId, personId, { times, due: at, until });
    // What goes soon goes with it, if it may go now.
    const soon = waiting.filter(({ mailAt, pace, urgent }) => pace === 'soon' && mailAt > at && outOfQuiet(times, at, urgent) <= at);
    const count = await markMailed(tx, workspaceId, personId, soon.map(({ id }) => id), at);
    await write(tx, workspaceId, { reader, told: [...due, ...soon], count });
  }

  async function write(tx: Tx, workspaceId: string, { reader, told, count }: { reader: Reader; told: readonly WaitingNotice[]; count: number }): Promise<void> {
    const { name } = await workspaces.get(workspaceId);
    const letter = noticeLetter({
      language: reader.language, name: reader.name, workspace: name, count, settings: `${publicUrl}/settings/notices`, desk: `${publicUrl}/inbox/mine`,
      groups: grouped(told.map(({ kind, number, subject, ticketId, data }) => ({
        kind, text: typeof data['text'] === 'string' ? data['text'] : null,
        ticket: number === null || ticketId === null ? null : { number, subject: subject ?? '', link: `${publicUrl}/inbox/active/${ticketId}` },
      }))).slice(0, MOST_TICKETS),
    });
    await outbox.queue(tx, workspaceId, {
      purpose: 'notice', messageId: newMessageId(sender), from: { name, address: sender }, to: [{ name: reader.name, address: reader.email }], ...letter, notBefore: machineNow(),
      aboutTicketIds: [...new Set(told.flatMap(({ ticketId }) => ticketId ?? []))],
      // A bounce of it would be nobody's matter.
      envelopeFrom: '',
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
  }

  return dueRows({
    name: 'notices by mail', log, machineNow,
    find: (at, limit) => dueReaders(db.owner, at, limit),
    idOf: ({ workspaceId, personId }) => `${workspaceId}/${personId}`,
    handle: ({ workspaceId, personId }) => db.work(workspaceId, (tx) => tell(tx, workspaceId, personId)).catch(async (error: unknown) => {
      // What they have waiting must not fill what is looked at.
      const due = now();
      await db.work(workspaceId, (tx) => putOff(tx, workspaceId, personId, { due, until: new Date(due.getTime() + AFTER_FAILURE_MS) }));
      throw error;
    }),
  });
}
