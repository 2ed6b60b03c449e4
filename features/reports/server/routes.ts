import type { Routes } from '../../../platform/http/server.ts';
import { TodayView } from '../core/contract.ts';
import type { Reports } from './reports.ts';

export const reportRoutes = (reports: Reports): Routes => async (app) => {
  app.get('/reports/today', { schema: { tags: ['reports'], summary: 'Today in and out, oldest waiting, load per person', response: { 200: TodayView } } },
    async ({ actor }) => reports.today(actor));
};
