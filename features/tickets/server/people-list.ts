import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { MOST_OPEN, type CustomerBeside, type CustomerView } from '../../customers/core/contract.ts';
import type { Context } from './context.ts';
import { contactsOf } from './customer-store.ts';
import { countExport } from './quotas.ts';

const EXPORT_PAGE = 100;
export type PersonRow = CustomerView & CustomerBeside;

/** What stands beside people where several of them are listed, and that list as a whole. */
export function createPeopleList({ db, work, customers, companies }: Context) {
  async function beside(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<CustomerBeside[]> {
    const contacts = await contactsOf(tx, ids, MOST_OPEN + 1);
    const belonging = await companies.ofEach(tx, workspaceId, contacts.map(({ id }) => id));
    return contacts.map(({ id, lastContactAt, open }) => ({
      id, companies: belonging.get(id) ?? [], lastContactAt: lastContactAt?.toISOString() ?? null, openTickets: Math.min(open, MOST_OPEN), openMore: open > MOST_OPEN,
    }));
  }

  return {
    /** Of these people, those who are known. */
    peopleBeside: (actor: Actor, ids: readonly string[]): Promise<CustomerBeside[]> => work(actor, 'customers.read', (tx) => beside(tx, actor.workspaceId, ids)),

    /** The whole list, page by page, each in a unit of work of its own. */
    async *peopleExported(actor: Actor, q: string | undefined): AsyncGenerator<PersonRow[]> {
      await work(actor, 'customers.export', () => countExport(db, actor));
      let cursor: string | undefined;
      do {
        const page = await customers.list(actor, { q, limit: EXPORT_PAGE, cursor });
        const ids = page.items.map(({ id }) => id);
        const known = new Map((ids.length === 0 ? [] : await work(actor, 'customers.export', (tx) => beside(tx, actor.workspaceId, ids))).map((one) => [one.id, one]));
        yield page.items.flatMap((one) => { const more = known.get(one.id); return more ? [{ ...one, ...more }] : []; });
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
  };
}
