import { z } from 'zod';
import { Id } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { IncidentPage, IncidentQuery, IncidentView, MisdirectionCreate, MisdirectionView } from '../../core/incidents.ts';
import type { Email } from '../email.ts';

export const incidentRoutes = ({ incidents }: Pick<Email, 'incidents'>): Routes => async (app) => {
  const params = z.strictObject({ id: Id, entryId: Id });

  app.get('/tickets/:id/entries/:entryId/misdirection', { schema: { tags: ['mail'], summary: 'Whom a mail reached, and words that ask to delete it', params, response: { 200: MisdirectionView } } },
    async ({ actor, params: { id, entryId } }) => incidents.look(actor, id, entryId));

  app.post('/tickets/:id/entries/:entryId/misdirection', { schema: { tags: ['mail'], summary: 'This mail went to the wrong person: hold what has not left, ask for deletion, record it', params, body: MisdirectionCreate, response: { 201: IncidentView } } },
    async ({ actor, params: { id, entryId }, body }, reply) => reply.code(201).send(await incidents.report(actor, id, entryId, body)));

  app.get('/email/incidents', { schema: { tags: ['mail'], summary: 'Mails that went to the wrong person, newest first', querystring: IncidentQuery, response: { 200: IncidentPage } } },
    async ({ actor, query }) => incidents.list(actor, query));
};
