import type { Now } from '../../../../kernel/actor.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { ImapFlow } from '../../../../platform/mail/imap.ts';
import { MAX_MESSAGE_BYTES } from '../../../../platform/mail/listener.ts';
import type { Take } from '../taking-in.ts';
import { wordsOf } from '../reasons.ts';
import type { Source } from './store.ts';
import { advance, knownUids, noteSkipped, noteUid, type Cursor, type FolderKey, type UidRow } from './uids-store.ts';

const FETCH_AT_ONCE = 25;
const FETCH_AT_ONCE_GENTLY = 20;
const FETCH_BYTES = 16 * 1024 * 1024;
/**
 * How much a failure says against a message. Three that are surely its own set it aside. A connection that breaks while
 * it is fetched, before anything else came through, is more likely a bad connection.
 */
const SURELY = 4;
const PERHAPS = 1;
const ENOUGH = 3 * SURELY;
/** What was given up is tried again at each comparison, for about a day. */
export const RETRY_BELOW = ENOUGH + 24 * SURELY;

export type Place = {
  readonly workspaceId: string; readonly source: Source; readonly address: string; readonly client: ImapFlow; readonly signal: AbortSignal;
  readonly key: FolderKey; readonly cursor: Cursor;
  /** The last connection broke: ask for little at a time, so that something comes through before the next one does. */
  readonly gently: boolean;
};
export type Facts = { readonly uid: number; readonly size: number; readonly date: Date | null };
export type Taking = ReturnType<typeof createTaking>;

type Round = Place & {
  readonly known: ReadonlyMap<number, UidRow>;
  /** What speaks against a message so far; one that is here comes alone, after the others. */
  readonly tried: Map<number, number>;
  readonly came: { count: number };
  /** What has not been dealt with yet, in order. */
  readonly waiting: number[];
  readonly upTo: number | null;
};

/**
 * Takes messages from a folder into the ledger, in order, each once. The message, its ledger row and the place in the
 * folder are one transaction. Rejects when the connection or our own house fails; the next call goes on from there.
 */
export function createTaking({ db, take, machineNow }: { db: Database; take: Take; machineNow: Now }) {
  /** `upTo`: with these, everything up to that UID has been dealt with. Null: they lie behind us. */
  async function takeAll(place: Place, facts: readonly Facts[], { upTo, retrying = false }: { upTo: number | null; retrying?: boolean }): Promise<void> {
    const { workspaceId, key, cursor, source } = place;
    const rows = await db.work(workspaceId, (tx) => knownUids(tx, key, cursor.uidValidity, facts.map(({ uid }) => uid)));
    const known = new Map(rows.map((row) => [row.uid, row]));
    const open = facts.filter(({ uid }) => !isFinished(known.get(uid), retrying)).sort((a, b) => a.uid - b.uid);
    const old = open.filter(({ uid, date }) => uid < cursor.firstUid && isOlder(date, source.takenSince));
    if (old.length > 0) await db.work(workspaceId, (tx) => noteSkipped(tx, key, cursor.uidValidity, old.map(({ uid }) => uid)));

    const wanted = open.filter((one) => !old.includes(one));
    const tried = new Map(rows.filter(({ state }) => state === 'trying' || state === 'aside').map((row) => [row.uid, row.attempts]));
    const round: Round = { ...place, known, tried, came: { count: 0 }, waiting: wanted.map(({ uid }) => uid), upTo };
    for (const group of groupsOf(wanted, tried, place.gently ? FETCH_AT_ONCE_GENTLY : FETCH_AT_ONCE)) {
      if (place.signal.aborted) return;
      await takeGroup(round, group);
    }
    if (upTo !== null) await db.work(workspaceId, (tx) => advance(tx, key, { uidValidity: cursor.uidValidity, through: upTo }));
  }

  async function takeGroup(round: Round, group: readonly Facts[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    if (first.size > MAX_MESSAGE_BYTES) return putAside(round, first, { reason: `too_large: ${first.size} bytes`, attempts: RETRY_BELOW });
    const { left, failure } = await fetchGroup(round, group);
    if (left.length === 0) return;
    if (group.length === 1) return failedAlone(round, first, failure);
    if (round.client.usable) {
      for (const one of left) await takeGroup(round, [one]);
      return;
    }
    // Nothing came through: nobody knows whether it was the first one's fault, and the next time it comes alone.
    if (left.length === group.length) await note(round, left[0]!.uid, { state: 'trying', attempts: round.tried.get(left[0]!.uid) ?? 0 });
    throw failure;
  }

  /** What of a group could not be taken. */
  async function fetchGroup(round: Round, group: readonly Facts[]): Promise<{ left: Facts[]; failure: unknown }> {
    const left = new Map(group.map((facts) => [facts.uid, facts]));
    const came = new Map<number, Buffer>();
    let failure: unknown = new Error('The server did not hand the message over.');
    try {
      // Nothing is waited for here: what came through before a connection broke counts.
      for await (const { uid, source } of round.client.fetch([...left.keys()].join(','), { uid: true, source: true }, { uid: true })) {
        if (source) came.set(uid, source);
      }
    } catch (error) {
      failure = error;
    }
    for (const [uid, raw] of came) {
      const facts = left.get(uid);
      const refused = facts && await takeOne(round, facts, raw);
      if (refused) failure = refused;
      else left.delete(uid);
    }
    return { left: [...left.values()], failure };
  }

  /** Null when it is ours now; the reason when it is this message that cannot be kept. Trouble of our own is thrown. */
  async function takeOne(round: Round, { uid, date }: Facts, raw: Buffer): Promise<unknown> {
    const { workspaceId, source, address, key, cursor } = round;
    const through = placeAfter(round, uid);
    const settledAt = source.afterwards === 'leave' ? machineNow() : null;
    try {
      await take.message(workspaceId, { mailboxId: source.mailboxId, address, raw, receivedAt: date, believed: source.authservId === '' ? [] : [source.authservId] }, async (tx, ledgerId) => {
        await mine(tx, round, uid, { state: 'stored', ledgerId, settledAt });
        if (through > 0) await advance(tx, key, { uidValidity: cursor.uidValidity, through });
      });
      leave(round, uid);
      round.came.count += 1;
      return null;
    } catch (error) {
      if (error instanceof StoredAlready) return null;
      if (isAboutTheMessage(error)) return error;
      throw error;
    }
  }

  async function failedAlone(round: Round, facts: Facts, failure: unknown): Promise<void> {
    const attempts = (round.tried.get(facts.uid) ?? 0) + (round.client.usable || round.came.count > 0 ? SURELY : PERHAPS);
    round.tried.set(facts.uid, attempts);
    if (attempts >= ENOUGH) return putAside(round, facts, { reason: `not_fetched: ${wordsOf(failure)}`, attempts });
    await note(round, facts.uid, { state: 'trying', attempts });
    if (!round.client.usable) throw failure;
    return takeGroup(round, [facts]);
  }

  /** Kept as far as the server gives it, for a person to look at. */
  async function putAside(round: Round, { uid, date }: Facts, { reason, attempts }: { reason: string; attempts: number }): Promise<void> {
    const { workspaceId, source, address, client, key } = round;
    leave(round, uid);
    const before = round.known.get(uid);
    if (before?.state === 'aside') return note(round, uid, { state: 'aside', ledgerId: before.ledgerId, attempts });
    const folder = key.folder.replace(/[^\x20-\x7e]/g, '?');
    const head = client.usable ? await headOf(client, uid) : null;
    const raw = head ?? Buffer.from(`X-Rapport: this message could not be fetched; it has the UID ${uid} in ${folder}\r\n\r\n`);
    await take.aside(workspaceId, { mailboxId: source.mailboxId, address, raw, receivedAt: date, believed: source.authservId === '' ? [] : [source.authservId], reason: reason.slice(0, 500) },
      (tx, ledgerId) => mine(tx, round, uid, { state: 'aside', ledgerId, attempts }));
  }

  const note = (round: Round, uid: number, what: Note): Promise<void> => db.work(round.workspaceId, (tx) => mine(tx, round, uid, what));

  return { takeAll };
}

type Note = Pick<UidRow, 'state'> & { readonly ledgerId?: string | null; readonly attempts?: number; readonly settledAt?: Date | null };

/** How far the folder is dealt with once this one is, too; 0: no further than it is. */
function placeAfter({ waiting, upTo }: Round, uid: number): number {
  if (upTo === null) return 0;
  const next = waiting[0] === uid ? waiting[1] : waiting[0];
  return (next ?? upTo + 1) - 1;
}

function leave({ waiting }: Round, uid: number): void {
  const at = waiting.indexOf(uid);
  if (at !== -1) waiting.splice(at, 1);
}

async function mine(tx: Tx, { key, cursor }: Place, uid: number, what: Note): Promise<void> {
  if (!await noteUid(tx, key, { uidValidity: cursor.uidValidity, uid, ...what })) throw new StoredAlready();
}

const isFinished = (row: UidRow | undefined, retrying: boolean): boolean =>
  row !== undefined && (row.state === 'stored' || row.state === 'skipped' || (row.state === 'aside' && !retrying));

const isOlder = (date: Date | null, since: Date | null): boolean => since !== null && date !== null && date < since;

/** What the server shows of it; null when it shows nothing. */
const headOf = (client: ImapFlow, uid: number): Promise<Buffer | null> =>
  client.fetchOne(String(uid), { uid: true, headers: true }, { uid: true }).then((message) => (message ? message.headers ?? null : null), () => null);

/** A few at a time and not too large together; those that failed before come alone, and last. */
function groupsOf(wanted: readonly Facts[], tried: ReadonlyMap<number, number>, atOnce: number): Facts[][] {
  const groups: Facts[][] = [];
  let room = 0;
  for (const facts of wanted.filter(({ uid }) => !tried.has(uid))) {
    const group = groups.at(-1);
    if (group && group.length < atOnce && facts.size <= room) group.push(facts);
    else {
      groups.push([facts]);
      room = FETCH_BYTES;
    }
    room -= facts.size;
  }
  return [...groups, ...wanted.filter(({ uid }) => tried.has(uid)).map((facts) => [facts])];
}

/** A process that held the source before has stored it. */
class StoredAlready extends Error {}

/** PostgreSQL's classes for data that it cannot hold and rules that it would break. */
const isAboutTheMessage = (error: unknown): boolean => /^2[23]/.test((error as { code?: string }).code ?? '');
