import { z } from 'zod';
import { IdParams } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { SharedDraftChange, SharedDraftCreate, SharedDraftPage, SharedDraftView } from '../core/shared-draft.ts';
import type { Tickets } from './tickets.ts';

const tags = ['tickets'];
const none = { 204: z.void() };

/** `tellLookers`: at once, to who has the ticket open, as the log hears of it only now and then. */
export const sharedDraftRoutes = (tickets: Tickets, tellLookers: (workspaceId: string, ticketId: string) => void): Routes => async (app) => {
  app.get('/tickets/:id/shared-drafts', { schema: { tags, summary: 'Drafts of replies that others share with me, and mine', params: IdParams, response: { 200: SharedDraftPage } } },
    async ({ actor, params }) => ({ items: await tickets.sharedDrafts(actor, params.id), nextCursor: null }));

  app.post('/tickets/:id/shared-drafts', { schema: { tags, summary: 'Share the draft of a reply', params: IdParams, body: SharedDraftCreate, response: { 201: SharedDraftView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return tickets.shareDraft(actor, params.id, body); });

  app.get('/shared-drafts/:id', { schema: { tags, summary: 'A shared draft', params: IdParams, response: { 200: SharedDraftView } } },
    async ({ actor, params }) => tickets.sharedDraft(actor, params.id));

  app.put('/shared-drafts/:id', { schema: { tags, summary: 'Write on at a shared draft', params: IdParams, body: SharedDraftChange, response: { 200: SharedDraftView } } },
    async ({ actor, params, body }) => {
      const draft = await tickets.changeSharedDraft(actor, params.id, body);
      tellLookers(actor.workspaceId, draft.ticketId);
      return draft;
    });

  app.put('/shared-drafts/:id/discarding', { schema: { tags, summary: 'Put a shared draft away (can be brought back)', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.setDraftDiscarded(actor, params.id, true); void reply.code(204); });

  app.delete('/shared-drafts/:id/discarding', { schema: { tags, summary: 'Bring a shared draft back', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.setDraftDiscarded(actor, params.id, false); void reply.code(204); });
};
