import type { z } from 'zod';
import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import { afterCommit, type Database, type Tx } from '../../../platform/db/db.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { Egress } from '../../../platform/egress/egress.ts';
import type { Files } from '../../../platform/files/files.ts';
import { createAuthentication } from '../../../platform/mail/authentication.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { MailHosts } from '../../../platform/mail/hosts.ts';
import type { MailDoor } from '../../../platform/mail/listener.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import { createParser, type Parser } from '../../../platform/mail/parser.ts';
import { systemResolver, type DNSResolver } from '../../../platform/mail/resolver.ts';
import type { Log } from '../../../platform/mail/sender.ts';
import type { Asides } from '../../asides/server/asides.ts';
import type { Customers } from '../../customers/server/customers.ts';
import { demand } from '../../people/core/permissions.ts';
import type { RecipientsView } from '../../tickets/core/contract.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { addressKey, splitPlus, type MailName } from '../core/addresses.ts';
import { createCarrying } from './carrying.ts';
import { createAutomaticMail } from './automatic.ts';
import { createAcknowledging } from './acknowledging.ts';
import { addressesIn } from './envelope.ts';
import { createAsideLetters } from './aside-letters.ts';
import { createFiling } from './filing.ts';
import { createHistory } from './history.ts';
import { createIntake } from './intake.ts';
import { createLedgers } from './ledger.ts';
import { createMailboxes, type SmtpPlace } from './mailboxes.ts';
import { createOutgoing, mailboxFor } from './outgoing.ts';
import { destinationsOf, isMailbox, usualMailbox } from './store.ts';
import { createHolding } from './quarantine/holding.ts';
import { createQuarantine } from './quarantine/quarantine.ts';
import { createUpkeep } from './quarantine/upkeep.ts';
import { codesOnTickets, screenWith, verificationCodes } from './quarantine/screening.ts';
import { createUnsubscribing } from './bulk/unsubscribing.ts';
import { createDomains } from './sending/domains.ts';
import { createRelaySettings } from './sending/relays.ts';
import { createIncidents } from './incidents/incidents.ts';
import { createRedaction } from './redaction/redacting.ts';
import { createSpam } from './spam/spam.ts';
import { createGrants } from './oauth/grants.ts';
import { createOAuth } from './oauth/oauth.ts';
import { createSources } from './sources/sources.ts';
import { createSuppressions } from './suppression/suppressions.ts';
import { createTokens } from './tokens.ts';

type Undeliverable = z.infer<typeof RecipientsView>['undeliverable'][number];

export type Email = ReturnType<typeof createEmail>;

/**
 * The front door of the email room: mailboxes, the way in (ledger, filing, threading, acknowledgement) and the way out.
 * Hears `workspace.created`, `entry.added`, `entry.forwarded` and `outbox.changed`; tells `mailbox.created|changed|disabled`
 * and `quarantine.held|decided|undecided|configured`.
 * The first of `tokenKeys` signs our Message-IDs, the others are still believed; `firstMailbox` is the address that a new installation begins with.
 */
export function createEmail({ db, now, machineNow, emit, files, outbox, workspaces, customers, tickets, asides, tokenKeys, firstMailbox, publicUrl, smtp, hosts, vault, signer, egress, plainSignIns, relayUrl, lookAgainMs, resolver, believedServers, trustedSealers, parser: shared, log }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; files: Pick<Files, 'put' | 'putMany' | 'read' | 'forget' | 'sweepOne'>; outbox: Outbox;
  workspaces: Pick<Workspaces, 'get' | 'isEmpty'>; customers: Pick<Customers, 'resolve' | 'speaks' | 'known' | 'isKnown'>;
  tickets: Pick<Tickets, 'recordPast' | 'putPastAway' | 'receive' | 'saidSoFar' | 'find' | 'findByNumber' | 'takesPart' | 'takesAnswers' | 'entriesWithMessageIds' | 'replyFromOutside' | 'noteFromOutside'
    | 'outgoing' | 'sentAs' | 'messageBy' | 'passOnBy' | 'isGated' | 'hasAnsweredOn' | 'isHandedIn' | 'recipients' | 'undelivered' | 'hasAnswered' | 'mailOf' | 'redact' | 'undoReply' | 'current'>;
  asides: Pick<Asides, 'find' | 'takesPart' | 'receive' | 'outgoing' | 'sentAs'>;
  tokenKeys: readonly [Buffer, ...Buffer[]]; firstMailbox: string; publicUrl: string; smtp: SmtpPlace; hosts: MailHosts; vault: Pick<Vault, 'seal' | 'open'>; signer: Signer; egress: Egress;
  /** Origins of sign-in services that may be asked without encryption. */
  plainSignIns: readonly string[]; relayUrl: string | null;
  /** How long a mail server may be silent about news; absent: a minute. */
  lookAgainMs?: number | undefined;
  resolver?: DNSResolver | undefined; believedServers: readonly string[]; trustedSealers: readonly string[];
  /** One that others use too: it is not closed here. */
  parser?: Parser | undefined; log: Log;
}) {
  const tokens = createTokens(tokenKeys, machineNow);
  const parser = shared ?? createParser();
  const ledgers = createLedgers({ db, files, outbox });
  const suppressions = createSuppressions({ db, emit, now });
  const acknowledge = createAcknowledging({ outbox, tickets, workspaces, tokens, suppressions, now: machineNow });
  const automatic = createAutomaticMail({ outbox, tickets, tokens, suppressions, machineNow });
  const spam = createSpam({ db, files, parser, tickets, emit, now, machineNow, log });
  const hold = createHolding({ emit, now });
  const screen = screenWith([verificationCodes(customers), spam.judge]);
  const screenAnswer = screenWith([codesOnTickets]);
  const filing = createFiling({ tickets, asides, customers, files, parser, outbox, tokens, suppressions, acknowledge, screen, screenAnswer, hold, now });
  const intake = createIntake({ db, files, parser, filing, hold, gate: spam.gate, authenticate: createAuthentication({ resolver, sealers: trustedSealers, log }), believedServers, now, machineNow, log });
  const grants = createGrants({ db, egress, vault, machineNow });
  const sources = createSources({ db, take: intake.take, hosts, vault, grants, relayUrl, lookAgainMs, outbox, workspaces, publicUrl, emit, now, machineNow, log });
  const oauth = createOAuth({ db, egress, grants, vault, publicUrl, plain: plainSignIns, emit, now, machineNow, poke: sources.poke });
  const quarantine = createQuarantine({ db, files, parser, teach: spam.teach, emit, now, machineNow });
  const upkeep = createUpkeep({ db, files, outbox, workspaces, publicUrl, now, machineNow, log });
  const domains = createDomains({ db, vault, resolver: resolver ?? systemResolver(), relayUrl, publicUrl, emit, now, machineNow, log });
  const relays = createRelaySettings({ db, vault, grants, hosts, emit, now, machineNow });
  const incidents = createIncidents({ db, tickets, outbox, workspaces, emit, now, machineNow });
  const redaction = createRedaction({ db, tickets, outbox, files, log });
  const unsubscribing = createUnsubscribing({ db, signer, publicUrl, now: machineNow });
  const mailboxes = createMailboxes({ db, now, emit, smtp, sources });

  /** The mailbox that a message without an envelope is for: the one asked for, else one that it names, else the oldest. */
  async function mailboxOf(actor: Actor, raw: Buffer, asked: string | undefined): Promise<{ mailboxId: string; address: string }> {
    const candidates = (asked === undefined ? addressesIn(raw) : [asked]).map((address) => addressKey(splitPlus(address).base));
    const own = (await destinationsOf(db.lookup, candidates)).filter(({ workspaceId }) => workspaceId === actor.workspaceId);
    const named = candidates.flatMap((key) => own.find(({ address }) => address === key) ?? [])[0];
    if (named) return { mailboxId: named.mailboxId, address: named.address };
    const usual = asked === undefined ? await db.work(actor.workspaceId, (tx) => usualMailbox(tx, actor.workspaceId, null)) : undefined;
    if (!usual) throw new AppError('invalid', 'email.no_such_mailbox', 'There is no such mailbox here; name one of yours with ?mailbox=address.');
    return { mailboxId: usual.id, address: usual.address };
  }

  const mailboxesChanged = (): Promise<void> => {
    afterCommit(intake.forget);
    return Promise.resolve();
  };

  return {
    mailboxes,
    /** Mail of before we were here. */
    ...createHistory({ parser, files, tickets, customers }),
    /** A mailbox was changed, perhaps in another process. */
    mailboxesChanged: intake.forget,
    /** Mail that is fetched by IMAP; the process with the role mail starts and stops it. */
    sources,
    /** Mail to customers that no person writes, for rooms above. */
    automatic,
    /** Takes words of another channel to an address. */
    ...createCarrying({ tickets, outbox, tokens, suppressions, machineNow }),
    /** The domains that mail leaves from, with their keys and DNS. */
    domains,
    /** Mail servers that mail leaves through. */
    relays,
    /** The way out of mail that many get. */
    unsubscribing,
    /** Signing in at mail providers instead of keeping passwords. */
    oauth,
    spam,
    /** What was accepted and not filed, until somebody decides. */
    quarantine,
    ...ledgers,
    /** Takes passages and files out of tickets and their mail for good. */
    redaction,
    /** Mails that went to the wrong person. */
    incidents,
    /** The addresses that mail is not sent to. */
    suppressions,

    /** For the SMTP listener. */
    door: {
      // What the start has printed is an address already, for mail that comes before anybody has opened the link.
      knows: async (address) => await intake.knows(address) || (addressKey(address) === addressKey(firstMailbox) && await workspaces.isEmpty() ? 'later' : false),
      accept: intake.accept,
    } satisfies MailDoor,

    /** A raw message over HTTP: durable when this resolves, filed soon after. */
    async deliver(actor: Actor, raw: Buffer, { mailbox }: { mailbox?: string | undefined }): Promise<{ ledgerId: string }> {
      demand(actor, 'mail.deliver');
      if (raw.length === 0) throw new AppError('invalid', 'email.empty', 'Send the raw message as the body, with Content-Type message/rfc822.');
      return intake.deliver(actor.workspaceId, { ...await mailboxOf(actor, raw, mailbox), raw });
    },

    /** To whom a reply to all would go, and from which mailbox. */
    async recipients(actor: Actor, ticketId: string): Promise<{ from: MailName | null; to: MailName[]; cc: MailName[]; undeliverable: Undeliverable[] }> {
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, async (tx) => {
        const ticket = await tickets.find(tx, ticketId);
        if (!ticket) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        const { to, cc } = await tickets.recipients(tx, ticket.id);
        const dead = await suppressions.among(tx, actor.workspaceId, [...to, ...cc].map(({ address }) => address));
        return { from: await fromOf(tx, actor.workspaceId, ticket), to, cc, undeliverable: dead.map(({ id, address, reason, words }) => ({ id, address, reason, words })) };
      });
    },

    /** From where mail goes that belongs to no ticket. */
    async writesFrom(tx: Tx, workspaceId: string): Promise<MailName> {
      const { name, address } = await mailboxFor(tx, workspaceId, { mailboxId: null, teamId: null });
      return { name, address };
    },
    /** Whether mail to that address comes in again here. */
    isOurs: (tx: Tx, workspaceId: string, address: string): Promise<boolean> => isMailbox(tx, workspaceId, addressKey(splitPlus(address).base)),

    /** For rooms below, at once and in their transaction. */
    subscriptions: {
      ...createOutgoing({ tickets, outbox, workspaces, tokens, suppressions }),
      ...createAsideLetters({ asides, outbox, workspaces, tokens, suppressions, machineNow }),
      'outbox.changed': async (tx: Tx, { workspaceId, ticketId, data }: LoggedEvent): Promise<void> => {
        if (data.state === 'failed' && typeof data.entryId === 'string' && ticketId !== null) await tickets.undelivered(tx, workspaceId, ticketId, data.entryId);
      },
      'mailbox.created': mailboxesChanged, 'mailbox.changed': mailboxesChanged, 'mailbox.disabled': mailboxesChanged,
      'workspace.created': async (tx: Tx, event: LoggedEvent): Promise<void> => {
        await mailboxes.first(tx, event.workspaceId, firstMailbox, (await workspaces.get(event.workspaceId)).name);
      },
    },

    /** Everything accepted so far in this process has been filed (or put off). */
    settled: intake.settled,
    /** Files what is due now; the running worker does so by itself. */
    sweep: intake.sweep,
    /** How many accepted messages wait to be filed, and since when; for metrics. */
    waiting: intake.waiting,

    /** What the quarantine does by itself when its time comes; the running server does so on its own. */
    upkeep,

    start(): void {
      intake.start();
      spam.lessons.start();
      upkeep.start();
      domains.start();
    },
    async stop(): Promise<void> {
      await spam.lessons.stop();
      await domains.stop();
      await upkeep.stop();
      await intake.stop();
      if (!shared) await parser.close();
    },
  };
}

async function fromOf(tx: Tx, workspaceId: string, ticket: { mailboxId: string | null; teamId: string | null }): Promise<MailName | null> {
  try {
    const { name, address } = await mailboxFor(tx, workspaceId, ticket);
    return { name, address };
  } catch (error) {
    if (error instanceof AppError && error.code === 'email.no_mailbox') return null;
    throw error;
  }
}
