import { sql } from 'kysely';
import type { Role } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Authentication, Origin } from '../../../platform/mail/authentication.ts';
import type { ParsedMail, ParsedReport } from '../../../platform/mail/parser.ts';
import type { ArrivedMail } from '../core/automatic.ts';
import type { QuarantineReason } from '../core/quarantine.ts';
import type { Nature } from '../core/robots.ts';
import type { QuarantineRow } from './quarantine/store.ts';
import type { Mailbox } from './store.ts';

export type LedgerState = 'received' | 'filed' | 'duplicate' | 'quarantined' | 'bounce' | 'autoreply';
export type Door = 'smtp' | 'imap' | 'http';

export type NewLedgerRow = {
  id: string; mailboxId: string; door: Door; sha256: string; size: number; envelopeFrom: string; envelopeTo: readonly string[];
  receivedAt: Date;
  /** When the sweep looks after it if nobody has by then. */
  nextAttemptAt: Date;
  /** Who handed it over to our listener. */
  client?: { readonly address: string; readonly name: string } | null;
  /** Not to be filed; a person looks at it. */
  quarantined?: { readonly reason: string; readonly at: Date };
};

export async function insertLedgerRows(tx: Tx, workspaceId: string, rows: readonly NewLedgerRow[]): Promise<void> {
  await tx.insertInto('inbound_messages').values(rows.map((row) => ({
    workspace_id: workspaceId, id: row.id, mailbox_id: row.mailboxId, door: row.door, sha256: row.sha256, size: row.size,
    envelope_from: row.envelopeFrom, envelope_to: [...row.envelopeTo], received_at: row.receivedAt,
    client_address: row.client?.address ?? null, client_name: row.client?.name ?? null,
    ...(row.quarantined
      ? { state: 'quarantined' as const, reason: row.quarantined.reason, next_attempt_at: null, done_at: row.quarantined.at }
      : { state: 'received' as const, reason: null, next_attempt_at: row.nextAttemptAt, done_at: null }),
  }))).execute();
}

/** The row of a mailbox that has these very bytes, or had them until something was taken out, and is no copy itself. */
export const rowWithContent = (tx: Tx, workspaceId: string, { mailboxId, sha256 }: { mailboxId: string; sha256: string }): Promise<{ id: string } | undefined> =>
  tx.selectFrom('inbound_messages').select('id').where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId)
    .where((e) => e.or([e('sha256', '=', sha256), e('redacted_sha256', '=', sha256)])).where('state', '!=', 'duplicate').orderBy('id').limit(1).executeTakeFirst();

export type OpenMessage = {
  id: string; door: Door; sha256: string; envelopeFrom: string; envelopeTo: string[]; attempts: number; receivedAt: Date;
  /** Let out of the quarantine: a person has judged it. */
  isReleased: boolean;
  /** The mailbox it came for, disabled meanwhile or not. */
  mailbox: Mailbox;
  /** Keys of all addresses of the workspace: what is ours stays ours when it is disabled. */
  own: string[];
  /** The mailboxes that receive, by the keys of their addresses. */
  mailboxIds: Record<string, string>;
  /** Whoever works here and has the author's address. */
  colleague: { id: string; name: string; role: Role } | null;
  /** There are others with the same bytes. */
  hasCopies: boolean;
  /** The same message, filed already, that came by another way. */
  twin: Copy | null;
};

/** As the reason of a copy begins; the id of the original follows. */
export const COPY_OF = 'the same as ';

/** The same message in another row; `forged`: its sender was disowned. */
type Copy = { id: string; ticketId: string | null; forged: boolean };

/** The message, if nobody has filed it; waits for whoever is doing so. Nobody else can until the transaction ends. */
export async function claimMessage(tx: Tx, workspaceId: string, id: string, mail: Pick<ParsedMail, 'fingerprint' | 'from'> | null): Promise<OpenMessage | undefined> {
  const [fingerprint, author] = [mail?.fingerprint ?? null, mail?.from?.address.toLowerCase() ?? null];
  const row = await tx.selectFrom('inbound_messages as i')
    .innerJoin('mailboxes as m', (join) => join.onRef('m.workspace_id', '=', 'i.workspace_id').onRef('m.id', '=', 'i.mailbox_id'))
    .select(['i.id', 'i.door', 'i.sha256', 'i.envelope_from as envelopeFrom', 'i.envelope_to as envelopeTo', 'i.attempts', 'i.received_at as receivedAt', 'i.state'])
    .select(['m.id as mailboxId', 'm.address', 'm.name', 'm.team_id as teamId', 'm.signature', 'm.acknowledge', 'm.acknowledgement', 'm.created_at as createdAt', 'm.token_in_address as tokenInAddress', 'm.reply_to as replyTo', 'm.archive'])
    .select(sql<boolean>`i.released_at is not null`.as('isReleased'))
    .select(sql<string[]>`array(select o.address_key from mailboxes o where o.workspace_id = i.workspace_id)`.as('own'))
    .select(sql<Record<string, string>>`(select coalesce(jsonb_object_agg(o.address_key, o.id), '{}') from mailboxes o
      where o.workspace_id = i.workspace_id and o.disabled_at is null)`.as('mailboxIds'))
    .select(sql<OpenMessage['colleague']>`(select jsonb_build_object('id', p.id, 'name', p.name, 'role', p.role) from people p
      where p.workspace_id = i.workspace_id and p.email_key = ${author}::text and p.deactivated_at is null)`.as('colleague'))
    .select(sql<boolean>`exists(select from inbound_messages c where c.workspace_id = i.workspace_id
      and c.sha256 = i.sha256 and c.id <> i.id and c.state <> 'duplicate')`.as('hasCopies'))
    .select(sql<Copy | null>`(select jsonb_build_object('id', c.id, 'ticketId', c.ticket_id, 'forged', coalesce(c.authentication ->> 'verdict' = 'fail', false))
      from inbound_messages c where c.workspace_id = i.workspace_id and c.fingerprint = ${fingerprint}::text and c.id <> i.id)`.as('twin'))
    .where('i.workspace_id', '=', workspaceId).where('i.id', '=', id).forUpdate('i').executeTakeFirst();
  // Not asked of the database: it would walk through all that were received of late, and under a long snapshot (a backup) through those long filed.
  if (row?.state !== 'received') return undefined;
  const { mailboxId, address, name, teamId, signature, acknowledge, acknowledgement, createdAt, tokenInAddress, replyTo, archive, ...message } = row;
  return { ...message, mailbox: { id: mailboxId, address, name, teamId, signature, acknowledge, createdAt, tokenInAddress, replyTo, archive, acknowledgement: acknowledgement as Mailbox['acknowledgement'] } };
}

/**
 * The message of which this one is a copy, for the same or another mailbox: same bytes, filed already or with the smaller
 * id. Of two that come at the same moment, only the one with the smaller id waits for the other, so they cannot lock each
 * other up. What came under somebody's name and was disowned stands in nobody's way: whoever has their mail beforehand
 * could else make it a copy.
 */
export async function copyOf(tx: Tx, workspaceId: string, { id, sha256, hasCopies, twin }: OpenMessage, isForged: boolean): Promise<Copy | null> {
  const same = await sameAs(tx, workspaceId, { id, sha256, hasCopies, twin });
  return same?.forged && !isForged ? null : same;
}

async function sameAs(tx: Tx, workspaceId: string, { id, sha256, hasCopies, twin }: Pick<OpenMessage, 'id' | 'sha256' | 'hasCopies' | 'twin'>): Promise<Copy | null> {
  if (twin || !hasCopies) return twin;
  const copies = tx.selectFrom('inbound_messages').select(['id', 'state', 'ticket_id as ticketId', sql<boolean>`coalesce(authentication ->> 'verdict' = 'fail', false)`.as('forged')])
    .where('workspace_id', '=', workspaceId).where('sha256', '=', sha256)
    .where('id', '!=', id).where('state', '!=', 'duplicate').orderBy('id').limit(10);
  const seen = await copies.execute();
  const first = seen.find((copy) => copy.state !== 'received' || copy.id < id);
  if (first) return first;
  // One that came later may be on the point of being filed, without having seen this one.
  const settled = await copies.where('id', '>', id).forUpdate().execute();
  return settled.find((copy) => copy.state !== 'received') ?? null;
}

/** What a delivery report says, as the ledger keeps it. */
export type MailReport = Pick<ParsedReport, 'kind' | 'recipients'>;

/** A disowned message no longer stands for the words that it carried: its true author's does. */
export async function yieldFingerprint(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.updateTable('inbound_messages').set({ fingerprint: null }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export type Settlement = {
  state: Exclude<LedgerState, 'received'>; reason: string | null; ticketId: string | null; entryId: string | null;
  messageId: string | null; from: string | null; subject: string; to: readonly string[]; at: Date; authentication: Authentication | null; fingerprint: string | null;
  report: MailReport | null;
  /** What wrote it; null for what could not be read. */
  nature: Nature | null;
};

export async function settleMessage(tx: Tx, workspaceId: string, id: string, done: Settlement): Promise<void> {
  await tx.updateTable('inbound_messages').set({
    state: done.state, reason: done.reason, ticket_id: done.ticketId, entry_id: done.entryId, message_id: done.messageId,
    from_address: done.from, sender_key: done.from?.toLowerCase() ?? null, subject: done.subject, to_addresses: [...done.to], next_attempt_at: null, done_at: done.at,
    authentication: done.authentication && JSON.stringify(done.authentication), report: done.report && JSON.stringify(done.report), nature: done.nature,
    // A copy has none, so that it stands for one message only.
    fingerprint: done.state === 'duplicate' ? null : done.fingerprint,
  }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Where a message in the ledger came from, and its bytes' name. */
export async function originOf(tx: Tx, workspaceId: string, id: string): Promise<{ sha256: string; origin: Origin; receivedAt: Date; isReleased: boolean }> {
  const row = await tx.selectFrom('inbound_messages as i')
    .leftJoin('mail_sources as s', (join) => join.onRef('s.workspace_id', '=', 'i.workspace_id').onRef('s.mailbox_id', '=', 'i.mailbox_id').on('i.door', '=', 'imap'))
    .select(['i.sha256', 'i.envelope_from as envelopeFrom', 'i.client_address as address', 'i.client_name as name', 's.authserv_id as believed', 'i.received_at as receivedAt'])
    .select(sql<boolean>`i.released_at is not null`.as('isReleased'))
    .where('i.workspace_id', '=', workspaceId).where('i.id', '=', id).executeTakeFirstOrThrow();
  const { sha256, envelopeFrom, address, name, believed, receivedAt, isReleased } = row;
  return { sha256, origin: { envelopeFrom, client: address === null ? null : { address, name: name ?? '' }, believed: believed ? [believed] : [] }, receivedAt, isReleased };
}

/** Filing failed: when to try again, and why it failed. Returns how often that has happened now. */
export async function putOff(tx: Tx, workspaceId: string, id: string, { reason, delays, now }: { reason: string; delays: readonly number[]; now: Date }): Promise<number> {
  const row = await tx.updateTable('inbound_messages').set((eb) => ({ attempts: eb('attempts', '+', 1), reason }))
    .where('workspace_id', '=', workspaceId).where('id', '=', id).where('state', '=', 'received').returning('attempts').executeTakeFirst();
  if (!row) return 0;
  const delay = delays[Math.min(row.attempts, delays.length) - 1] ?? 0;
  await tx.updateTable('inbound_messages').set({ next_attempt_at: new Date(now.getTime() + delay) })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  return row.attempts;
}

/** Accepted messages of every workspace that wait to be filed and are due, the longest first. */
export const dueMessages = (owner: Database['owner'], due: Date, limit: number) =>
  owner.selectFrom('inbound_messages').select(['workspace_id as workspaceId', 'id', 'size'])
    .where('state', '=', 'received').where('next_attempt_at', '<=', due).orderBy('next_attempt_at').limit(limit).execute();

/** How many messages wait to be filed, and since when the oldest does. */
export async function openMessages(owner: Database['owner']): Promise<{ count: number; oldest: Date | null }> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    select count(*) as count, min(received_at) as oldest from inbound_messages where state = 'received'`.execute(owner);
  return rows[0]!;
}

export type LedgerRow = {
  id: string; messageId: string | null; sha256: string; from: string | null; to: string[]; state: LedgerState; ticketId: string | null;
  reason: string | null; receivedAt: Date; envelopeFrom: string; envelopeTo: string[]; subject: string | null; mailboxId: string;
  purgedSha256: string | null; heldFor: QuarantineReason | null; heldAs: QuarantineRow['state'] | null; report: MailReport | null;
};

const ledger = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('inbound_messages as i')
    // Of a copy it is the original that may be held back.
    .leftJoin('quarantine as q', (join) => join.onRef('q.workspace_id', '=', 'i.workspace_id')
      .on('q.id', '=', sql<string>`case when i.state = 'duplicate' and i.reason ~ ${`^${COPY_OF}[0-9a-f-]{36}$`} then substr(i.reason, ${COPY_OF.length + 1})::uuid else i.id end`))
    .select([
      'i.id', 'i.message_id as messageId', 'i.sha256', 'i.from_address as from', 'i.to_addresses as to', 'i.state', 'i.ticket_id as ticketId', 'i.reason',
      'i.received_at as receivedAt', 'i.envelope_from as envelopeFrom', 'i.envelope_to as envelopeTo', 'i.subject', 'i.mailbox_id as mailboxId',
      'i.purged_sha256 as purgedSha256', 'q.reason as heldFor', 'q.state as heldAs', 'i.report',
    ]).where('i.workspace_id', '=', workspaceId).$castTo<LedgerRow>();

/** `state` and one of the others: by the whole address of the author, or by Message-ID. */
export type LedgerFilter = { readonly state?: LedgerState | undefined; readonly sender?: string; readonly messageId?: string };

/** Newest first. */
export function ledgerPage(
  tx: Tx, workspaceId: string, { state, sender, messageId }: LedgerFilter, limit: number, before: readonly [receivedAt: string, id: string] | null,
): Promise<LedgerRow[]> {
  let query = ledger(tx, workspaceId);
  if (state) query = query.where('i.state', '=', state);
  if (sender !== undefined) query = query.where('i.sender_key', '=', sender);
  if (messageId !== undefined) query = query.where('i.message_id', '=', messageId);
  if (before) query = query.where(sql<boolean>`(i.received_at, i.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('i.received_at', 'desc').orderBy('i.id', 'desc').limit(limit).execute();
}

export const hasMessageId = async (tx: Tx, workspaceId: string, messageId: string): Promise<boolean> =>
  await tx.selectFrom('inbound_messages').select('id').where('workspace_id', '=', workspaceId).where('message_id', '=', messageId).limit(1).executeTakeFirst() !== undefined;

export const ledgerRow = (tx: Tx, workspaceId: string, id: string): Promise<LedgerRow | undefined> =>
  ledger(tx, workspaceId).where('i.id', '=', id).executeTakeFirst();

/** Who wrote some of the messages, in the order of the ids, as far as they are there. */
export async function arrivedMail(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ArrivedMail[]> {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('inbound_messages').select(['id', 'nature', 'from_address as from', 'envelope_from as envelopeFrom'])
    .select(sql<string | null>`authentication ->> 'verdict'`.as('verdict')).where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute();
  const byId = new Map(rows.map(({ id, nature, from, envelopeFrom, verdict }) => [id, { nature, from, verdict, returnPath: envelopeFrom.includes('@') ? envelopeFrom : null }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
