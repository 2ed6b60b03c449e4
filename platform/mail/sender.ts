import type { Now } from '../../kernel/actor.ts';
import type { Vault } from '../config/vault.ts';
import type { Database } from '../db/db.ts';
import type { Files } from '../files/files.ts';
import { composeMime, type ComposedFile } from './compose.ts';
import { domainOf } from './header.ts';
import type { Outbox } from './outbox.ts';
import { createFairness } from './fairness.ts';
import { signingKeys, DKIM_KEY } from './dkim-store.ts';
import { signMail, type SigningKey } from './dkim.ts';
import type { MailHosts } from './hosts.ts';
import { PATIENCE, type Left, type Patience } from './relay.ts';
import { createRelays, type RelayTokens, type Way } from './relays.ts';
import { nextAttempt, verdictOf, type SendError, type Verdict } from './retry.ts';
import { claimDue, settle, type Claimed, type Outcome } from './sender-store.ts';

const CONNECTIONS = 5;
const PER_DOMAIN = 3;
const POLL_MS = 1_000;
/** Longer than any attempt can take, so that a lease only ends when its worker is gone. */
const LEASE_MS = 5 * 60_000;
const DRAIN_MS = 20_000;
const MAX_WORDS = 2000;
/** Somebody waits for it. */
const ANSWERS_WITHIN_MS = 3_000;

export type Log = { warn(details: Record<string, unknown>, message: string): void };

/**
 * Carries the outbox to the relay, at least once: a crash in the middle sends the same mail, with the same Message-ID,
 * again. Any number of processes may do so at once. Without a relay it does nothing, and mail waits.
 */
export function createSender({ db, outbox, files, relayUrl, hosts, vault, tokens, now, log, random = Math.random, patience = PATIENCE }: {
  db: Database; outbox: Outbox; files: Pick<Files, 'read'>; relayUrl: string | null; hosts: MailHosts; vault: Pick<Vault, 'open'>; tokens: RelayTokens; now: Now; log: Log; random?: () => number; patience?: Patience;
}) {
  const relays = createRelays({ usualUrl: relayUrl, hosts, vault, tokens, connections: CONNECTIONS, patience });
  const fairness = createFairness({ perDomain: PER_DOMAIN, now: () => now().getTime() });
  const inFlight = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let round: Promise<void> | null = null;
  let again = false;

  /** Starts what is due as far as there are free connections. Returns how many were started. */
  async function startDue(): Promise<number> {
    const free = CONNECTIONS - inFlight.size;
    if (free <= 0) return 0;
    const at = now();
    const mails = await claimDue(db.owner, {
      now: at, leaseUntil: new Date(at.getTime() + LEASE_MS), limit: free, perDomain: PER_DOMAIN, allowances: fairness.allowances(), onlyWithRelay: !relays.hasUsual,
    });
    for (const mail of mails) inFlight.set(mail.id, attempt(mail).finally(() => { inFlight.delete(mail.id); wake(); }));
    return mails.length;
  }

  async function attempt(mail: Claimed): Promise<void> {
    try {
      const outcome = await fairly(mail);
      await db.work(mail.workspaceId, async (tx) => {
        if (!await settle(tx, mail, outcome)) return;
        if (mail.content.archive && (outcome.state === 'accepted' || outcome.envelopeTo)) await outbox.keepCopy(tx, mail.workspaceId, mail.id);
        await outbox.announce(tx, mail.workspaceId, mail, outcome.state);
      });
    } catch (error) {
      // The lease stands; the mail is due again when it ends.
      log.warn({ err: error, outboxId: mail.id }, 'an outgoing mail could not be settled');
    }
  }

  async function fairly(mail: Claimed): Promise<Outcome> {
    const domain = domainOf(mail.envelopeTo[0] ?? '');
    const began = now().getTime();
    fairness.began(domain);
    const outcome = await send(mail);
    fairness.ended(domain, { putOff: outcome.state === 'queued', tookMs: now().getTime() - began });
    return outcome;
  }

  async function send(mail: Claimed): Promise<Outcome> {
    try {
      const { way, keys, attachments } = await equipmentOf(mail);
      const composed = await composeMime(mail.content, mail.content.copyOf ?? mail.messageId, attachments);
      const raw = await signMail(composed, { domain: domainOf(mail.content.from.address), keys, at: now() });
      const { response, left } = await way.send({ from: mail.envelopeFrom, to: mail.envelopeTo }, raw);
      return left.length === 0 ? { state: 'accepted', response: response.slice(0, MAX_WORDS), at: now() } : partly(mail, response, left);
    } catch (error) {
      return outcomeOf(mail, error as SendError);
    }
  }

  /** Some have it, and must not get it again; the others are who the mail is for from now on. */
  function partly(mail: Claimed, response: string, left: readonly Left[]): Outcome {
    const words = [...left.map((one) => `<${one.address}>: ${one.response}`), `the others: ${response}`].join('; ');
    return { ...laterOrNever(mail, left.some(({ again }) => again) ? 'later' : 'refused', words), envelopeTo: left.map(({ address }) => address) };
  }

  const outcomeOf = (mail: Claimed, error: SendError): Outcome => laterOrNever(mail, verdictOf(error), error.response ?? error.message);

  function laterOrNever(mail: Claimed, verdict: Verdict, words: string): Exclude<Outcome, { state: 'accepted' }> {
    const response = words.slice(0, MAX_WORDS);
    if (verdict === 'refused') return { state: 'failed', response };
    const nextAttemptAt = nextAttempt({ attempts: mail.attempts, verdict, now: now(), notBefore: mail.notBefore, random: random() });
    return nextAttemptAt ? { state: 'queued', response, nextAttemptAt } : { state: 'failed', response };
  }

  /** What it takes to send a mail, looked up at each attempt: settings may have been mended meanwhile. */
  async function equipmentOf({ workspaceId, content, attachments }: Claimed): Promise<{ way: Way; keys: SigningKey[]; attachments: ComposedFile[] }> {
    return db.work(workspaceId, async (tx) => {
      const way = await relays.wayFor(tx, workspaceId, content.from.address);
      const stored = await signingKeys(tx, workspaceId, domainOf(content.from.address));
      const keys = stored.map(({ id, selector, algorithm, privateKey }) => ({ selector, algorithm, privateKey: vault.open(DKIM_KEY.place(workspaceId, id), privateKey ?? '') }));
      const composed: ComposedFile[] = [];
      for (const file of attachments) {
        const bytes = await files.read(tx, workspaceId, file.sha256);
        if (!bytes) throw Object.assign(new Error(`The attachment "${file.name}" is missing.`), { code: 'EMESSAGE' });
        composed.push({ ...file, bytes });
      }
      return { way, keys, attachments: composed };
    });
  }

  function wake(): void {
    if (!running) return;
    if (round) { again = true; return; }
    // What was started may have filled the share of its domain, and hidden what is due to others.
    round = startDue().then((started) => { again ||= started > 0; }, (error: unknown) => log.warn({ err: error }, 'the outbox could not be read'))
      .finally(() => {
        round = null;
        if (again) { again = false; wake(); }
      });
  }

  return {
    /** Whether mail from that address gets away at this moment; its relay is asked, and has little time to answer. */
    answers: async (workspaceId: string, from: string): Promise<boolean> => (await db.work(workspaceId, (tx) => relays.wayFor(tx, workspaceId, from))).answers(Math.min(ANSWERS_WITHIN_MS, patience.silenceMs)),

    /** Sends what is due and waits for the outcome; for tests and for one pass by hand. */
    async sendDue(): Promise<number> {
      let sent = 0;
      for (let started = await startDue(); started > 0; started = await startDue()) {
        sent += started;
        await Promise.all(inFlight.values());
      }
      return sent;
    },

    start(): void {
      if (running) return;
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
      await within(DRAIN_MS, Promise.all(inFlight.values())).catch(() => undefined);
      relays.close();
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
