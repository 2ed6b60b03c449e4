import { z } from 'zod';
import type { Routes } from '../../../platform/http/server.ts';
import { IntakePage, IntakeParams, IntakeQuery, IntakeView, IntakeWrite } from '../core/contract.ts';
import type { Intake } from './intake.ts';

const tags = ['intake'];

export const guidedRoutes = (intake: Intake): Routes => async (app) => {
  app.get('/intakes', { schema: { tags, summary: 'What is asked first, by kind of ticket; one page at most', querystring: IntakeQuery, response: { 200: IntakePage } } },
    async ({ actor }) => intake.list(actor));

  app.get('/intakes/:kind', { schema: { tags, summary: 'What is asked first for a kind of ticket', params: IntakeParams, response: { 200: IntakeView } } },
    async ({ actor, params }) => intake.get(actor, params.kind));

  app.put('/intakes/:kind', { schema: { tags, summary: 'Say what is asked first', params: IntakeParams, body: IntakeWrite, response: { 200: IntakeView } } },
    async ({ actor, params, body }) => intake.put(actor, params.kind, body));

  app.delete('/intakes/:kind', { schema: { tags, summary: 'Ask nothing first', params: IntakeParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await intake.remove(actor, params.kind); void reply.code(204); });
};
