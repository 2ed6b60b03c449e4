import { z } from 'zod';
import { Id, IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  CustomerCreate, CustomerFlags, CustomerMergeCreate, CustomerMerged, CustomerMergePage, CustomerNoteCreate, CustomerNotePage, CustomerNotePatch, CustomerNoteQuery, CustomerNoteView, CustomerPage, CustomerPatch,
  CustomerQuery, CustomerView, FlagParams, FlagPut, FlagReviewPage, FlagView, IdentityCreate, LikenessPage, LikenessParams, LikenessQuery,
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

  const ofNote = z.strictObject({ id: Id, noteId: Id });
  app.get('/customers/:id/notes', { schema: { tags, summary: 'Notes on a customer, newest first', params: IdParams, querystring: CustomerNoteQuery, response: { 200: CustomerNotePage } } },
    async ({ actor, params, query }) => customers.notes(actor, params.id, query));

  app.post('/customers/:id/notes', { schema: { tags, summary: 'Write a note on a customer', params: IdParams, body: CustomerNoteCreate, response: { 201: CustomerNoteView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return customers.addNote(actor, params.id, body); });

  app.patch('/customers/:id/notes/:noteId', { schema: { tags, summary: 'Let a note open by itself, or no longer', params: ofNote, body: CustomerNotePatch, response: { 200: CustomerNoteView } } },
    async ({ actor, params, body }) => customers.changeNote(actor, params.id, params.noteId, body));

  app.delete('/customers/:id/notes/:noteId', { schema: { tags, summary: 'Remove a note', params: ofNote, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await customers.removeNote(actor, params.id, params.noteId); void reply.code(204); });

  app.get('/customers/:id/merges', { schema: { tags, summary: 'Records that were merged into this one, the latest first', params: IdParams, querystring: PageQuery, response: { 200: CustomerMergePage } } },
    async ({ actor, params, query }) => customers.merges(actor, params.id, query));

  app.post('/customers/:id/merges', { schema: { tags, summary: 'Merge into another record of the same person; DELETE /merges/:id undoes it', params: IdParams, body: CustomerMergeCreate, response: { 201: CustomerMerged } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return { id: await customers.merge(actor, params.id, body.into) }; });

  app.get('/customers/likenesses', { schema: { tags, summary: 'Records that may be of one person, and why', querystring: LikenessQuery, response: { 200: LikenessPage } } },
    async ({ actor, query }) => customers.likenesses(actor, query));

  app.put('/customers/:id/likenesses/:to/separation', { schema: { tags, summary: 'Two records are of two people; they are not proposed again', params: LikenessParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await customers.keepApart(actor, params.id, params.to); void reply.code(204); });

  app.delete('/customers/:id/likenesses/:to/separation', { schema: { tags, summary: 'Ask again whether two records are of one person', params: LikenessParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await customers.askAgain(actor, params.id, params.to); void reply.code(204); });

  app.get('/customers/flag-reviews', { schema: { tags, summary: 'What is said of people and was to be looked at again by today (leads)', querystring: PageQuery, response: { 200: FlagReviewPage } } },
    async ({ actor, query }) => customers.flagReviews(actor, query));

  app.get('/customers/:id/flags', { schema: { tags, summary: 'What one has to know of a person', params: IdParams, response: { 200: CustomerFlags } } },
    async ({ actor, params }) => customers.flags(actor, params.id));

  app.put('/customers/:id/flags/:flag', { schema: { tags, summary: 'Say it of a person, or say it anew', params: FlagParams, body: FlagPut, response: { 200: FlagView } } },
    async ({ actor, params, body }) => customers.setFlag(actor, params.id, params.flag, body));

  app.delete('/customers/:id/flags/:flag', { schema: { tags, summary: 'It is so no longer (of what is sensitive: leads)', params: FlagParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await customers.removeFlag(actor, params.id, params.flag); void reply.code(204); });
};
