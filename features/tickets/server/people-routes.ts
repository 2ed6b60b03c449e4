import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { CustomerQuery, CustomersBeside, CustomersBesideQuery } from '../../customers/core/contract.ts';
import type { PersonRow } from './people-list.ts';
import type { Tickets } from './tickets.ts';

const tags = ['customers'];
const COLUMNS = ['id', 'name', 'addresses', 'numbers', 'companies', 'flags', 'language', 'own agent', 'open tickets', 'last contact', 'known since', 'fields'];

export const peopleListRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/customers/beside', { schema: { tags, summary: 'Companies, last contact and open tickets of several customers', querystring: CustomersBesideQuery, response: { 200: CustomersBeside } } },
    async ({ actor, query }) => ({ items: await tickets.peopleBeside(actor, query.ids) }));

  app.get('/customers.csv', { config: { fresh: true }, schema: { tags, summary: 'Customers as CSV (leads)', querystring: CustomerQuery.pick({ q: true }), produces: ['text/csv'] } },
    async ({ actor, query }, reply) => {
      const pages = tickets.peopleExported(actor, query.q);
      // The first page is asked for before the answer begins, so that a refusal is still a refusal.
      const first = await pages.next();
      const csv = stringify({ header: true, escape_formulas: true, bom: true, record_delimiter: 'windows', columns: COLUMNS });
      pipeline(Readable.from(csvRows(first.value ?? [], pages)), csv, () => undefined);
      return asDownload(reply, { name: 'customers.csv', contentType: 'text/csv; charset=utf-8; header=present' }).send(csv);
    });
};

async function* csvRows(first: readonly PersonRow[], pages: AsyncIterable<readonly PersonRow[]>): AsyncGenerator<string[]> {
  for (const person of first) yield csvRow(person);
  for await (const page of pages) for (const person of page) yield csvRow(person);
}

const csvRow = (p: PersonRow): string[] => [
  p.id, p.name, valuesOf(p, 'email'), valuesOf(p, 'phone'), p.companies.map(({ name }) => name).join(', '), p.flags.join(', '), p.language ?? '', p.agent?.name ?? '',
  `${p.openTickets}${p.openMore ? '+' : ''}`, p.lastContactAt ?? '', p.createdAt, Object.keys(p.fields).length === 0 ? '' : JSON.stringify(p.fields),
];

const valuesOf = ({ identities }: PersonRow, kind: 'email' | 'phone'): string => identities.filter((one) => one.kind === kind).map(({ value }) => value).join(', ');
