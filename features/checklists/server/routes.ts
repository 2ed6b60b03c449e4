import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  ChecklistCreate, ChecklistPage, ChecklistView, ItemCreate, ItemParams, ItemPatch, ListParams, TemplateCreate, TemplatePage, TemplatePatch, TemplateQuery, TemplateView,
} from '../core/contract.ts';
import type { Checklists } from './checklists.ts';

const tags = ['checklists'];
const none = { 204: z.void() };

export const checklistRoutes = (checklists: Checklists): Routes => async (app) => {
  const { templates } = checklists;

  app.get('/checklist-templates', { schema: { tags, summary: 'Templates of checklists by name', querystring: TemplateQuery, response: { 200: TemplatePage } } },
    async ({ actor, query }) => templates.list(actor, query));

  app.post('/checklist-templates', { schema: { tags, summary: 'Keep a checklist for the next time (leads)', body: TemplateCreate, response: { 201: TemplateView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return templates.create(actor, body); });

  app.patch('/checklist-templates/:id', { schema: { tags, summary: 'Change a template (leads); lists that began as it stay', params: IdParams, body: TemplatePatch, response: { 200: TemplateView } } },
    async ({ actor, params, body }) => templates.change(actor, params.id, body));

  app.delete('/checklist-templates/:id', { schema: { tags, summary: 'Remove a template (leads)', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await templates.remove(actor, params.id); void reply.code(204); });

  app.get('/tickets/:id/checklists', { schema: { tags, summary: 'What is to be done on a ticket', params: IdParams, querystring: PageQuery, response: { 200: ChecklistPage } } },
    async ({ actor, params, query }) => checklists.list(actor, params.id, query));

  app.post('/tickets/:id/checklists', { schema: { tags, summary: 'Add a checklist, from a template or of one\'s own', params: IdParams, body: ChecklistCreate, response: { 201: ChecklistView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return checklists.add(actor, params.id, body); });

  app.delete('/tickets/:id/checklists/:listId', { schema: { tags, summary: 'Remove a checklist', params: ListParams, response: none } },
    async ({ actor, params }, reply) => { await checklists.remove(actor, params.id, params.listId); void reply.code(204); });

  app.post('/tickets/:id/checklists/:listId/items', { schema: { tags, summary: 'Add an item', params: ListParams, body: ItemCreate, response: { 201: ChecklistView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return checklists.addItem(actor, params.id, params.listId, body); });

  app.patch('/tickets/:id/checklists/:listId/items/:itemId', { schema: { tags, summary: 'It is done, or is said otherwise', params: ItemParams, body: ItemPatch, response: { 200: ChecklistView } } },
    async ({ actor, params, body }) => checklists.changeItem(actor, params.id, params.listId, params.itemId, body));

  app.delete('/tickets/:id/checklists/:listId/items/:itemId', { schema: { tags, summary: 'Remove an item', params: ItemParams, response: none } },
    async ({ actor, params }, reply) => { await checklists.removeItem(actor, params.id, params.listId, params.itemId); void reply.code(204); });
};
