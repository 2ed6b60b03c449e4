import type { Actor } from '../../../kernel/actor.ts';
import { lasting } from '../../../kernel/lasting.ts';
import type { Flag } from '../../customers/core/flags.ts';
import type { AttachmentView, EntryView, TicketView } from '../core/contract.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Context } from './context.ts';
import { SAFE_VERSION, safeHtml } from './bodies.ts';
import { attachmentsOf, htmlOf, type AttachmentRow, type EntryRow, type TicketEventRow } from './entries-store.ts';
import type { ticketRows } from './list-store.ts';

type TicketRow = Awaited<ReturnType<typeof ticketRows>>[number];
const iso = (date: Date | null) => date?.toISOString() ?? null;
const pair = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

/** Of rows that are remembered, what they were shown as. */
const shown = new WeakMap<TicketRow, TicketView>();

/** Nobody changes what it gives. */
export function presentTicket(row: TicketRow): TicketView {
  const known = shown.get(row);
  if (known) return known;
  const view = lasting(ticketOf(row));
  shown.set(row, view);
  return view;
}

const ticketOf = (row: TicketRow): TicketView => ({
  id: row.id, number: row.number, subject: row.subject, status: row.status, priority: row.priority, kind: row.kind, channel: row.channel,
  followerIds: row.followerIds,
  customer: { id: row.customerId, name: row.customerName, email: row.customerEmail, flags: row.customerFlags as Flag[] },
  company: row.companyId === null || row.company === null ? null : { id: row.companyId, ...row.company }, isPrivate: row.isPrivate,
  assignee: pair(row.assigneeId, row.assigneeName), team: pair(row.teamId, row.teamName),
  mailboxId: row.mailboxId, brand: pair(row.brandId, row.brandName), office: pair(row.officeId, row.officeName), slaPolicyId: row.slaPolicyId, queueChoice: row.queueChoice, language: row.language, tags: row.tags, fields: row.fields as TicketView['fields'], snippet: row.snippet,
  waitingSince: iso(row.waitingSince), dueAt: iso(row.dueAt), lastMessageAt: row.lastMessageAt.toISOString(),
  unread: isUnread(row), readAt: iso(row.readAt),
  version: row.version, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(), deletedAt: iso(row.deletedAt), spam: row.spamAt !== null,
  mergedInto: row.mergedId === null || row.mergeId === null ? null : { id: row.mergedId, number: row.mergedNumber ?? 0, mergeId: row.mergeId },
  snooze: snoozeOf(row), wokenAt: iso(row.wokenAt),
});

const isUnread = ({ readAt, lastMessageAt, wokenAt }: TicketRow): boolean => readAt === null || lastMessageAt > readAt || (wokenAt !== null && wokenAt > readAt);

const snoozeOf = ({ snoozedAt, snoozedUntil, wakesOn, wakesOnNumber }: TicketRow): TicketView['snooze'] =>
  snoozedAt && { at: snoozedAt.toISOString(), until: iso(snoozedUntil), ticket: wakesOn === null ? null : { id: wakesOn, number: wakesOnNumber ?? 0 } };

export const presentAttachment = (row: AttachmentRow): AttachmentView =>
  ({ id: row.id, name: row.name, contentType: row.contentType, size: row.size, sha256: row.sha256 });

const LINK_HOURS = 12;

/** For whom links are made. */
export type Reader = Pick<Actor, 'id' | 'workspaceId'>;
/** What hangs on an entry. */
type Around = { readonly html: Awaited<ReturnType<typeof htmlOf>>[number] | undefined; readonly files: readonly AttachmentRow[]; readonly delivery: EntryView['delivery'] };

/** Links for a browser that sends no cookies with them; renewed with every answer, good for half a day, as long as their person works here. */
export function createLinks({ signer, machineNow, worksHere }: Pick<Context, 'signer' | 'machineNow' | 'worksHere'>) {
  const sign = (...parts: string[]) => {
    // Rounded up to the hour, so that the same file keeps the same address for a while and the browser its cache.
    const hour = 3_600_000;
    return signer.sign(parts, new Date((Math.ceil(machineNow().getTime() / hour) + LINK_HOURS) * hour));
  };
  return {
    file: ({ workspaceId, id }: Reader, attachmentId: string) => `/api/v1/files/${sign('file', workspaceId, attachmentId, id)}`,
    html: ({ workspaceId, id }: Reader, entryId: string) => `/api/v1/content/${sign('html', workspaceId, entryId, id)}`,
    async open(token: string, kind: 'file' | 'html'): Promise<{ workspaceId: string; id: string; reader: Reader } | null> {
      const [what, workspaceId, id, personId] = signer.open(token, machineNow()) ?? [];
      if (what !== kind || !workspaceId || !id || !personId || !await worksHere(workspaceId, personId)) return null;
      return { workspaceId, id, reader: { workspaceId, id: personId } };
    },
  };
}

export function createPresenter(context: Pick<Context, 'signer' | 'machineNow' | 'worksHere' | 'outbox'>) {
  const links = createLinks(context);

  const fromEvent = (event: TicketEventRow): EntryView => ({
    id: event.id, type: 'event', channel: 'web', direction: 'internal',
    author: { kind: event.actorKind, id: event.actorId, name: event.actorName ?? '', address: null },
    subject: '', text: '', html: null, htmlUrl: null, remoteImages: 0, quoted: '', recipients: null, attachments: [], delivery: null,
    rawUrl: null, forwardedEntryId: null, notice: null, authentication: null, event: { type: event.type, data: event.data }, createdAt: event.at.toISOString(),
  });

  function presentHtml(reader: Reader, entryId: string, html: Awaited<ReturnType<typeof htmlOf>>[number] | undefined): Pick<EntryView, 'html' | 'htmlUrl' | 'remoteImages'> {
    if (!html) return { html: null, htmlUrl: null, remoteImages: 0 };
    const fresh = html.version === SAFE_VERSION && html.safe !== null;
    const { safe, remoteImages } = fresh ? { safe: html.safe, remoteImages: html.remoteImages } : safeHtml(html.raw);
    return { html: safe, htmlUrl: links.html(reader, entryId), remoteImages };
  }

  function present(reader: Reader, row: EntryRow, { html, files, delivery }: Around): EntryView {
    return {
      id: row.id, type: row.type, channel: row.channel, direction: row.direction,
      author: { kind: row.authorKind, id: row.authorId, name: row.authorName, address: row.authorAddress }, ...(row.writtenBy && { writtenBy: [...row.writtenBy] }),
      subject: row.subject, text: row.text, ...presentHtml(reader, row.id, html), quoted: row.quoted,
      recipients: row.recipients && { to: [...row.recipients.to], cc: [...row.recipients.cc] },
      attachments: files.map((file) => ({ ...presentAttachment(file), url: links.file(reader, file.id) })),
      delivery,
      rawUrl: row.ledgerId === null ? null : `/api/v1/email/ledger/${row.ledgerId}/raw`,
      forwardedEntryId: row.forwardedEntryId, notice: row.notice, authentication: row.authentication ? { arc: null, sealer: null, ...row.authentication } : null, event: null, createdAt: row.createdAt.toISOString(),
    };
  }

  return {
    links,
    fromEvent,
    /** One on which nothing hangs, as it was just written: nobody has to look for it. */
    bare: (reader: Reader, row: EntryRow): EntryView => present(reader, row, { html: undefined, files: [], delivery: null }),

    /** Entries with everything that hangs on them: three queries, however many there are. */
    async entries(tx: Tx, reader: Reader, rows: readonly EntryRow[]): Promise<EntryView[]> {
      const ids = rows.map((row) => row.id);
      const outgoing = rows.filter((row) => row.direction === 'out' && row.channel === 'email').map((row) => row.id);
      const [files, htmls, deliveries] = await Promise.all([
        attachmentsOf(tx, ids), htmlOf(tx, rows.filter((row) => row.hasHtml).map((row) => row.id)),
        outgoing.length === 0 ? new Map<string, never>() : context.outbox.deliveries(tx, reader.workspaceId, outgoing),
      ]);
      return rows.map((row) => present(reader, row, {
        html: htmls.find(({ entryId }) => entryId === row.id), files: files.filter(({ entryId }) => entryId === row.id), delivery: deliveries.get(row.id) ?? null,
      }));
    },
  };
}
