import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import type { Automaton } from '../core/automatic.ts';
import type { MailName } from '../core/incoming.ts';
import { changeTicket, uniqueTags, type TicketChange, type TicketState } from '../core/ticket.ts';
import { bodyOf } from './bodies.ts';
import type { Context } from './context.ts';
import { hasAnsweredOn, insertEntry, latestIncoming, type EntryRow } from './entries-store.ts';
import type { Writer } from './gate.ts';
import { findTicket, lockTicket } from './store.ts';
import type { createWriting } from './writing.ts';

type Written = { readonly text?: string | undefined; readonly html?: string | undefined };

const actorOf = ({ id }: Automaton): EventActor => ({ kind: 'system', id });

/**
 * What rooms above do to tickets by themselves, in their own unit of work and after they have asked for no right: they act for
 * the workspace. Nothing of it counts as an answer of a person: who waits goes on waiting.
 */
export function createAutomatic(context: Context, writing: Pick<ReturnType<typeof createWriting>, 'checkTargets'>) {
  async function write(tx: Tx, workspaceId: string, ticket: TicketState, by: Automaton, written: Written, kind: Pick<EntryRow, 'type' | 'channel' | 'direction' | 'recipients' | 'leavesAt'> & Partial<Pick<EntryRow, 'forwardedEntryId'>>, at: Date): Promise<EntryRow> {
    const { text, html } = bodyOf(written);
    const entry: EntryRow = {
      id: newId(), ticketId: ticket.id, authorKind: 'system', authorId: by.id, authorName: by.name.slice(0, 300), authorAddress: null, subject: '', text, quoted: '',
      messageId: null, ledgerId: null, hasHtml: html !== null, notice: null, createdAt: at, forwardedEntryId: null, ...kind,
    };
    await insertEntry(tx, workspaceId, entry, html);
    await context.makeEntryFindable(tx, workspaceId, ticket, { id: entry.id, at, authorName: entry.authorName, authorAddress: null, text, fileNames: [] });
    return entry;
  }

  return {
    /** Locked; null when it is gone, merged away or deleted: then nothing is to be done by itself. */
    async lockLive(tx: Tx, id: string): Promise<TicketState | null> {
      const ticket = await lockTicket(tx, id);
      return ticket && !ticket.mergedInto && !ticket.deletedAt ? ticket : null;
    },

    /** Locked, while it is taken for spam; null when it is anything else. */
    async lockSpam(tx: Tx, id: string): Promise<TicketState | null> {
      const ticket = await lockTicket(tx, id);
      return ticket && !ticket.mergedInto && ticket.spamAt ? ticket : null;
    },

    /** As `lockSpam`, for looking only. */
    async findSpam(tx: Tx, id: string): Promise<TicketState | null> {
      const ticket = await findTicket(tx, id);
      return ticket && !ticket.mergedInto && ticket.spamAt ? ticket : null;
    },

    /** As `lockLive`, for looking only. */
    async findLive(tx: Tx, id: string): Promise<TicketState | null> {
      const ticket = await findTicket(tx, id);
      return ticket && !ticket.mergedInto && !ticket.deletedAt ? ticket : null;
    },

    /** Changes a ticket that the caller has locked. Refuses like the verb of a person. */
    async changeBy(tx: Tx, workspaceId: string, ticket: TicketState, change: TicketChange, by: Automaton): Promise<TicketState> {
      await writing.checkTargets(tx, change);
      const at = context.now();
      const after = changeTicket(ticket, { ...change, ...(change.tags && { tags: uniqueTags(change.tags) }) }, at);
      const saved = await context.record(tx, workspaceId, ticket, after, actorOf(by), at);
      if (change.tags || change.language || change.subject !== undefined) await context.makeFindable(tx, workspaceId, saved);
      return saved;
    },

    /** A note on a ticket that the caller has locked. */
    async noteBy(tx: Tx, workspaceId: string, ticket: TicketState, written: Written, by: Automaton): Promise<string> {
      const at = context.now();
      const entry = await write(tx, workspaceId, ticket, by, written, { type: 'note', channel: 'web', direction: 'internal', recipients: null, leavesAt: null }, at);
      await context.emit(tx, workspaceId, { type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: actorOf(by), data: { type: 'note', direction: 'internal', channel: 'web', automatic: true }, at });
      return entry.id;
    },

    /** The entry of a mail that the caller sends by itself, or of what is said in the chat; whoever hears of it must not take it for an answer (`automatic`). */
    async messageBy(tx: Tx, workspaceId: string, ticket: TicketState, said: Written & ({ readonly to: readonly MailName[] } | { readonly channel: 'chat' }), by: Automaton): Promise<string> {
      const at = context.now();
      const way = 'to' in said ? { channel: 'email', recipients: { to: said.to, cc: [] }, leavesAt: context.machineNow() } as const : { channel: 'chat', recipients: null, leavesAt: null } as const;
      const entry = await write(tx, workspaceId, ticket, by, said, { type: 'message', direction: 'out', ...way }, at);
      await context.emit(tx, workspaceId, {
        type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: actorOf(by), at,
        data: { type: 'message', direction: 'out', channel: way.channel, automatic: true, leavesAt: entry.leavesAt?.toISOString() ?? null },
      });
      return entry.id;
    },

    /** Passes on what the customer said last, to one address; null when they have said nothing. Whoever sends the mail hears of it. */
    async passOnBy(tx: Tx, workspaceId: string, ticket: TicketState, { to, text }: { readonly to: string; readonly text: string }, by: Automaton): Promise<string | null> {
      const about = await latestIncoming(tx, ticket.id);
      if (!about) return null;
      const at = context.now();
      const entry = await write(tx, workspaceId, ticket, by, { text }, {
        type: 'message', direction: 'out', channel: 'email', recipients: { to: [{ name: '', address: to }], cc: [] }, leavesAt: context.machineNow(), forwardedEntryId: about.id,
      }, at);
      await context.emit(tx, workspaceId, { type: 'entry.forwarded', ticketId: ticket.id, subjectId: entry.id, actor: actorOf(by), data: { of: about.id, automatic: true, leavesAt: entry.leavesAt?.toISOString() ?? null }, at });
      return entry.id;
    },

    /** Whether what is written by itself has to be seen by somebody first. */
    async isGated(tx: Tx, workspaceId: string, ticketId: string, by: Writer | null, channel: 'email' | 'chat' = 'email'): Promise<boolean> {
      const ticket = await findTicket(tx, ticketId);
      return ticket !== undefined && ticket !== null && context.gate.stops(tx, workspaceId, ticket, by, channel);
    },

    /** Whether a person here has written to the customer on this ticket. */
    hasAnsweredOn,
  };
}
