import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import type { Approvals } from '../../approvals/server/approvals.ts';
import type { MacroAction } from '../../macros/core/actions.ts';
import type { Macros } from '../../macros/server/macros.ts';
import { demand } from '../../people/core/permissions.ts';
import { stateOf as standing } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { REPLIES_WAIT_MS, type BulkAction } from '../core/contract.ts';
import { didNothing, traceOf, type Trace, wayBack } from '../core/undo.ts';
import { queued, type Queued, runById, settleItem, takeItem, type Item, type Outcome, type Run } from './store.ts';

export type DoingDeps = {
  readonly db: Database; readonly now: Now; readonly machineNow: Now; readonly log: Log;
  readonly tickets: Pick<Tickets, 'hold' | 'post' | 'changeByPerson' | 'snoozeByPerson' | 'wakeByPerson' | 'undoReply'>;
  readonly macros: Pick<Macros, 'applyActions'>; readonly people: Pick<People, 'peopleByIds'>; readonly approvals: Pick<Approvals, 'withdraw'>;
};

/** Does, and takes back, one ticket after the other: each in a unit of work of its own, by the rights that its person has at that moment. */
export function createDoing({ db, now, machineNow, log, tickets, macros, people, approvals }: DoingDeps): DueWork {
  async function actorOf(tx: Tx, workspaceId: string, { personId, scopes, id }: Run): Promise<Actor> {
    const person = (await people.peopleByIds(tx, [personId])).get(personId);
    if (!person || standing(person) !== 'active') throw new AppError('forbidden', 'bulk.person_left', 'Whoever began this does not work here any more.');
    return { id: personId, workspaceId, role: person.role, teamIds: [], credential: { kind: 'token', id }, scopes: scopes as Actor['scopes'] };
  }

  async function answer(tx: Tx, actor: Actor, ticket: TicketState, actions: readonly BulkAction[]): Promise<Pick<Trace, 'entryId' | 'approvalId'>> {
    const reply = actions.find((action) => action.type === 'reply');
    if (!reply) return { entryId: null, approvalId: null };
    demand(actor, 'tickets.reply');
    const sendAt = new Date(machineNow().getTime() + REPLIES_WAIT_MS).toISOString();
    const sent = await tickets.post(tx, actor, ticket, { kind: 'reply', given: { text: reply.text, attachmentIds: [], sendAt, ...(reply.status && { status: reply.status }) } }, now());
    return 'heldAs' in sent ? { entryId: null, approvalId: sent.heldAs } : { entryId: sent.id, approvalId: null };
  }

  async function act(tx: Tx, workspaceId: string, run: Run, ticketId: string): Promise<Outcome> {
    const actor = await actorOf(tx, workspaceId, run);
    demand(actor, 'tickets.change');
    const before = await tickets.hold(tx, ticketId);
    const written = await answer(tx, actor, before, run.actions);
    const rest = run.actions.filter(isMacroAction);
    if (rest.length > 0) await macros.applyActions(tx, actor, rest, await tickets.hold(tx, ticketId));
    const snooze = run.actions.find((action) => action.type === 'snooze');
    if (snooze) await tickets.snoozeByPerson(tx, actor, await tickets.hold(tx, ticketId), snooze.until === undefined ? {} : { until: snooze.until });
    const undo = traceOf(before, await tickets.hold(tx, ticketId), written);
    const leftWords = rest.some(({ type }) => type === 'note' || type === 'checklist');
    return didNothing(undo) && !leftWords ? { state: 'unchanged' } : { state: 'done', undo };
  }

  /** Words first, which may have left: then all of it stays. Each verb opens a unit of work of its own and is harmless twice. */
  async function unsay(actor: Actor, ticketId: string, { entryId, approvalId }: Trace): Promise<void> {
    const isGone = (error: unknown) => { if (!(error instanceof AppError) || error.kind !== 'not_found') throw error; };
    if (entryId !== null) await tickets.undoReply(actor, ticketId, entryId).catch(isGone);
    if (approvalId !== null) await approvals.withdraw(actor, approvalId).then(() => undefined, isGone);
  }

  async function putBack(tx: Tx, actor: Actor, trace: Trace, ticketId: string): Promise<Outcome> {
    demand(actor, 'tickets.change');
    const ticket = await tickets.hold(tx, ticketId);
    const { change, kept } = wayBack(trace, ticket);
    if (trace.snoozedAt !== null && ticket.snoozedAt?.toISOString() === trace.snoozedAt) await tickets.wakeByPerson(tx, actor, ticket);
    if (Object.keys(change).length > 0) await tickets.changeByPerson(tx, actor, await tickets.hold(tx, ticketId), change);
    return kept ? { state: 'kept', code: 'bulk.touched_since', detail: 'Somebody has changed it since; that stays.' } : { state: 'undone' };
  }

  async function undo(at: Queued, run: Run, item: Item): Promise<void> {
    const actor = await db.work(at.workspaceId, (tx) => actorOf(tx, at.workspaceId, run));
    if (item.undo) await unsay(actor, at.ticketId, item.undo);
    await db.work(at.workspaceId, async (tx) => {
      if (await takeItem(tx, at)) await settleItem(tx, at, item.undo ? await putBack(tx, actor, item.undo, at.ticketId) : { state: 'undone' });
    });
  }

  /** Null when there is nothing to be done here. */
  const seen = (at: Queued): Promise<{ run: Run; item: Item } | null> =>
    db.work(at.workspaceId, async (tx) => {
      const [run, item] = [await runById(tx, at.runId), await takeItem(tx, at)];
      return run && item ? { run, item } : null;
    });

  async function handle(at: Queued): Promise<void> {
    const found = await seen(at);
    if (!found) return;
    const isUndo = found.item.state === 'undoing';
    try {
      if (isUndo) return await undo(at, found.run, found.item);
      await db.work(at.workspaceId, async (tx) => {
        if (await takeItem(tx, at)) await settleItem(tx, at, await act(tx, at.workspaceId, found.run, at.ticketId));
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, detail } = error;
      await db.work(at.workspaceId, async (tx) => { if (await takeItem(tx, at)) await settleItem(tx, at, { state: isUndo ? 'kept' : 'failed', code, detail }); });
    }
  }

  return dueRows<Queued>({ name: 'bulk', log, machineNow, idOf: ({ runId, ticketId }) => `${runId} ${ticketId}`, find: (_now, limit) => queued(db.owner, limit), handle });
}

const isMacroAction = (action: BulkAction): action is MacroAction => action.type !== 'macro' && action.type !== 'snooze' && action.type !== 'reply';
