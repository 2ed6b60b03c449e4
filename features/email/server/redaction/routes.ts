import { z } from 'zod';
import { Id } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { RedactionCreate, RedactionView } from '../../../tickets/core/redaction.ts';
import type { Email } from '../email.ts';

export const redactionRoutes = ({ redaction }: Pick<Email, 'redaction'>): Routes => async (app) => {
  app.post('/tickets/:id/entries/:entryId/redactions', {
    config: { secretBody: true },
    schema: { tags: ['tickets'], summary: 'Take passages and files out of a ticket for good', params: z.strictObject({ id: Id, entryId: Id }), body: RedactionCreate, response: { 201: RedactionView } },
  }, async ({ actor, params, body }, reply) => reply.code(201).send(await redaction.redact(actor, params.id, params.entryId, body)));
};
