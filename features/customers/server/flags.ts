import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { FlagPut, FlagReviewView, FlagView } from '../core/contract.ts';
import { isSensitive, wantsContact, type Flag } from '../core/flags.ts';
import { byPerson, type Context } from './context.ts';
import { dueReviews, flagRows, flagsOf, putFlag, removeFlag, type FlagRow } from './flag-store.ts';
import { saveCustomer } from './store.ts';

const MOST_REASON_SHOWN = 1_000;

/** What one has to know of a person before one writes or calls. */
export function createFlags(context: Context) {
  /** Why is for those who deal with them: light agents see that it is so. */
  const view = (actor: Actor) => ({ flag, reason, contact, reviewOn, setById, setByName, setAt }: FlagRow): FlagView => ({
    flag, ...(isSensitive(flag) && !can(actor, 'customers.change') ? { reason: '', contact: '' } : { reason: reason.slice(0, MOST_REASON_SHOWN), contact }),
    reviewOn, by: { id: setById, name: setByName }, at: setAt.toISOString(),
  });

  return {
    flags: (actor: Actor, id: string): Promise<{ items: FlagView[] }> =>
      context.work(actor, 'customers.read', async (tx) => {
        await context.exists(tx, id);
        return { items: (await flagRows(tx, id)).map(view(actor)) };
      }),

    setFlag: (actor: Actor, id: string, flag: Flag, { reason = '', contact = '', reviewOn = null }: FlagPut): Promise<FlagView> =>
      context.work(actor, 'customers.change', async (tx) => {
        if (flag === 'abusive') demand(actor, 'customers.judge');
        if (isSensitive(flag) && reason === '') throw new AppError('invalid', 'customer.flag_reason', 'Say why: whoever reads it later has to be able to judge it.');
        if (wantsContact(flag) && contact === '') throw new AppError('invalid', 'customer.flag_contact', 'Say with whom to speak instead: a name, and an address or a number.');
        const customer = await context.access(tx, id);
        const at = context.now();
        await putFlag(tx, actor.workspaceId, { id: newId(), customerId: id, flag, reason, contact, reviewOn, by: actor.id, at });
        await saveCustomer(tx, { ...customer, flags: await flagsOf(tx, id), updatedAt: at });
        await context.emit(tx, actor.workspaceId, { type: 'customer.flagged', subjectId: id, actor: byPerson(actor), data: { flag, before: customer.flags.includes(flag) }, at });
        return view(actor)((await flagRows(tx, id)).find((row) => row.flag === flag)!);
      }),

    /** A sensitive one is taken away by a lead. */
    removeFlag: (actor: Actor, id: string, flag: Flag): Promise<void> =>
      context.work(actor, 'customers.change', async (tx) => {
        if (isSensitive(flag)) demand(actor, 'customers.judge');
        const customer = await context.access(tx, id);
        if (!await removeFlag(tx, id, flag)) throw new AppError('not_found', 'customer.flag_not_found', 'That is not said of this customer.');
        const at = context.now();
        await saveCustomer(tx, { ...customer, flags: await flagsOf(tx, id), updatedAt: at });
        await context.emit(tx, actor.workspaceId, { type: 'customer.unflagged', subjectId: id, actor: byPerson(actor), data: { flag }, at });
      }),

    /** What was to be looked at again by today. */
    flagReviews: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<FlagReviewView>> =>
      context.work(actor, 'customers.judge', async (tx) => {
        const rows = await dueReviews(tx, context.now().toISOString().slice(0, 10), limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [`${row.reviewOn}T00:00:00.000Z`, row.id], (row) => ({ ...view(actor)(row as FlagRow), customer: { id: row.customerId, name: row.name, email: row.email } }));
      }),
  };
}
