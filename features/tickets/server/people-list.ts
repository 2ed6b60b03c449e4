import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { CompanyView } from '../../companies/core/contract.ts';
import { MOST_OPEN, type CustomerBeside, type CustomerView } from '../../customers/core/contract.ts';
import type { Context } from './context.ts';
import { contactsOf } from './customer-store.ts';
import { exported } from './exporting.ts';

const EXPORT_PAGE = 100;
type PersonRow = CustomerView & CustomerBeside;

/** What stands beside people where several of them are listed, and that list as a whole; that of their companies too. */
export function createPeopleList(context: Context) {
  const { work, customers, companies } = context;

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

    peopleExported: (actor: Actor, q: string | undefined): AsyncGenerator<string[][], void> => exported(context, actor, {
      permission: 'customers.export', subject: 'customer', heads: PERSON_HEADS, rowOf: personRow,
      async page(cursor) {
        const { items, nextCursor } = await customers.list(actor, { q, limit: EXPORT_PAGE, cursor });
        const known = new Map((await work(actor, 'customers.export', (tx) => beside(tx, actor.workspaceId, items.map(({ id }) => id)))).map((one) => [one.id, one]));
        return { items: items.flatMap((one): PersonRow[] => { const more = known.get(one.id); return more ? [{ ...one, ...more }] : []; }), nextCursor };
      },
    }),

    companiesExported: (actor: Actor, q: string | undefined): AsyncGenerator<string[][], void> => exported(context, actor, {
      permission: 'customers.export', subject: 'company', heads: COMPANY_HEADS, rowOf: companyRow,
      page: (cursor) => companies.list(actor, { q, limit: EXPORT_PAGE, cursor }),
    }),
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
