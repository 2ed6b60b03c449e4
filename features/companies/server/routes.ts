import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { CompanyCreate, CompanyPage, CompanyPatch, CompanyPersonPage, CompanyPersonParams, CompanyPersonPut, CompanyPersonView, CompanyQuery, CompanyView, CustomerCompanies } from '../core/contract.ts';
import type { Companies } from './companies.ts';

const tags = ['companies'];

export const companyRoutes = (companies: Companies): Routes => async (app) => {
  app.get('/companies', { schema: { tags, summary: 'Companies, by name or domain', querystring: CompanyQuery, response: { 200: CompanyPage } } },
    async ({ actor, query }) => companies.list(actor, query));

  app.post('/companies', { schema: { tags, summary: 'Make a company known', body: CompanyCreate, response: { 201: CompanyView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return companies.create(actor, body); });

  app.get('/companies/:id', { schema: { tags, summary: 'One company', params: IdParams, response: { 200: CompanyView } } },
    async ({ actor, params }) => companies.get(actor, params.id));

  app.patch('/companies/:id', { schema: { tags, summary: 'Change a company', params: IdParams, body: CompanyPatch, response: { 200: CompanyView } } },
    async ({ actor, params, body }) => companies.change(actor, params.id, body));

  app.delete('/companies/:id', { schema: { tags, summary: 'Remove a company; its people and tickets stay (leads)', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await companies.remove(actor, params.id); void reply.code(204); });

  app.get('/companies/:id/people', { schema: { tags, summary: 'Who is of it', params: IdParams, querystring: PageQuery, response: { 200: CompanyPersonPage } } },
    async ({ actor, params, query }) => companies.people(actor, params.id, query));

  app.put('/companies/:id/people/:customerId', { schema: { tags, summary: 'Put somebody in, or say whether they are a contact', params: CompanyPersonParams, body: CompanyPersonPut, response: { 200: CompanyPersonView } } },
    async ({ actor, params, body }) => companies.putPerson(actor, params.id, params.customerId, body));

  app.delete('/companies/:id/people/:customerId', { schema: { tags, summary: 'Take somebody out', params: CompanyPersonParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await companies.removePerson(actor, params.id, params.customerId); void reply.code(204); });

  app.get('/customers/:id/companies', { schema: { tags, summary: 'Of which companies somebody is', params: IdParams, response: { 200: CustomerCompanies } } },
    async ({ actor, params }) => companies.ofCustomer(actor, params.id));
};
