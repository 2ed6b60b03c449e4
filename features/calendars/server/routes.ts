import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  CalendarCreate, CalendarPage, CalendarPatch, CalendarView, Countries, DayCreate, DayList, DayParams, DayPatch, DaysQuery, DayView, DueRequest, DueView, HoldingQuery, HoldingView, MeasurementRequest,
  MeasurementView, OpeningQuery, OpeningView, PlaceCreate, PlaceList, PlaceView,
} from '../core/contract.ts';
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

  app.get('/calendars/:id/days', { schema: { tags, summary: 'The days of a year on which the week does not hold', params: IdParams, querystring: DaysQuery, response: { 200: DayList } } },
    async ({ actor, params, query }) => calendars.days.list(actor, params.id, query.year));

  app.post('/calendars/:id/days', { schema: { tags, summary: 'Add a day of one\'s own', params: IdParams, body: DayCreate, response: { 201: DayView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return calendars.days.add(actor, params.id, body); });

  app.patch('/calendars/:id/days/:dayId', { schema: { tags, summary: 'Change or move a day, or restore a public one', params: DayParams, body: DayPatch, response: { 200: DayView } } },
    async ({ actor, params, body }) => calendars.days.change(actor, params.id, params.dayId, body));

  app.delete('/calendars/:id/days/:dayId', { schema: { tags, summary: 'Remove a day; a public one is worked as any other', params: DayParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await calendars.days.remove(actor, params.id, params.dayId); void reply.code(204); });

  app.get('/calendar-countries', { schema: { tags, summary: 'Countries, states and regions whose public holidays are known', response: { 200: Countries } } },
    async ({ actor }) => calendars.countries(actor));

  app.get('/calendar-places', { schema: { tags, summary: 'Where calendars hold, the most particular first', response: { 200: PlaceList } } },
    async ({ actor }) => calendars.places.places(actor));

  app.post('/calendar-places', { schema: { tags, summary: 'Set a calendar for teams, an office, a brand or a channel', body: PlaceCreate, response: { 201: PlaceView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return calendars.places.addPlace(actor, body); });

  app.get('/calendar-places/holding', { schema: { tags, summary: 'Which calendar holds for a team, a channel or a mailbox', querystring: HoldingQuery, response: { 200: HoldingView } } },
    async ({ actor, query }) => calendars.places.holding(actor, query));

  app.put('/calendar-places/:id', { schema: { tags, summary: 'Replace where a calendar holds', params: IdParams, body: PlaceCreate, response: { 200: PlaceView } } },
    async ({ actor, params, body }) => calendars.places.replacePlace(actor, params.id, body));

  app.delete('/calendar-places/:id', { schema: { tags, summary: 'What is more general holds there again', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await calendars.places.removePlace(actor, params.id); void reply.code(204); });
};
