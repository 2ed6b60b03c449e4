import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { CalendarCreate, CalendarPage, CalendarPatch, CalendarView, DueRequest, DueView, MeasurementRequest, MeasurementView, OpeningQuery, OpeningView } from '../core/contract.ts';
import type { Calendars } from './calendars.ts';

const tags = ['calendars'];

export const calendarRoutes = (calendars: Calendars): Routes => async (app) => {
  app.get('/calendars', { schema: { tags, summary: 'Calendars by name', querystring: PageQuery, response: { 200: CalendarPage } } },
    async ({ actor, query }) => calendars.list(actor, query));

  app.post('/calendars', { schema: { tags, summary: 'Make a calendar', body: CalendarCreate, response: { 201: CalendarView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return calendars.create(actor, body); });

  app.get('/calendars/:id', { schema: { tags, summary: 'One calendar', params: IdParams, response: { 200: CalendarView } } },
    async ({ actor, params }) => calendars.get(actor, params.id));

  app.patch('/calendars/:id', { schema: { tags, summary: 'Change a calendar', params: IdParams, body: CalendarPatch, response: { 200: CalendarView } } },
    async ({ actor, params, body }) => calendars.change(actor, params.id, body));

  app.delete('/calendars/:id', { schema: { tags, summary: 'Remove a calendar that nothing is counted by', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await calendars.remove(actor, params.id); void reply.code(204); });

  app.post('/calendars/:id/due', { schema: { tags, summary: 'When so much working time has passed, and why', params: IdParams, body: DueRequest, response: { 200: DueView } } },
    async ({ actor, params, body }) => calendars.due(actor, params.id, body));

  app.post('/calendars/:id/measurements', { schema: { tags, summary: 'How much working time lies between two moments', params: IdParams, body: MeasurementRequest, response: { 200: MeasurementView } } },
    async ({ actor, params, body }) => calendars.measure(actor, params.id, body));

  app.get('/calendars/:id/opening', { schema: { tags, summary: 'Whether it is open, and when it opens next', params: IdParams, querystring: OpeningQuery, response: { 200: OpeningView } } },
    async ({ actor, params, query }) => calendars.opening(actor, params.id, query.at));
};
