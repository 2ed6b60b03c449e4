import type { z } from 'zod';
import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import { newMessageId } from '../../../../platform/mail/header.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import type { Tickets } from '../../../tickets/server/tickets.ts';
import type { Workspaces } from '../../../workspaces/server/workspaces.ts';
import { correctionWords, type IncidentView, type MisdirectionCreate, type MisdirectionView } from '../../core/incidents.ts';
import { paragraphs } from '../bodies.ts';
import { demand } from '../../../people/core/permissions.ts';
import { mailboxFor } from '../outgoing.ts';
import { incidentOf, incidentsPage, insertIncident, type IncidentRow } from './store.ts';

type Letter = Awaited<ReturnType<Tickets['outgoing']>>;
type Words = NonNullable<MisdirectionCreate['correction']>;

/** A mail that went to the wrong person: what has not left is held, who has it is asked to delete it, and it is written down. */
export function createIncidents({ db, tickets, outbox, workspaces, emit, now, machineNow }: {
  db: Database; tickets: Pick<Tickets, 'outgoing' | 'undoReply' | 'isGated'>; outbox: Pick<Outbox, 'whoGot' | 'stop' | 'queue'>; workspaces: Pick<Workspaces, 'get'>;
  emit: Emit; now: Now; machineNow: Now;
}) {
  async function letterOf(tx: Tx, actor: Actor, ticketId: string, entryId: string) {
    const letter = await tickets.outgoing(tx, actor.workspaceId, entryId).catch(() => null);
    const got = letter?.entry.ticketId === ticketId ? await outbox.whoGot(tx, actor.workspaceId, entryId) : null;
    if (!letter || !got) throw new AppError('not_found', 'entry.not_found', 'There is no such mail on this ticket.');
    return { letter, got };
  }

  async function correct(tx: Tx, actor: Actor, letter: Letter, reached: readonly string[], { subject, text }: Words): Promise<string | null> {
    const mailbox = await mailboxFor(tx, actor.workspaceId, letter.ticket);
    let first: string | null = null;
    // One for each: nobody learns who else got it.
    for (const address of reached) {
      const { id } = await outbox.queue(tx, actor.workspaceId, {
        purpose: 'notice', ticketId: letter.ticket.id, messageId: newMessageId(mailbox.address), from: { name: mailbox.name, address: mailbox.address },
        to: [{ name: '', address }], subject, text: `${text}\n`, html: paragraphs(text), ...(letter.ticket.language && { language: letter.ticket.language }), notBefore: machineNow(),
      });
      first ??= id;
    }
    return first;
  }

  async function proposed(actor: Actor, letter: Letter, subject: string) {
    const workspace = await workspaces.get(actor.workspaceId);
    return correctionWords(letter.ticket.language ?? workspace.language, { subject, from: workspace.name });
  }

  /** Where somebody has to see first what leaves, only the words that are proposed to everybody go by themselves. */
  async function checkWords(tx: Tx, actor: Actor, letter: Letter, of: string, { subject, text }: Words): Promise<void> {
    const usual = await proposed(actor, letter, of);
    if ((subject !== usual.subject || text !== usual.text) && await tickets.isGated(tx, actor.workspaceId, letter.ticket.id, actor)) {
      throw new AppError('conflict', 'incident.needs_approval', 'What leaves this ticket has to be approved first; send the words that are proposed, or report it without any.');
    }
  }

  return {
    /** Changes nothing yet. */
    async look(actor: Actor, ticketId: string, entryId: string): Promise<z.infer<typeof MisdirectionView>> {
      demand(actor, 'tickets.reply');
      return db.work(actor.workspaceId, async (tx) => {
        const { letter, got } = await letterOf(tx, actor, ticketId, entryId);
        return { reached: [...got.reached], withheld: [...got.withheld], correction: await proposed(actor, letter, got.subject) };
      });
    },

    async report(actor: Actor, ticketId: string, entryId: string, { note, correction }: MisdirectionCreate): Promise<IncidentView> {
      demand(actor, 'tickets.reply');
      return db.work(actor.workspaceId, async (tx) => {
        const { letter, got } = await letterOf(tx, actor, ticketId, entryId);
        const words = got.reached.length > 0 ? correction : null;
        if (words) await checkWords(tx, actor, letter, got.subject, words);
        if (got.isUntouched) await tickets.undoReply(actor, letter.ticket.id, entryId);
        else await outbox.stop(tx, actor.workspaceId, entryId);
        const correctionMailId = words && await correct(tx, actor, letter, got.reached, words);
        const incident = {
          id: newId(), ticketId: letter.ticket.id, entryId, subject: got.subject, reached: got.reached, withheld: got.withheld, note, sentAt: got.sentAt,
          reportedBy: actor.id, reportedAt: now(), correctionMailId,
        };
        if (!await insertIncident(tx, actor.workspaceId, incident)) throw new AppError('conflict', 'incident.known', 'This mail was reported before; the list of incidents has it.');
        await emit(tx, actor.workspaceId, {
          type: 'mail.misdirected', ticketId: letter.ticket.id, subjectId: entryId, actor: { kind: 'person', id: actor.id }, at: incident.reportedAt,
          data: { reached: got.reached.length, withheld: got.withheld.length },
        });
        return toView(await incidentOf(tx, actor.workspaceId, incident.id));
      });
    },

    async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<IncidentView>> {
      demand(actor, 'incidents.read');
      return db.work(actor.workspaceId, async (tx) => {
        const rows = await incidentsPage(tx, actor.workspaceId, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.reportedAt.toISOString(), row.id], toView);
      });
    },
  };
}

const toView = ({ reporterId, reporterName, reportedAt, sentAt, ...row }: IncidentRow): IncidentView =>
  ({ ...row, sentAt: sentAt?.toISOString() ?? null, reportedAt: reportedAt.toISOString(), reportedBy: { id: reporterId, name: reporterName } });
