import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { CompanyView } from '../../companies/core/contract.ts';
import { MOST_OPEN, type CustomerBeside, type CustomerView } from '../../customers/core/contract.ts';
import type { Context } from './context.ts';
import { contactsOf } from './customer-store.ts';
import { countExport } from './quotas.ts';

const EXPORT_PAGE = 100;
type PersonRow = CustomerView & CustomerBeside;

/** What stands beside people where several of them are listed, and that list as a whole; that of their companies too. */
export function createPeopleList({ db, work, customers, companies, fields }: Context) {
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

    /** The whole list as rows of a table, the heads first, page by page, each in a unit of work of its own. */
    async *peopleExported(actor: Actor, q: string | undefined): AsyncGenerator<string[][], void> {
      await work(actor, 'customers.export', () => countExport(db, actor));
      const own = await work(actor, 'customers.export', (tx) => fields.columnsFor(tx, 'customer', PERSON_HEADS));
      let heads = [[...PERSON_HEADS, ...own.heads]];
      let cursor: string | undefined;
      do {
        const page = await customers.list(actor, { q, limit: EXPORT_PAGE, cursor });
        yield await work(actor, 'customers.export', async (tx) => {
          const known = new Map((await beside(tx, actor.workspaceId, page.items.map(({ id }) => id))).map((one) => [one.id, one]));
          const people = page.items.flatMap((one) => { const more = known.get(one.id); return more ? [{ ...one, ...more }] : []; });
          const cells = await fields.cellsIn(tx, own, people);
          return [...heads, ...people.map((person, i) => [...personRow(person), ...cells[i] ?? []])];
        });
        heads = [];
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },

    async *companiesExported(actor: Actor, q: string | undefined): AsyncGenerator<string[][], void> {
      await work(actor, 'customers.export', () => countExport(db, actor));
      const own = await work(actor, 'customers.export', (tx) => fields.columnsFor(tx, 'company', COMPANY_HEADS));
      let heads = [[...COMPANY_HEADS, ...own.heads]];
      let cursor: string | undefined;
      do {
        const page = await companies.list(actor, { q, limit: EXPORT_PAGE, cursor });
        const cells = await work(actor, 'customers.export', (tx) => fields.cellsIn(tx, own, page.items));
        yield [...heads, ...page.items.map((company, i) => [...companyRow(company), ...cells[i] ?? []])];
        heads = [];
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
  };
}

const PERSON_HEADS = ['id', 'name', 'addresses', 'numbers', 'companies', 'flags', 'language', 'own agent', 'open tickets', 'last contact', 'known since'];

const personRow = (p: PersonRow): string[] => [
  p.id, p.name, valuesOf(p, 'email'), valuesOf(p, 'phone'), p.companies.map(({ name }) => name).join(', '), p.flags.join(', '), p.language ?? '', p.agent?.name ?? '',
  `${p.openTickets}${p.openMore ? '+' : ''}`, p.lastContactAt ?? '', p.createdAt,
];

const valuesOf = ({ identities }: PersonRow, kind: 'email' | 'phone'): string => identities.filter((one) => one.kind === kind).map(({ value }) => value).join(', ');

const COMPANY_HEADS = ['id', 'name', 'domains', 'address', 'VAT id', 'notes', 'key account', 'known since'];

const companyRow = (c: CompanyView): string[] => [c.id, c.name, c.domains.join(', '), c.address, c.vatId, c.notes, c.isKeyAccount ? 'yes' : '', c.createdAt];
