import { IdParams } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import {
  DecisionCreate, DecisionView, QuarantineCount, QuarantineDetail, QuarantinePage, QuarantineQuery, QuarantineSettings,
} from '../../core/quarantine-contract.ts';
import type { Quarantine } from './quarantine.ts';

export const quarantineRoutes = ({ quarantine }: { quarantine: Quarantine }): Routes => async (app) => {
  app.get('/email/quarantine', { schema: { tags: ['mail'], summary: 'Messages that were held back, newest first', querystring: QuarantineQuery, response: { 200: QuarantinePage } } },
    async ({ actor, query }) => quarantine.list(actor, query));

  app.get('/email/quarantine/count', { schema: { tags: ['mail'], summary: 'How many messages wait in the quarantine', response: { 200: QuarantineCount } } },
    async ({ actor }) => quarantine.count(actor));

  app.get('/email/quarantine/settings', { schema: { tags: ['mail'], summary: 'Who looks after the quarantine, and how long it is kept', response: { 200: QuarantineSettings } } },
    async ({ actor }) => quarantine.settings(actor));

  app.put('/email/quarantine/settings', { schema: { tags: ['mail'], summary: 'Say who looks after the quarantine, and how long it is kept', body: QuarantineSettings, response: { 200: QuarantineSettings } } },
    async ({ actor, body }) => quarantine.configure(actor, body));

  app.get('/email/quarantine/:id', { schema: { tags: ['mail'], summary: 'A message that was held back, as plain text', params: IdParams, response: { 200: QuarantineDetail } } },
    async ({ actor, params }) => quarantine.get(actor, params.id));

  app.post('/email/quarantine/decisions', { schema: { tags: ['mail'], summary: 'Release or discard messages, or all that match', body: DecisionCreate, response: { 200: DecisionView } } },
    async ({ actor, body }) => quarantine.decide(actor, body));

  app.delete('/email/quarantine/decisions/:id', { schema: { tags: ['mail'], summary: 'Take a decision back', params: IdParams, response: { 200: DecisionView } } },
    async ({ actor, params }) => quarantine.undo(actor, params.id));
};
