import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import { dkimRecord, makeKeyPair, zoneStrings } from '../../../../platform/mail/dkim.ts';
import { insertKey, keysOf, markSeen, retireKeys, DKIM_KEY, type StoredKey } from '../../../../platform/mail/dkim-store.ts';
import { relayPage } from '../../../../platform/mail/relay-store.ts';
import type { DNSResolver } from '../../../../platform/mail/resolver.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { dmarcRecord, seeDkim, seeDmarc, seeMx, seeSpf, spfMechanism, spfRecord } from '../../core/dns-records.ts';
import type { DnsRecord, DomainView } from '../../core/sending-contract.ts';
import { demand } from '../../../people/core/permissions.ts';
import { createRounds } from '../rounds.ts';
import { createAsking } from './asking.ts';
import { checkBy, claimCheck, domainOfOurs, domainPage, dueChecks, keepDomain, saveFound, type Found, type StoredDomain } from './store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The record of an old key is still named so long: mail signed with it may be on its way. */
const RETIRED_SHOWN_MS = 7 * DAY_MS;
/** Domains of one round; the others come with the next. */
const A_ROUND = 20;
const ROUND_MS = 60_000;
/** After a check that came to nothing. */
const AGAIN_MS = 10 * 60_000;
const MAX_RELAYS = 20;
/** Checks that people wait for; those of a round have lanes of their own. */
const AT_ONCE = 5;
/** With ten seconds for each, a round is over before the next. */
const LANES = 4;

type Wanted = { readonly mechanisms: readonly string[]; /** Null while whoever runs the installation has given it no name outside. */ readonly mx: string | null; readonly keys: readonly StoredKey[] };

/** The domains that our mail leaves from: the keys it is signed with, what belongs into their DNS, and what stands there. */
export function createDomains({ db, vault, resolver, relayUrl, publicUrl, emit, now, machineNow, log }: {
  db: Database; vault: Pick<Vault, 'seal'>; resolver: DNSResolver; relayUrl: string | null; publicUrl: string; emit: Emit; now: Now; machineNow: Now; log: Log;
}) {
  const work = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'mailboxes.manage');
    return db.work(actor.workspaceId, act);
  };

  const ours = async (tx: Tx, { workspaceId }: Actor, domain: string): Promise<StoredDomain> => {
    const found = await domainOfOurs(tx, workspaceId, domain);
    if (!found) throw new AppError('not_found', 'domain.not_found', 'No mailbox of yours has this domain.');
    return found;
  };

  async function wantedOf(tx: Tx, workspaceId: string, domains: readonly string[]): Promise<Wanted> {
    const hosts = (await relayPage(tx, workspaceId, MAX_RELAYS, null)).map(({ host }) => host);
    const usual = relayUrl === null ? [] : [new URL(relayUrl).hostname.replace(/^\[|\]$/g, '')];
    return {
      // A relay on this machine hands the mail on; what it is called outside is not ours to know.
      mechanisms: [...usual, ...hosts].filter((host) => !isInside(host)).map(spfMechanism), mx: nameOutside(new URL(publicUrl).hostname),
      keys: await keysOf(tx, workspaceId, domains, new Date(machineNow().getTime() - RETIRED_SHOWN_MS)),
    };
  }

  const show = (stored: StoredDomain, wanted: Wanted): DomainView => {
    const keys = wanted.keys.filter(({ domain }) => domain === stored.domain);
    return { domain: stored.domain, signing: signingOf(keys), checkedAt: stored.checkedAt?.toISOString() ?? null, records: recordsOf(stored, keys, wanted) };
  };

  const view = async (tx: Tx, actor: Actor, domain: string): Promise<DomainView> =>
    show(await ours(tx, actor, domain), await wantedOf(tx, actor.workspaceId, [domain]));

  const tell = (tx: Tx, workspaceId: string, by: string | null): Promise<void> =>
    emit(tx, workspaceId, { type: 'mailbox.signing', subjectId: workspaceId, actor: by === null ? { kind: 'system', id: null } : { kind: 'person', id: by }, at: now() });

  let running = 0;

  async function lookForPerson(domain: string, wanted: Wanted): Promise<Found> {
    if (running >= AT_ONCE) throw new AppError('rate_limited', 'domain.busy', 'Several domains are being checked at the moment; try again in a few seconds.');
    running += 1;
    try {
      return await look(domain, wanted);
    } finally {
      running -= 1;
    }
  }

  /** Asks outside of any transaction: name servers take their time. */
  async function look(domain: string, wanted: Wanted): Promise<Found> {
    const { txt, mx } = createAsking(resolver);
    const keys = wanted.keys.map(async (key) => ({ kind: 'dkim' as const, name: nameOf(key), ...await seeDkim(nameOf(key), key.publicKey, txt) }));
    return { records: await Promise.all([
      ...keys,
      seeSpf(domain, wanted.mechanisms, txt).then((seen) => ({ kind: 'spf' as const, name: domain, ...seen })),
      seeDmarc(domain, txt).then((seen) => ({ kind: 'dmarc' as const, name: `_dmarc.${domain}`, ...seen })),
      ...(wanted.mx === null ? [] : [mx(domain).then((found) => ({ kind: 'mx' as const, name: domain, ...seeMx(found, wanted.mx ?? '') }))]),
    ]) };
  }

  /** The newest pair whose record stands there signs from now on; the one before it signs no more. */
  async function takeOver(tx: Tx, workspaceId: string, domain: string, keys: readonly StoredKey[], found: Found): Promise<void> {
    const there = new Set(found.records.filter(({ kind, state }) => kind === 'dkim' && state === 'found').map(({ name }) => name));
    const seen = keys.filter((key) => there.has(nameOf(key)));
    await markSeen(tx, workspaceId, seen.map(({ id }) => id), machineNow());
    // Everybody understands RSA: the new pair takes over when that half of it can be looked up.
    const newest = seen.find(({ algorithm, retiredAt }) => algorithm === 'rsa' && retiredAt === null);
    if (newest) await retireKeys(tx, workspaceId, domain, { before: newest.createdAt, at: machineNow() });
  }

  /** What DNS said, and what follows from it. While a key waits, somebody is about to set its record: hence sooner again. */
  async function note(tx: Tx, workspaceId: string, domain: string, { wanted, found, by }: { wanted: Wanted; found: Found; by: string | null }): Promise<void> {
    const at = machineNow();
    await keepDomain(tx, workspaceId, domain, at);
    await takeOver(tx, workspaceId, domain, wanted.keys, found);
    const { keys } = await wantedOf(tx, workspaceId, [domain]);
    await saveFound(tx, workspaceId, domain, { found, at, nextAt: new Date(at.getTime() + (isWaiting(keys) ? HOUR_MS : DAY_MS)) });
    await tell(tx, workspaceId, by);
  }

  /** Asks about every domain whose time has come. One that fails, or is slow, does not hold the others up. */
  async function checkDue(stopping?: AbortSignal): Promise<number> {
    const at = machineNow();
    const due = await dueChecks(db.owner, at, A_ROUND);
    let count = 0;
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (let one = due.shift(); one && !stopping?.aborted; one = due.shift()) if (await checkOne(one, at)) count += 1;
    }));
    return count;
  }

  async function checkOne({ workspaceId, domain }: { workspaceId: string; domain: string }, at: Date): Promise<boolean> {
    try {
      const wanted = await db.work(workspaceId, async (tx) => {
        const isOurs = await domainOfOurs(tx, workspaceId, domain) !== undefined;
        const isClaimed = await claimCheck(tx, workspaceId, domain, at, new Date(at.getTime() + (isOurs ? AGAIN_MS : DAY_MS)));
        return isOurs && isClaimed ? wantedOf(tx, workspaceId, [domain]) : null;
      });
      if (!wanted) return false;
      const found = await look(domain, wanted);
      await db.work(workspaceId, (tx) => note(tx, workspaceId, domain, { wanted, found, by: null }));
      return true;
    } catch (error) {
      log.warn({ err: error, domain }, 'the DNS of a domain could not be checked');
      return false;
    }
  }

  const { start, stop } = createRounds({ everyMs: ROUND_MS, act: checkDue, log, failed: 'the DNS of domains could not be checked' });

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<DomainView>> =>
      work(actor, async (tx) => {
        const rows = await domainPage(tx, actor.workspaceId, limit + 1, cursor ? decodeCursor(cursor, ['string'])[0] : null);
        const wanted = await wantedOf(tx, actor.workspaceId, rows.map(({ domain }) => domain));
        return pageOfRows(rows, limit, ({ domain }) => [domain], (row) => show(row, wanted));
      }),

    /** A new pair; mail is signed with it once its record was seen, and with the one of before until then. */
    async makeKeys(actor: Actor, domain: string): Promise<DomainView> {
      await work(actor, (tx) => ours(tx, actor, domain));
      const pairs = await Promise.all([makeKeyPair('rsa'), makeKeyPair('ed25519')]);
      return work(actor, async (tx) => {
        const { workspaceId } = actor;
        await ours(tx, actor, domain);
        const at = machineNow();
        await keepDomain(tx, workspaceId, domain, at);
        const { keys } = await wantedOf(tx, workspaceId, [domain]);
        if (isWaiting(keys)) {
          throw new AppError('conflict', 'domain.key_waiting', 'There is a new key already; set its record in DNS, and check it, before you make another.');
        }
        // Other installations and workspaces may sign for this domain too: the name is nobody else's.
        const selector = `rapport-${randomBytes(4).toString('hex')}`;
        for (const { algorithm, publicKey, privateKey } of pairs) {
          const id = newId();
          await insertKey(tx, workspaceId, {
            id, domain, selector: algorithm === 'rsa' ? selector : `${selector}-ed`, algorithm, publicKey,
            privateKey: vault.seal(DKIM_KEY.place(workspaceId, id), privateKey), createdAt: at, seenAt: null, retiredAt: null,
          });
        }
        await checkBy(tx, workspaceId, domain, new Date(at.getTime() + HOUR_MS));
        await tell(tx, workspaceId, actor.id);
        return view(tx, actor, domain);
      });
    },

    async check(actor: Actor, domain: string): Promise<DomainView> {
      const wanted = await work(actor, async (tx) => {
        await ours(tx, actor, domain);
        return wantedOf(tx, actor.workspaceId, [domain]);
      });
      const found = await lookForPerson(domain, wanted);
      return work(actor, async (tx) => {
        await note(tx, actor.workspaceId, domain, { wanted, found, by: actor.id });
        return view(tx, actor, domain);
      });
    },

    checkDue, start, stop,
  };
}

const nameOf = ({ selector, domain }: StoredKey): string => `${selector}._domainkey.${domain}`;

const nameOutside = (host: string): string | null => (isInside(host) || isIP(host.replace(/^\[|\]$/g, '')) !== 0 ? null : host);

const isInside = (host: string): boolean => host === 'localhost' || !/[.:]/.test(host) || /^(?:127\.|10\.|192\.168\.|::1$)/.test(host);

function signingOf(keys: readonly StoredKey[]): DomainView['signing'] {
  const alive = keys.filter(({ algorithm, retiredAt }) => algorithm === 'rsa' && retiredAt === null);
  if (alive.length === 0) return 'none';
  const [signs, waits] = [alive.some(({ seenAt }) => seenAt !== null), alive.some(({ seenAt }) => seenAt === null)];
  return signs && waits ? 'rotating' : signs ? 'signing' : 'waiting';
}

const isWaiting = (keys: readonly StoredKey[]): boolean => ['waiting', 'rotating'].includes(signingOf(keys));

function recordsOf({ domain, found }: StoredDomain, keys: readonly StoredKey[], { mechanisms, mx }: Wanted): DnsRecord[] {
  const record = (kind: DnsRecord['kind'], name: string, value: string, isRetired = false): DnsRecord => {
    const seen = found?.records.find((one) => one.kind === kind && one.name === name);
    return { kind, type: kind === 'mx' ? 'MX' : 'TXT', name: inDns(name), value, zone: kind === 'mx' ? value : zoneStrings(value), isRetired, state: seen?.state ?? null, there: seen?.there ?? [] };
  };
  return [
    ...keys.map((key) => record('dkim', nameOf(key), dkimRecord(key), key.retiredAt !== null)),
    // Without a relay that we can name, the record would disown whatever the domain sends.
    ...(mechanisms.length === 0 ? [] : [record('spf', domain, spfRecord(mechanisms))]),
    record('dmarc', `_dmarc.${domain}`, dmarcRecord(inDns(domain))), ...(mx === null ? [] : [record('mx', domain, `10 ${mx}.`)]),
  ];
}

const inDns = (name: string): string => domainToASCII(name) || name;
