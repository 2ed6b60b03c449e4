import type { Now } from '../../kernel/actor.ts';
import type { Database } from '../db/db.ts';
import type { Files } from '../files/files.ts';
import { composeMime, type ComposedFile } from './compose.ts';
import { domainOf } from './header.ts';
import type { Outbox } from './outbox.ts';
import { createRelay } from './relay.ts';
import { nextAttempt, verdictOf, type SendError } from './retry.ts';
import { claimDue, settle, type Claimed, type Outcome } from './sender-store.ts';

const CONNECTIONS = 5;
const PER_DOMAIN = 3;
const POLL_MS = 1_000;
/** Longer than any attempt can take, so that a lease only ends when its worker is gone. */
const ATTEMPT_MS = 4 * 60_000;
const LEASE_MS = 5 * 60_000;
const DRAIN_MS = 20_000;

export type Log = { warn(details: Record<string, unknown>, message: string): void };

/**
 * Carries the outbox to the relay, at least once: a crash in the middle sends the same mail, with the same Message-ID,
 * again. Any number of processes may do so at once. Without a relay it does nothing, and mail waits.
 */
export function createSender({ db, outbox, files, relayUrl, now, log, random = Math.random }: {
  db: Database; outbox: Outbox; files: Pick<Files, 'read'>; relayUrl: string | null; now: Now; log: Log; random?: () => number;
}) {
  const relay = relayUrl === null ? null : createRelay(relayUrl, { connections: CONNECTIONS });
  const inFlight = new Map<string, { domain: string; done: Promise<void> }>();
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let round: Promise<void> | null = null;
  let again = false;

  function busyDomains(): string[] {
    const counts = new Map<string, number>();
    for (const { domain } of inFlight.values()) counts.set(domain, (counts.get(domain) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= PER_DOMAIN).map(([domain]) => domain);
  }

  /** Starts what is due as far as there are free connections. Returns how many were started. */
  async function startDue(): Promise<number> {
    const free = CONNECTIONS - inFlight.size;
    if (relay === null || free <= 0) return 0;
    const at = now();
    const mails = await claimDue(db.owner, {
      now: at, leaseUntil: new Date(at.getTime() + LEASE_MS), limit: free, perDomain: PER_DOMAIN, busy: busyDomains(),
    });
    for (const mail of mails) {
      const done = attempt(mail).finally(() => { inFlight.delete(mail.id); wake(); });
      inFlight.set(mail.id, { domain: domainOf(mail.envelopeTo[0] ?? ''), done });
    }
    return mails.length;
  }

  async function attempt(mail: Claimed): Promise<void> {
    try {
      const outcome = await send(mail);
      await db.work(mail.workspaceId, async (tx) => {
        if (await settle(tx, mail, outcome)) await outbox.announce(tx, mail.workspaceId, mail, outcome.state);
      });
    } catch (error) {
      // The lease stands; the mail is due again when it ends.
      log.warn({ err: error, outboxId: mail.id }, 'an outgoing mail could not be settled');
    }
  }

  async function send(mail: Claimed): Promise<Outcome> {
    try {
      const raw = await composeMime(mail.content, mail.messageId, await attachmentsOf(mail));
      const response = await within(ATTEMPT_MS, relay!.send({ from: mail.envelopeFrom, to: mail.envelopeTo }, raw));
      return { state: 'accepted', response, at: now() };
    } catch (error) {
      return outcomeOf(mail, error as SendError);
    }
  }

  function outcomeOf(mail: Claimed, error: SendError): Outcome {
    const response = (error.response ?? error.message).slice(0, 2000);
    const verdict = verdictOf(error);
    if (verdict === 'refused') return { state: 'failed', response };
    const nextAttemptAt = nextAttempt({ attempts: mail.attempts, verdict, now: now(), notBefore: mail.notBefore, random: random() });
    return nextAttemptAt ? { state: 'queued', response, nextAttemptAt } : { state: 'failed', response };
  }

  async function attachmentsOf({ workspaceId, attachments }: Claimed): Promise<ComposedFile[]> {
    if (attachments.length === 0) return [];
    return db.work(workspaceId, async (tx) => {
      const composed: ComposedFile[] = [];
      for (const file of attachments) {
        const bytes = await files.read(tx, workspaceId, file.sha256);
        if (!bytes) throw Object.assign(new Error(`The attachment "${file.name}" is missing.`), { code: 'EMESSAGE' });
        composed.push({ ...file, bytes });
      }
      return composed;
    });
  }

  function wake(): void {
    if (!running) return;
    if (round) { again = true; return; }
    round = startDue().then(() => undefined, (error: unknown) => log.warn({ err: error }, 'the outbox could not be read'))
      .finally(() => {
        round = null;
        if (again) { again = false; wake(); }
      });
  }

  return {
    /** Sends what is due and waits for the outcome; for tests and for one pass by hand. */
    async sendDue(): Promise<number> {
      let sent = 0;
      for (let started = await startDue(); started > 0; started = await startDue()) {
        sent += started;
        await Promise.all([...inFlight.values()].map(({ done }) => done));
      }
      return sent;
    },

    start(): void {
      if (relay === null || running) return;
      running = true;
      outbox.onQueued(wake);
      timer = setInterval(wake, POLL_MS);
      wake();
    },

    /** Takes nothing new and lets what is on the way arrive; what does not is sent again after its lease. */
    async stop(): Promise<void> {
      running = false;
      if (timer) clearInterval(timer);
      await round;
      await within(DRAIN_MS, Promise.all([...inFlight.values()].map(({ done }) => done))).catch(() => undefined);
      relay?.close();
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(Object.assign(new Error('The relay did not finish in time.'), { code: 'ETIMEDOUT' })); }, ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
