import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { networkOf } from '../../../kernel/network.ts';
import { afterCommit, outsideWork, type Database } from '../../../platform/db/db.ts';
import { isPublicAddress } from '../../../platform/egress/addresses.ts';
import { forAuthor, type Authenticate, type Origin } from '../../../platform/mail/authentication.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { ArrivingMail } from '../../../platform/mail/listener.ts';
import type { Parser, ParseFailure } from '../../../platform/mail/parser.ts';
import type { Log } from '../../../platform/mail/sender.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import type { createFiling, Readable, Understood } from './filing.ts';
import { createFilingQueue, type Waiting } from './filing-queue.ts';
import { createGathering } from './gathering.ts';
import { dueMessages, insertLedgerRows, openMessages, originOf, putOff, type Door, type NewLedgerRow } from './ledger-store.ts';
import type { Hold } from './quarantine/holding.ts';
import { reasonOf } from './reasons.ts';
import { destinationsOf, type Destination } from './store.ts';
import type { Gate } from './spam/gate.ts';
import { createTakingIn } from './taking-in.ts';

/** After each failure; the third failure files the message as it came. */
const DELAYS_MS = [5_000, 20_000, 60_000];
const MAX_ATTEMPTS = 3;
/** If nobody has filed it by then (its process died), the sweep does. */
const GRACE_MS = 30_000;
const KNOWN_MS = 60_000;
const MAX_KNOWN = 1_000;
const SWEEP_MS = 2_000;
const SWEEP_BATCH = 500;
/** A message that could not be read for reasons of its own will not be readable the next time. */
const FINAL: readonly ParseFailure[] = ['too_complex'];

type Arrived = { readonly raw: Buffer; readonly rows: readonly Omit<NewLedgerRow, 'sha256'>[] };
type Weighed = Readable & { readonly size: number };

/**
 * The way in: `accept` makes a message durable, which is what the 250 means; then it is taken apart and filed, at once
 * when this process can, by the sweep when it died. The ledger is the queue, so nothing can be lost between the two.
 */
export function createIntake({ db, files, parser, filing, hold, gate, authenticate, believedServers, now, machineNow, log }: {
  db: Database; files: Pick<Files, 'put' | 'putMany' | 'read' | 'forget'>; parser: Pick<Parser, 'parse'>; filing: ReturnType<typeof createFiling>; hold: Hold; gate: Gate;
  authenticate: Authenticate; believedServers: readonly string[]; now: Now; machineNow: Now; log: Log;
}) {
  const queue = createFilingQueue({ file: fileOne });
  const keeping = createGathering<Arrived>({ act: keep, sizeOf: ({ raw }) => raw.length });
  /** How many are being accepted, which comes first, and how many will be ready to be filed in a moment. */
  const ahead = { accepted: 0, read: 0 };
  const fileTogether = createGathering<Weighed>({ act: fileAll, sizeOf: ({ size }) => size, isBusy: () => ahead.accepted + ahead.read > 0 });
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let sweeping: Promise<void> | null = null;

  const keyOf = (address: string): string => addressKey(splitPlus(address).base);

  async function fileOne(waiting: Waiting): Promise<void> {
    const { workspaceId, id } = waiting;
    try {
      const readable = await during('read', () => made(waiting));
      if (stopped) return;
      await fileTogether.add(workspaceId, readable);
    } catch (error) {
      if (stopped) return;
      log.warn({ err: error, ledgerId: id }, 'an incoming mail could not be filed');
      await failed(workspaceId, id, error);
    }
  }

  async function made(waiting: Waiting, { briefly }: { briefly: boolean } = { briefly: false }): Promise<Weighed> {
    const { workspaceId, id } = waiting;
    const { raw, origin, receivedAt, isReleased } = waiting.raw === null ? await kept(workspaceId, id) : { ...waiting, isReleased: false };
    let asked: ReturnType<Authenticate> | null = null;
    const authentic = (): ReturnType<Authenticate> => asked ??= authenticate(raw, withServers(origin));
    const held = isReleased ? null : await gate(workspaceId, {
      raw, envelopeFrom: origin.envelopeFrom, receivedAt, network: origin.client ? networkOf(origin.client.address) : '',
      isVouchedFor: async (author) => forAuthor(await authentic(), author).verdict === 'pass',
    });
    const [understood, authentication] = held ? [{ held }, null] : await Promise.all([understand(raw, briefly), authentic()]);
    return { id, understood, authentication, size: raw.length };
  }

  async function during<R>(what: keyof typeof ahead, act: () => Promise<R>): Promise<R> {
    ahead[what] += 1;
    try {
      return await act();
    } finally {
      ahead[what] -= 1;
      // Whoever has just been read adds itself first.
      if (ahead.accepted + ahead.read === 0) setImmediate(fileTogether.look);
    }
  }

  async function fileAll(workspaceId: string, messages: readonly Readable[]): Promise<void> {
    await db.work(workspaceId, (tx) => filing.fileAll(tx, workspaceId, messages), { repeats: true });
  }

  async function understand(raw: Buffer, briefly: boolean): Promise<Understood> {
    const result = await parser.parse(raw, { briefly });
    if ('error' in result && !FINAL.includes(result.error)) throw new AppError('unavailable', `mail.${result.error}`, 'The message could not be taken apart.');
    return result;
  }

  async function failed(workspaceId: string, id: string, error: unknown): Promise<void> {
    const reason = reasonOf(error);
    try {
      const attempts = await db.work(workspaceId, (tx) => putOff(tx, workspaceId, id, { reason, delays: DELAYS_MS, now: machineNow() }));
      if (attempts >= MAX_ATTEMPTS) await fileBriefly(workspaceId, id);
    } catch (again) {
      // It stays in the ledger and the sweep comes back to it.
      log.warn({ err: again, ledgerId: id }, 'an incoming mail could not be put off');
    }
  }

  /** Its head and its first words; when not even they can be filed, that there is a message. */
  async function fileBriefly(workspaceId: string, id: string): Promise<void> {
    try {
      const brief = await made({ workspaceId, id, raw: null, size: 0 }, { briefly: true });
      await db.work(workspaceId, (tx) => filing.fileAll(tx, workspaceId, [brief]));
    } catch (error) {
      log.warn({ err: error, ledgerId: id }, 'not even the head of an incoming mail could be filed');
      await db.work(workspaceId, (tx) => filing.fileAll(tx, workspaceId, [{ id, understood: { error: 'failed' }, authentication: null }]));
    }
  }

  /** Servers in front of ours are believed when they are in front of ours: in the same network. */
  const withServers = (origin: Origin): Origin =>
    origin.client && !isPublicAddress(origin.client.address) ? { ...origin, believed: [...origin.believed, ...believedServers] } : origin;

  async function kept(workspaceId: string, id: string): Promise<{ raw: Buffer; origin: Origin; receivedAt: Date; isReleased: boolean }> {
    return db.work(workspaceId, async (tx) => {
      const { sha256, ...origins } = await originOf(tx, workspaceId, id);
      const raw = await files.read(tx, workspaceId, sha256);
      if (!raw) throw new AppError('unavailable', 'mail.raw_missing', 'The raw message is missing; restore it from a backup.');
      return { raw, ...origins };
    });
  }

  /** Files what is due in every workspace; `everything` also takes what a process that died may have had in hand. */
  async function sweep(everything: boolean): Promise<number> {
    const due = everything ? new Date(machineNow().getTime() + GRACE_MS) : machineNow();
    const messages = await dueMessages(db.owner, due, SWEEP_BATCH);
    await Promise.all(messages.map((message) => queue.add({ ...message, raw: null })));
    return messages.length;
  }

  function sweepInBackground(everything: boolean): void {
    sweeping ??= sweep(everything).then(() => undefined, (error: unknown) => log.warn({ err: error }, 'the ledger could not be swept'))
      .finally(() => { sweeping = null; });
  }

  async function keep(workspaceId: string, arrived: readonly Arrived[]): Promise<void> {
    await db.work(workspaceId, async (tx) => {
      const stored = await files.putMany(tx, workspaceId, arrived.map(({ raw }) => raw));
      await insertLedgerRows(tx, workspaceId, arrived.flatMap(({ rows }, i) => rows.map((row) => ({ ...row, sha256: stored[i]!.sha256 }))));
    }, { repeats: true });
  }

  /** One transaction for each workspace that receives the message; one row for each mailbox. */
  async function store(door: Door, { raw, envelopeFrom, envelopeTo, client = null }: ArrivingMail, destinations: readonly Destination[], write: typeof keeping.add): Promise<Waiting[]> {
    const stored: Waiting[] = [];
    for (const workspaceId of new Set(destinations.map((one) => one.workspaceId))) {
      const rows = rowsFor(destinations.filter((one) => one.workspaceId === workspaceId), { door, envelopeFrom, envelopeTo, client, size: raw.length });
      await write(workspaceId, { raw, rows });
      stored.push(...rows.map(({ id, receivedAt }) => ({ workspaceId, id, raw, receivedAt, origin: { client, envelopeFrom, believed: [] } })));
    }
    return stored;
  }

  function rowsFor(destinations: readonly Destination[], mail: { door: Door; size: number } & Pick<ArrivingMail, 'envelopeFrom' | 'envelopeTo' | 'client'>): Omit<NewLedgerRow, 'sha256'>[] {
    const mailboxes = new Map(destinations.map((one) => [one.mailboxId, one.address]));
    return [...mailboxes].map(([mailboxId, key]) => ({
      id: newId(), mailboxId, door: mail.door, size: mail.size, client: mail.client ?? null, envelopeFrom: mail.envelopeFrom.slice(0, 320),
      envelopeTo: mail.envelopeTo.filter((address) => keyOf(address) === key), receivedAt: now(),
      nextAttemptAt: graceEnds(),
    }));
  }

  /** Hands over for filing; waits while too much waits already, and at the longest until the sweep would come. */
  async function enqueue(stored: readonly Waiting[]): Promise<void> {
    // Inside a larger unit of work nobody else can see them before it has committed.
    for (const waiting of stored) afterCommit(() => { void outsideWork(() => queue.add(waiting)); });
    await queue.room();
  }

  const graceEnds = (): Date => new Date(machineNow().getTime() + GRACE_MS);

  /** Which addresses are ours, until mailboxes change. One that is disabled between RCPT and DATA still gets that one message. */
  const known = new Map<string, { destinations: Destination[]; until: number }>();
  let changes = 0;

  async function destinationOf(key: string): Promise<Destination[]> {
    const at = machineNow().getTime();
    const kept = known.get(key);
    if (kept && kept.until > at) return kept.destinations;
    const asOf = changes;
    const destinations = await destinationsOf(db.lookup, [key]);
    if (known.size >= MAX_KNOWN) known.clear();
    if (destinations.length > 0 && asOf === changes) known.set(key, { destinations, until: at + KNOWN_MS });
    return destinations;
  }

  return {
    /** Asked at RCPT. */
    knows: async (address: string): Promise<boolean> => (await destinationOf(keyOf(address))).length > 0,

    /** Mailboxes have changed, in this process or another. */
    forget(): void {
      changes += 1;
      known.clear();
    },

    /** From our SMTP listener. Resolves when everything is committed. */
    async accept(mail: ArrivingMail): Promise<{ id: string }> {
      const destinations = (await Promise.all([...new Set(mail.envelopeTo.map(keyOf))].map(destinationOf))).flat();
      const stored = await during('accepted', () => store('smtp', mail, destinations, keeping.add));
      if (stored.length === 0) throw new AppError('unavailable', 'email.mailbox_gone', 'The mailbox was taken away meanwhile.');
      await enqueue(stored);
      return { id: stored[0]!.id };
    },

    /** From HTTP, for one mailbox of one workspace. */
    async deliver(workspaceId: string, { mailboxId, address, raw }: { mailboxId: string; address: string; raw: Buffer }): Promise<{ ledgerId: string }> {
      const stored = await store('http', { raw, envelopeFrom: '', envelopeTo: [address] }, [{ workspaceId, mailboxId, address: keyOf(address) }],
        // Perhaps inside a larger unit of work, which it then joins.
        (workspace, arrived) => keep(workspace, [arrived]));
      await enqueue(stored);
      return { ledgerId: stored[0]!.id };
    },

    /** For mail that we fetch ourselves. */
    take: createTakingIn({ db, files, hold, now, nextAttemptAt: graceEnds, file: (waiting) => enqueue([waiting]) }),

    /** Resolves when everything accepted so far in this process has been filed, or has failed once; for tests and for stopping. */
    settled: (): Promise<void> => queue.idle(),
    sweep: async (): Promise<number> => {
      const count = await sweep(false);
      await queue.idle();
      return count;
    },
    waiting: () => openMessages(db.owner),

    start(): void {
      sweepInBackground(true);
      timer = setInterval(() => { sweepInBackground(false); }, SWEEP_MS);
    },

    /** What is being filed is finished; the rest stays in the ledger for the next start. */
    async stop(): Promise<void> {
      if (timer) clearInterval(timer);
      await sweeping;
      await queue.stop();
      stopped = true;
    },
  };
}
