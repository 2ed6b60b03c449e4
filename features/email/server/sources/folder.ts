import type { FetchMessageObject } from 'imapflow';
import type { Now } from '../../../../kernel/actor.ts';
import type { Database } from '../../../../platform/db/db.ts';
import type { ImapFlow } from '../../../../platform/mail/imap.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { RETRY_BELOW, type Facts, type Place, type Taking } from './taking.ts';
import { advance, compareUids, openFolder, settleUids, unsettledUids } from './uids-store.ts';

/** UIDs that are asked about in one question. */
const ASK_ABOUT = 200;
const ASK_GENTLY = 20;
const SETTLE_AT_ONCE = 200;
const COMPARE_EVERY_MS = 3_600_000;

export type Work = Omit<Place, 'key' | 'cursor'>;
export type Folders = ReturnType<typeof createFolders>;

/** Takes what is new in a folder; what is ours is then marked or moved on the server, which is harmless twice. Flags are never looked at. */
export function createFolders({ db, taking, machineNow, log }: { db: Database; taking: Taking; machineNow: Now; log: Log }) {
  async function readOn(place: Place, uidNext: number): Promise<void> {
    const { client, cursor, signal } = place;
    const window = place.gently ? ASK_GENTLY : ASK_ABOUT;
    let lastUid = cursor.lastUid;
    while (!signal.aborted) {
      const isBehind = lastUid + window < uidNext - 1;
      let facts = await factsOf(client, isBehind ? `${lastUid + 1}:${lastUid + window}` : `${lastUid + 1}:*`);
      let upTo = lastUid + window;
      if (isBehind && facts.length === 0) {
        // A long stretch of which nothing is left.
        const there = await thereAfter(place, upTo);
        facts = await factsOf(client, there.slice(0, window).join(',') || `${uidNext}:*`);
      }
      // `n:*` names the last message even when that is older than n.
      facts = facts.filter(({ uid }) => uid > lastUid);
      if (!isBehind || facts.some(({ uid }) => uid > upTo)) upTo = Math.max(lastUid, ...facts.map(({ uid }) => uid));
      if (facts.length > 0) await taking.takeAll(place, facts, { upTo });
      await settle(place);
      if (facts.length === 0) return;
      lastUid = upTo;
    }
  }

  /** That nothing lies before the first of them is noted at once: a connection that breaks soon need not find it out again. */
  async function thereAfter({ client, workspaceId, key, cursor: { uidValidity } }: Place, uid: number): Promise<number[]> {
    const there = await uidsOf(client, `${uid + 1}:*`);
    const through = (there[0] ?? 0) - 1;
    if (through > uid) await db.work(workspaceId, (tx) => advance(tx, key, { uidValidity, through }));
    return there;
  }

  /** What the server has and we do not, although we have passed it; what was given up is tried once more. */
  async function compare(place: Place): Promise<void> {
    const { client, workspaceId, key, cursor } = place;
    const onServer = await uidsOf(client, '1:*');
    const missing = await db.work(workspaceId, (tx) => compareUids(tx, key, { uidValidity: cursor.uidValidity, onServer, retryBelow: RETRY_BELOW, at: machineNow() }));
    if (missing.length === 0) return;
    log.warn({ sourceId: key.sourceId, folder: key.folder, count: missing.length }, 'messages on a mail server had been missed and are taken now');
    for (let at = 0; at < missing.length; at += ASK_ABOUT) {
      await taking.takeAll(place, await factsOf(client, missing.slice(at, at + ASK_ABOUT).join(',')), { upTo: null, retrying: true });
    }
    await settle(place);
  }

  /** Marks or moves what is ours by now. */
  async function settle({ client, workspaceId, source, key, cursor }: Place): Promise<void> {
    while (source.afterwards !== 'leave') {
      const uids = await db.work(workspaceId, (tx) => unsettledUids(tx, key, cursor.uidValidity, SETTLE_AT_ONCE));
      if (uids.length === 0) return;
      if (source.afterwards === 'seen') await client.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true });
      else await moveTo(client, uids, source.moveTo);
      await db.work(workspaceId, (tx) => settleUids(tx, key, cursor.uidValidity, uids, machineNow()));
    }
  }

  return {
    /** Resolves when everything that is there is ours. */
    async read(work: Work, folder: string): Promise<void> {
      const { client, workspaceId, source } = work;
      const lock = await client.getMailboxLock(folder, { readOnly: source.afterwards === 'leave' });
      try {
        const box = client.mailbox;
        if (!box) throw new Error('The folder is not open.');
        const key = { workspaceId, sourceId: source.id, folder };
        const cursor = await db.work(workspaceId, (tx) => openFolder(tx, key, { uidValidity: Number(box.uidValidity), uidNext: box.uidNext }));
        // It was taken off the list meanwhile.
        if (!cursor) return;
        const place = { ...work, key, cursor };
        await readOn(place, box.uidNext);
        if (!cursor.comparedAt || machineNow().getTime() - cursor.comparedAt.getTime() >= COMPARE_EVERY_MS) await compare(place);
      } finally {
        lock.release();
      }
    },
  };
}

async function moveTo(client: ImapFlow, uids: readonly number[], folder: string): Promise<void> {
  const move = () => client.messageMove(uids.join(','), folder, { uid: true });
  if (await move()) return;
  await client.mailboxCreate(folder);
  if (!await move()) throw Object.assign(new Error(`Messages cannot be moved to ${folder}.`), { mailboxMissing: true });
}

async function uidsOf(client: ImapFlow, range: string): Promise<number[]> {
  const found = await client.search({ uid: range }, { uid: true });
  if (!found) throw new Error('The server did not say which messages there are.');
  return [...found].sort((a, b) => a - b);
}

async function factsOf(client: ImapFlow, uids: string): Promise<Facts[]> {
  const found = await client.fetchAll(uids, { uid: true, size: true, internalDate: true }, { uid: true });
  return found.map(({ uid, size, internalDate }: FetchMessageObject) => ({ uid, size: size ?? 0, date: internalDate === undefined ? null : new Date(internalDate) }));
}
