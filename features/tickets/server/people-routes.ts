import { sendCsv } from '../../../platform/http/csv.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { CompanyQuery } from '../../companies/core/contract.ts';
import { CustomerQuery, CustomersBeside, CustomersBesideQuery } from '../../customers/core/contract.ts';
import type { Tickets } from './tickets.ts';

const tags = ['customers'];

export const peopleListRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/customers/beside', { schema: { tags, summary: 'Companies, last contact and open tickets of several customers', querystring: CustomersBesideQuery, response: { 200: CustomersBeside } } },
    async ({ actor, query }) => ({ items: await tickets.peopleBeside(actor, query.ids) }));

  app.get('/customers.csv', { config: { fresh: true }, schema: { tags, summary: 'Customers as CSV (leads)', querystring: CustomerQuery.pick({ q: true }), produces: ['text/csv'] } },
    async ({ actor, query }, reply) => sendCsv(reply, 'customers.csv', tickets.peopleExported(actor, query.q)));

  app.get('/companies.csv', { config: { fresh: true }, schema: { tags: ['companies'], summary: 'Companies as CSV (leads)', querystring: CompanyQuery.pick({ q: true }), produces: ['text/csv'] } },
    async ({ actor, query }, reply) => sendCsv(reply, 'companies.csv', tickets.companiesExported(actor, query.q)));
};
