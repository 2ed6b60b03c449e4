import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import type { Customers } from '../../customers/server/customers.ts';
import { can, demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { AttachmentView } from '../../tickets/core/contract.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { MacroAction } from '../core/actions.ts';
import type { ApplicationView, RenderingView, SavedReplyView } from '../core/contract.ts';
import { createApplying } from './applying.ts';
import { cleaned, createChecking, type Variants } from './checking.ts';
import { createFilling } from './filling.ts';
import { countUse, deleteSavedReply, findSavedReply, insertSavedReply, savedReplies, updateSavedReply, type SavedReply } from './store.ts';

export type Macros = ReturnType<typeof createMacros>;
type Given = { name?: string | undefined; teamId?: string | null | undefined; folder?: string | undefined; attachmentIds?: readonly string[] | undefined; variants?: Variants | undefined; actions?: MacroAction[] | undefined };
type Wanted = { readonly ticketId: string; readonly language?: Language | undefined };
const NO_TEXT = { html: '', language: null };

/** The front door of the macros room: saved replies with placeholders, in the customer's language, and what they do to a ticket. */
export function createMacros({ db, now, emit, tickets, customers, people, workspaces, checklists }: {
  db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'checkTargets' | 'find' | 'hold' | 'changeByPerson' | 'noteByPerson' | 'keepCopies' | 'releaseFiles' | 'copiesFor' | 'namesOf'>; customers: Pick<Customers, 'known'>;
  people: Pick<People, 'peopleByIds' | 'requireTeams'>; workspaces: Pick<Workspaces, 'get'>; checklists: Pick<Checklists, 'require' | 'addBy' | 'hasUnfinished'>;
}) {
  const filling = createFilling({ customers, workspaces });
  const { plan, apply } = createApplying({ tickets, checklists, filling });
  const check = createChecking({ people, checklists, tickets });

  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    if (!can(actor, permission)) throw new AppError('forbidden', 'saved_reply.not_allowed', `This needs the right ${permission}.`);
    return db.work(actor.workspaceId, act);
  };
  const absent = () => new AppError('not_found', 'saved_reply.not_found', 'There is no such saved reply.');
  /** Leads and above look after all of them; others see what is everybody's or their teams'. */
  const teamsOf = (actor: Actor) => (can(actor, 'macros.manage') ? null : actor.teamIds);

  async function access(tx: Tx, actor: Actor, id: string): Promise<SavedReply> {
    const reply = await findSavedReply(tx, id);
    const visible = reply && (reply.teamId === null || teamsOf(actor)?.includes(reply.teamId) !== false);
    if (!visible) throw absent();
    return reply;
  }

  const writerOf = async (tx: Tx, actor: Actor): Promise<string> => (await people.peopleByIds(tx, [actor.id])).get(actor.id)?.name ?? '';

  async function textFor(tx: Tx, actor: Actor, reply: SavedReply, ticket: TicketState, { writer, language }: { writer: string; language: Language | null }) {
    if (Object.keys(reply.variants).length === 0) return NO_TEXT;
    const filled = await filling.html(tx, actor.workspaceId, reply, ticket, { writer, language, isTrusted: true });
    if (!filled) throw absent();
    return filled;
  }

  /** Those that it has stay, what was uploaded comes to it; the others go. */
  async function filesOf(tx: Tx, actor: Actor, { attachmentIds }: SavedReply, wanted: readonly string[] = attachmentIds): Promise<string[]> {
    const fresh = await tickets.keepCopies(tx, actor, wanted.filter((id) => !attachmentIds.includes(id)));
    await tickets.releaseFiles(tx, attachmentIds.filter((id) => !wanted.includes(id)));
    return [...attachmentIds.filter((id) => wanted.includes(id)), ...fresh];
  }

  const changed = (tx: Tx, actor: Actor, id: string) =>
    emit(tx, actor.workspaceId, { type: 'saved_reply.changed', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  return {
    list: (actor: Actor, { q = '', limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<Page<SavedReplyView>> =>
      work(actor, 'macros.list', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['string', 'string', 'id']);
        const rows = await savedReplies(tx, { teamIds: teamsOf(actor), q, limit: limit + 1, after });
        const files = await tickets.namesOf(tx, rows.flatMap(({ attachmentIds }) => attachmentIds));
        return pageOfRows(rows, limit, (row) => [row.folder, row.name, row.id], (row) => present(row, files));
      }),

    create: (actor: Actor, given: Given & { name: string }): Promise<SavedReplyView> =>
      work(actor, 'macros.manage', async (tx) => {
        const at = now();
        const reply: SavedReply = {
          id: newId(), name: given.name, teamId: given.teamId ?? null, folder: given.folder ?? '', attachmentIds: await tickets.keepCopies(tx, actor, given.attachmentIds ?? []), variants: cleaned(given.variants ?? {}), actions: given.actions ?? [], usedCount: 0, lastUsedAt: null, createdAt: at, updatedAt: at,
        };
        await check(tx, actor.workspaceId, reply, given);
        await insertSavedReply(tx, actor.workspaceId, reply);
        await changed(tx, actor, reply.id);
        return present(reply, await tickets.namesOf(tx, reply.attachmentIds));
      }),

    change: (actor: Actor, id: string, given: Given): Promise<SavedReplyView> =>
      work(actor, 'macros.manage', async (tx) => {
        const before = await access(tx, actor, id);
        const reply: SavedReply = {
          ...before, name: given.name ?? before.name, teamId: given.teamId === undefined ? before.teamId : given.teamId,
          folder: given.folder ?? before.folder, attachmentIds: await filesOf(tx, actor, before, given.attachmentIds),
          variants: given.variants ? cleaned(given.variants) : before.variants, actions: given.actions ?? before.actions, updatedAt: now(),
        };
        await check(tx, actor.workspaceId, reply, given);
        await updateSavedReply(tx, reply);
        await changed(tx, actor, id);
        return present(reply, await tickets.namesOf(tx, reply.attachmentIds));
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'macros.manage', async (tx) => {
        const gone = await deleteSavedReply(tx, id);
        if (!gone) throw absent();
        await tickets.releaseFiles(tx, gone.attachmentIds);
        await changed(tx, actor, id);
      }),

    /** For a ticket: its text, placeholders filled, and what it would do. */
    render: (actor: Actor, id: string, { ticketId, language }: Wanted): Promise<RenderingView> =>
      work(actor, 'macros.list', async (tx) => {
        const reply = await access(tx, actor, id);
        const ticket = await tickets.find(tx, ticketId);
        if (!ticket) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        const text = await textFor(tx, actor, reply, ticket, { writer: await writerOf(tx, actor), language: language ?? null });
        return { ...text, effects: await plan(tx, actor.workspaceId, reply.actions, ticket, actor.id), attachments: await tickets.namesOf(tx, reply.attachmentIds) };
      }),

    /** Does what it does with the rights of who uses it, and counts the use. */
    apply: (actor: Actor, id: string, { ticketId, language }: Wanted): Promise<ApplicationView> =>
      work(actor, 'macros.list', async (tx) => {
        demand(actor, 'tickets.note');
        const reply = await access(tx, actor, id);
        const ticket = await tickets.hold(tx, ticketId);
        if (reply.actions.length > 0) demand(actor, 'tickets.change');
        const writer = await writerOf(tx, actor);
        const text = await textFor(tx, actor, reply, ticket, { writer, language: language ?? null });
        const { effects, undo } = await apply(tx, actor, writer, reply.actions, ticket);
        const attachments = await tickets.copiesFor(tx, actor, reply.attachmentIds);
        await countUse(tx, id, now());
        return { ...text, effects, undo, attachments };
      }),

    /**
     * For rooms above that write by themselves, in the name of the workspace. What a stranger calls themself and their matter stays
     * out unless they are trusted. Null when the reply is gone.
     */
    async renderBy(tx: Tx, workspaceId: string, id: string, ticket: TicketState, { isTrusted }: { isTrusted: boolean }): Promise<{ html: string; language: Language } | null> {
      const reply = await findSavedReply(tx, id);
      return reply ? filling.html(tx, workspaceId, reply, ticket, { writer: (await workspaces.get(workspaceId)).name, language: null, isTrusted }) : null;
    },

    /** For rooms above that do by themselves what it does; null when it is gone. */
    async partsOf(tx: Tx, id: string): Promise<{ readonly hasText: boolean; readonly actions: readonly MacroAction[] } | null> {
      const reply = await findSavedReply(tx, id);
      return reply ? { hasText: Object.keys(reply.variants).length > 0, actions: reply.actions } : null;
    },

    /** For rooms above: what it does, for somebody who may use it. */
    actionsFor: async (tx: Tx, actor: Actor, id: string): Promise<readonly MacroAction[]> => (await access(tx, actor, id)).actions,

    /** Actions of no macro, on a ticket that the caller has locked and with the right that it has asked for. */
    applyActions: async (tx: Tx, actor: Actor, actions: readonly MacroAction[], ticket: TicketState): Promise<void> => { await apply(tx, actor, await writerOf(tx, actor), actions, ticket); },

    /** A note of a macro that no person uses, filled in. */
    noteBy: async (tx: Tx, workspaceId: string, text: string, ticket: TicketState): Promise<string> => filling.note(tx, workspaceId, text, ticket, (await workspaces.get(workspaceId)).name),

    countUse,

    /** For rooms above: the saved reply is one of the workspace's, or `saved_reply.not_found`. */
    async require(tx: Tx, id: string): Promise<void> {
      if (!await findSavedReply(tx, id)) throw absent();
    },
  };
}

const present = (reply: SavedReply, files: readonly AttachmentView[]): SavedReplyView => ({
  id: reply.id, name: reply.name, teamId: reply.teamId, folder: reply.folder, attachments: files.filter(({ id }) => reply.attachmentIds.includes(id)), variants: reply.variants as SavedReplyView['variants'], actions: reply.actions, usedCount: reply.usedCount,
  lastUsedAt: reply.lastUsedAt?.toISOString() ?? null, updatedAt: reply.updatedAt.toISOString(),
});
