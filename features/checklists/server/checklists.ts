import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, EventActor, WithinHandler } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { changeItem, isFinished, isSame, type Item } from '../core/checklist.ts';
import { MOST_ITEMS, MOST_ON_TICKET, type ChecklistCreate, type ChecklistView, type ItemCreate, type ItemPatch, type ItemView } from '../core/contract.ts';
import {
  checklistsOf, countOn, deleteChecklist, deleteItem, findChecklist, hasUnfinished, insertChecklist, insertItems, itemsOf, moveBack, moveToTicket, saveItem, setFinished, strikeWords,
  type Checklist, type ShownItem,
} from './store.ts';
import { findTemplate, type Template } from './template-store.ts';
import { createTemplates, noTemplate } from './templates.ts';

export type Checklists = ReturnType<typeof createChecklists>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };
type Begun = { readonly templateId: string | null; readonly name: string; readonly items: readonly string[] };

/**
 * The front door of the checklists room: what is to be done on a ticket, item by item, and templates for it.
 * Tells `checklist.added`, `.changed`, `.finished`, `.removed` (checklistId, and the name when it is a template's), `.template_changed`.
 */
export function createChecklists({ db, now, emit, tickets, people }: {
  db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'hold' | 'get' | 'onRedacted'>; people: Pick<People, 'peopleByIds' | 'requireTeams'>;
}) {
  const templates = createTemplates({ db, now, emit, people });
  tickets.onRedacted((tx, workspaceId, { ticketIds, strike }) => strikeWords(tx, workspaceId, ticketIds, strike.text));

  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    // Whoever changes a list is answered with it.
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };
  const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });

  /** Names are told of templates only: what somebody wrote for one ticket stays on it. */
  const tell = (tx: Tx, workspaceId: string, word: 'added' | 'changed' | 'finished' | 'removed', { id, ticketId, templateId, name }: Checklist, actor: EventActor): Promise<void> =>
    emit(tx, workspaceId, { type: `checklist.${word}`, ticketId, subjectId: id, actor, data: { checklistId: id, ...(templateId !== null && { templateId, name }) }, at: now() });

  async function access(tx: Tx, actor: Actor, ticketId: string, id: string): Promise<Checklist> {
    await tickets.hold(tx, ticketId);
    const list = await findChecklist(tx, actor.workspaceId, ticketId, id);
    if (!list) throw new AppError('not_found', 'checklist.not_found', 'There is no such checklist on this ticket.');
    return list;
  }

  async function view(tx: Tx, workspaceId: string, ticketId: string, id: string): Promise<ChecklistView> {
    return present((await findChecklist(tx, workspaceId, ticketId, id))!, await itemsOf(tx, workspaceId, [id]));
  }

  async function begin(tx: Tx, workspaceId: string, ticketId: string, { templateId, name, items }: Begun, by: string | null, actor: EventActor): Promise<Checklist> {
    if (await countOn(tx, workspaceId, ticketId) >= MOST_ON_TICKET) throw new AppError('conflict', 'checklist.too_many', `A ticket has ${MOST_ON_TICKET} checklists at most; remove one first.`);
    const list: Checklist = { id: newId(), ticketId, templateId, name, createdAt: now(), createdBy: by, finishedAt: null };
    await insertChecklist(tx, workspaceId, list, items.map((text) => fresh(text)));
    await tell(tx, workspaceId, 'added', list, actor);
    return list;
  }

  async function demandOwner(tx: Tx, id: string | null | undefined): Promise<void> {
    if (!id) return;
    const person = (await people.peopleByIds(tx, [id])).get(id);
    if (!person || stateOf(person) !== 'active') throw new AppError('invalid', 'checklist.no_such_owner', 'Something is done by somebody who works here; name another person.');
  }

  /** After a change of items: whether all is done by now, or something is left again. */
  async function settle(tx: Tx, actor: Actor, list: Checklist): Promise<void> {
    const isDone = isFinished(await itemsOf(tx, actor.workspaceId, [list.id]));
    await tell(tx, actor.workspaceId, 'changed', list, byPerson(actor));
    if (isDone === (list.finishedAt !== null)) return;
    await setFinished(tx, actor.workspaceId, list.id, isDone ? now() : null);
    if (isDone) await tell(tx, actor.workspaceId, 'finished', list, byPerson(actor));
  }

  async function item(tx: Tx, actor: Actor, list: Checklist, itemId: string): Promise<Item> {
    const found = (await itemsOf(tx, actor.workspaceId, [list.id])).find(({ id }) => id === itemId);
    if (!found) throw new AppError('not_found', 'checklist.no_such_item', 'There is no such item on this checklist.');
    return found;
  }

  return {
    templates,

    async list(actor: Actor, ticketId: string, { limit, cursor }: Paging): Promise<Page<ChecklistView>> {
      await tickets.get(actor, ticketId);
      return db.work(actor.workspaceId, async (tx) => {
        const rows = await checklistsOf(tx, actor.workspaceId, ticketId, { limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        const items = await itemsOf(tx, actor.workspaceId, rows.map(({ id }) => id));
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => present(row, items.filter(({ checklistId }) => checklistId === row.id)));
      });
    },

    add: (actor: Actor, ticketId: string, given: ChecklistCreate): Promise<ChecklistView> =>
      work(actor, 'tickets.change', async (tx) => {
        await tickets.hold(tx, ticketId);
        const begun: Begun = 'templateId' in given ? begunFrom(await templates.usable(tx, actor, given.templateId)) : { templateId: null, ...given };
        const { id } = await begin(tx, actor.workspaceId, ticketId, begun, actor.id, byPerson(actor));
        return view(tx, actor.workspaceId, ticketId, id);
      }),

    remove: (actor: Actor, ticketId: string, id: string): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        const list = await access(tx, actor, ticketId, id);
        await deleteChecklist(tx, actor.workspaceId, id);
        await tell(tx, actor.workspaceId, 'removed', list, byPerson(actor));
      }),

    addItem: (actor: Actor, ticketId: string, id: string, { text, ownerId = null, dueAt = null }: ItemCreate): Promise<ChecklistView> =>
      work(actor, 'tickets.change', async (tx) => {
        const list = await access(tx, actor, ticketId, id);
        await demandOwner(tx, ownerId);
        const count = (await itemsOf(tx, actor.workspaceId, [id])).length;
        if (count >= MOST_ITEMS) throw new AppError('conflict', 'checklist.too_long', `A checklist has ${MOST_ITEMS} items at most; begin another one.`);
        await insertItems(tx, actor.workspaceId, id, [{ ...fresh(text), ownerId, dueAt: dueAt === null ? null : new Date(dueAt) }], now().getTime());
        await settle(tx, actor, list);
        return view(tx, actor.workspaceId, ticketId, id);
      }),

    changeItem: (actor: Actor, ticketId: string, id: string, itemId: string, { dueAt, ...patch }: ItemPatch): Promise<ChecklistView> =>
      work(actor, 'tickets.change', async (tx) => {
        const list = await access(tx, actor, ticketId, id);
        const before = await item(tx, actor, list, itemId);
        if (patch.ownerId !== before.ownerId) await demandOwner(tx, patch.ownerId);
        const after = changeItem(before, { ...patch, ...(dueAt !== undefined && { dueAt: dueAt === null ? null : new Date(dueAt) }) }, { by: actor.id, at: now() });
        if (!isSame(before, after)) {
          await saveItem(tx, actor.workspaceId, after);
          await settle(tx, actor, list);
        }
        return view(tx, actor.workspaceId, ticketId, id);
      }),

    removeItem: (actor: Actor, ticketId: string, id: string, itemId: string): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        const list = await access(tx, actor, ticketId, id);
        await item(tx, actor, list, itemId);
        await deleteItem(tx, actor.workspaceId, itemId);
        await settle(tx, actor, list);
      }),

    /** For rooms above: the template is one of the workspace's, or `checklist.no_such_template`. */
    async require(tx: Tx, workspaceId: string, templateId: string): Promise<void> {
      if (!await findTemplate(tx, workspaceId, templateId)) throw noTemplate();
    },

    /** Whether the ticket has a list of this template on which something is left to do. */
    hasUnfinished,

    /** On a ticket that the caller has locked, by a person whose right the caller has checked, or by a rule. False when there is an unfinished one of this template already. */
    async addBy(tx: Tx, workspaceId: string, ticket: Pick<TicketState, 'id'>, templateId: string, by: { readonly person: string } | Automaton): Promise<boolean> {
      const template = await findTemplate(tx, workspaceId, templateId);
      if (!template) throw noTemplate();
      if (await hasUnfinished(tx, workspaceId, ticket.id, templateId)) return false;
      const [personId, told]: [string | null, EventActor] = 'person' in by ? [by.person, { kind: 'person', id: by.person }] : [null, { kind: 'system', id: by.id }];
      await begin(tx, workspaceId, ticket.id, begunFrom(template), personId, told);
      return true;
    },

    /** At once, in the transaction in which tickets become one or two again. */
    subscriptions: followMerges<Tx>({ along: moveToTicket, back: moveBack }) satisfies Record<string, WithinHandler>,
  };
}

const begunFrom = ({ id, name, items }: Template): Begun => ({ templateId: id, name, items });
const fresh = (text: string): Item => ({ id: newId(), text, doneAt: null, doneBy: null, ownerId: null, dueAt: null });

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const presentItem = (item: ShownItem): ItemView => ({
  id: item.id, text: item.text, done: item.doneAt && { at: item.doneAt.toISOString(), by: named(item.doneBy, item.doneByName) },
  owner: named(item.ownerId, item.ownerName), dueAt: item.dueAt?.toISOString() ?? null,
});

const present = (list: Checklist, items: readonly ShownItem[]): ChecklistView => ({
  id: list.id, ticketId: list.ticketId, templateId: list.templateId, name: list.name, items: items.map(presentItem), createdAt: list.createdAt.toISOString(), finishedAt: list.finishedAt?.toISOString() ?? null,
});
