import { z } from 'zod';
import { Id, IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  CustomerCreate, CustomerNoteCreate, CustomerNotePage, CustomerNoteView, CustomerPage, CustomerPatch, CustomerQuery, CustomerView, IdentityCreate,
} from '../core/contract.ts';
import type { Customers } from './customers.ts';

const tags = ['customers'];

export const customerRoutes = (customers: Customers): Routes => async (app) => {
  app.get('/customers', { schema: { tags, summary: 'Customers, by name, address or number', querystring: CustomerQuery, response: { 200: CustomerPage } } },
    async ({ actor, query }) => customers.list(actor, query));

  app.post('/customers', { schema: { tags, summary: 'Make a customer known', body: CustomerCreate, response: { 201: CustomerView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return customers.create(actor, body); });

  app.get('/customers/:id', { schema: { tags, summary: 'One customer', params: IdParams, response: { 200: CustomerView } } },
    async ({ actor, params }) => customers.get(actor, params.id));

  app.patch('/customers/:id', { schema: { tags, summary: 'Change name, language or own agent', params: IdParams, body: CustomerPatch, response: { 200: CustomerView } } },
    async ({ actor, params, body }) => customers.change(actor, params.id, body));

  app.post('/customers/:id/identities', { schema: { tags, summary: 'Add an address or a number', params: IdParams, body: IdentityCreate, response: { 201: CustomerView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return customers.addIdentity(actor, params.id, body); });

  app.delete('/customers/:id/identities/:identityId',
    { schema: { tags, summary: 'Remove an address or a number', params: z.strictObject({ id: Id, identityId: Id }), response: { 200: CustomerView } } },
    async ({ actor, params }) => customers.removeIdentity(actor, params.id, params.identityId));

  app.get('/customers/:id/notes', { schema: { tags, summary: 'Notes on a customer, newest first', params: IdParams, querystring: PageQuery, response: { 200: CustomerNotePage } } },
    async ({ actor, params, query }) => customers.notes(actor, params.id, query));

  app.post('/customers/:id/notes', { schema: { tags, summary: 'Write a note on a customer', params: IdParams, body: CustomerNoteCreate, response: { 201: CustomerNoteView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return customers.addNote(actor, params.id, body.text); });

  app.delete('/customers/:id/notes/:noteId',
    { schema: { tags, summary: 'Remove a note', params: z.strictObject({ id: Id, noteId: Id }), response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await customers.removeNote(actor, params.id, params.noteId); void reply.code(204); });
};
