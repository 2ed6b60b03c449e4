import type { Now } from '../../../../kernel/actor.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Files } from '../../../../platform/files/files.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { can } from '../../../people/core/permissions.ts';
import type { Workspaces } from '../../../workspaces/server/workspaces.ts';
import { digestWords } from '../../core/quarantine-digest.ts';
import { createRounds } from '../rounds.ts';
import { queueNotice, reachableStaff } from '../staff-letters.ts';
import { usualMailbox, type Staff } from '../store.ts';
import {
  announce, claimDigest, dueDigests, dueRemovals, expectNoDigest, groups, remove, settingsOf, type Group, type OwnerRef,
} from './digest-store.ts';
import { NOTICE_MS } from './quarantine.ts';
import { dueReleases, letGo } from './store.ts';

const ROUND_MS = 2_000;
const AT_ONCE = 500;
const DAY_MS = 86_400_000;
/** So long before the end of its time a message is announced. */
const AHEAD_MS = 7 * DAY_MS;

/** What happens to the quarantine by itself: released messages are filed, owners are told daily, what is old is removed. */
export function createUpkeep({ db, files, outbox, workspaces, publicUrl, now, machineNow, log }: {
  db: Database; files: Pick<Files, 'put'>; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; publicUrl: string; now: Now; machineNow: Now; log: Log;
}) {
  /** Into the queue of what is to be filed; the sweep takes it from there. */
  async function release(): Promise<number> {
    const due = machineNow();
    const ready = Map.groupBy(await dueReleases(db.owner, due, AT_ONCE), ({ workspaceId }) => workspaceId);
    let count = 0;
    for (const [workspaceId, messages] of ready) {
      const freed = await db.work(workspaceId, (tx) => letGo(tx, workspaceId, messages.map(({ id }) => id), { due, now: now(), machineNow: due }));
      count += freed.length;
    }
    return count;
  }

  async function digest(): Promise<number> {
    const at = now();
    let sent = 0;
    for (const workspaceId of await dueDigests(db.owner, at, AT_ONCE)) sent += await db.work(workspaceId, (tx) => tell(tx, workspaceId, at));
    return sent;
  }

  async function tell(tx: Tx, workspaceId: string, at: Date): Promise<number> {
    if (!await claimDigest(tx, workspaceId, at)) return 0;
    const settings = await settingsOf(tx, workspaceId);
    const oldBefore = new Date(at.getTime() - settings.keepDays * DAY_MS + AHEAD_MS);
    const lying = await groups(tx, workspaceId, { freshSince: new Date(at.getTime() - DAY_MS), oldBefore });
    if (lying.length === 0) {
      await expectNoDigest(tx, workspaceId);
      return 0;
    }
    const staff = await reachableStaff(tx, workspaceId);
    const single = new Map(settings.mailboxes.map(({ mailboxId, owner }) => [mailboxId, owner]));
    const shares = new Map<Staff, Group[]>();
    for (const group of lying.filter(({ held, ageing }) => held + ageing > 0)) {
      for (const person of responsible(staff, single.get(group.mailboxId) ?? settings.owner, group.isCode)) shares.set(person, [...shares.get(person) ?? [], group]);
    }
    for (const [person, share] of shares) {
      const mailId = await write(tx, workspaceId, person, share);
      // Whoever is told first has told for all; the others' rows are announced already.
      if (mailId !== null) for (const group of share) if (group.ageing > 0) await announce(tx, workspaceId, group, { oldBefore, at, mailId });
    }
    return shares.size;
  }

  async function write(tx: Tx, workspaceId: string, person: Staff, share: readonly Group[]): Promise<string | null> {
    const mailbox = await usualMailbox(tx, workspaceId, null);
    if (!mailbox) return null;
    const total = (key: 'held' | 'fresh' | 'ageing'): number => share.reduce((sum, group) => sum + group[key], 0);
    const { name } = await workspaces.get(workspaceId);
    const { subject, text } = digestWords(person.language, {
      name: person.name, workspace: name, held: total('held'), fresh: total('fresh'), ageing: total('ageing'), link: new URL('/quarantine', publicUrl).href,
    });
    return (await queueNotice(outbox, tx, workspaceId, { from: mailbox, to: person, subject, text, at: machineNow() })).id;
  }

  async function purge(): Promise<number> {
    const at = now();
    const due = await dueRemovals(db.owner, { at, announcedBefore: new Date(at.getTime() - NOTICE_MS), limit: AT_ONCE });
    let count = 0;
    for (const [workspaceId, messages] of Map.groupBy(due, (message) => message.workspaceId)) {
      count += await db.work(workspaceId, async (tx) => {
        const { sha256 } = await files.put(tx, workspaceId, Buffer.alloc(0));
        return remove(tx, workspaceId, messages.map(({ id }) => id), sha256);
      });
    }
    return count;
  }

  async function round(): Promise<void> {
    await release();
    await digest();
    await purge();
  }

  const { start, stop } = createRounds({ everyMs: ROUND_MS, act: round, log, failed: 'the quarantine could not be looked after' });
  return { release, digest, purge, start, stop };
}

/** Who looks after it; the owners of the workspace when nobody does, or nobody who may see it. */
function responsible(staff: readonly Staff[], { personId, teamId }: OwnerRef, isCode: boolean): Staff[] {
  const allowed = staff.filter(({ role }) => !isCode || can({ role, scopes: null }, 'quarantine.codes'));
  const named = allowed.filter(({ id, teamIds }) => id === personId || (teamId !== null && teamIds.includes(teamId)));
  return named.length > 0 ? named : allowed.filter(({ role }) => role === 'owner');
}
