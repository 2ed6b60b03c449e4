import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { NoticePage, NoticeQuery, PreferencesPut, PreferencesView, PushDeviceCreate, PushDevicePatch, PushDeviceView, PushView, ReadMarks, UnreadView } from '../core/contract.ts';
import { MeanwhilePage } from '../core/meanwhile.ts';
import type { Notifications } from './notifications.ts';

const tags = ['me'];

export const notificationRoutes = (notifications: Notifications): Routes => async (app) => {
  app.get('/me/notices', { schema: { tags, summary: 'What one was told, newest first', querystring: NoticeQuery, response: { 200: NoticePage } } },
    async ({ actor, query: { unread, limit, cursor } }) => notifications.list(actor, { unread: unread === '1', limit, cursor }));

  app.get('/me/notices/unread', { schema: { tags, summary: 'How much of it is unread', response: { 200: UnreadView } } },
    async ({ actor }) => ({ unread: await notifications.unread(actor) }));

  app.put('/me/notices/read', { schema: { tags, summary: 'It was read', body: ReadMarks, response: { 200: UnreadView } } },
    async ({ actor, body }) => ({ unread: await notifications.markRead(actor, body) }));

  app.get('/me/notices/preferences', { schema: { tags, summary: 'How one is told of what', response: { 200: PreferencesView } } },
    async ({ actor }) => notifications.preferences(actor));

  app.put('/me/notices/preferences', { schema: { tags, summary: 'Be told in another way', body: PreferencesPut, response: { 200: PreferencesView } } },
    async ({ actor, body }) => notifications.prefer(actor, body));

  app.get('/me/absences/:id/tickets', { schema: { tags, summary: 'What happened on one’s own tickets while one was away, the most urgent first', params: IdParams, querystring: PageQuery, response: { 200: MeanwhilePage } } },
    async ({ actor, params, query }) => notifications.meanwhile(actor, params.id, query));

  app.get('/me/push', { schema: { tags, summary: 'The browsers in which one is told of news', response: { 200: PushView } } },
    async ({ actor }) => notifications.devices.show(actor));

  app.post('/me/push/devices', { schema: { tags, summary: 'Be told in this browser', body: PushDeviceCreate, response: { 201: PushDeviceView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return notifications.devices.add(actor, body); });

  app.patch('/me/push/devices/:id', { schema: { tags, summary: 'What may be shown there', params: IdParams, body: PushDevicePatch, response: { 200: PushDeviceView } } },
    async ({ actor, params, body }) => notifications.devices.change(actor, params.id, body));

  app.delete('/me/push/devices/:id', { schema: { tags, summary: 'Be told there no more', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await notifications.devices.remove(actor, params.id); void reply.code(204); });
};
