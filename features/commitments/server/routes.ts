import { z } from 'zod';
import { IdParams } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  CommitmentCounts, CommitmentCreate, CommitmentFigures, CommitmentPage, CommitmentPatch, CommitmentQuery, CommitmentView, FiguresQuery, Keeping, LetterRequest, LetterView,
  Renegotiation, Withdrawal,
} from '../core/contract.ts';
import type { Commitments } from './commitments.ts';

const tags = ['commitments'];

export const commitmentRoutes = (commitments: Commitments): Routes => async (app) => {
  const one = { params: IdParams, response: { 200: CommitmentView } };

  app.get('/commitments', { schema: { tags, summary: 'Promises to customers, those due first at the top', querystring: CommitmentQuery, response: { 200: CommitmentPage } } },
    async ({ actor, query }) => commitments.list(actor, query));

  app.post('/commitments', { schema: { tags, summary: 'Promise something', body: CommitmentCreate, response: { 201: CommitmentView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return commitments.make(actor, body); });

  app.get('/commitments/counts', { schema: { tags, summary: 'How many of one\'s own promises are open', response: { 200: CommitmentCounts } } },
    async ({ actor }) => commitments.counts(actor));

  app.get('/commitments/:id', { schema: { tags, summary: 'One promise', ...one } },
    async ({ actor, params }) => commitments.get(actor, params.id));

  app.patch('/commitments/:id', { schema: { tags, summary: 'Say it in other words, or give it to somebody else', body: CommitmentPatch, ...one } },
    async ({ actor, params, body }) => commitments.change(actor, params.id, body));

  app.delete('/commitments/:id', { schema: { tags, summary: 'Withdraw what should not have been promised', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await commitments.withdraw(actor, params.id, { note: '', by: 'colleague' }); void reply.code(204); });

  app.post('/commitments/:id/keeping', { schema: { tags, summary: 'It is done', body: Keeping, ...one } },
    async ({ actor, params, body }) => commitments.keep(actor, params.id, body.note));

  app.post('/commitments/:id/withdrawal', { schema: { tags, summary: 'It is needed no more', body: Withdrawal, ...one } },
    async ({ actor, params, body }) => commitments.withdraw(actor, params.id, body));

  app.post('/commitments/:id/renegotiation', { schema: { tags, summary: 'Promise another date instead', params: IdParams, body: Renegotiation, response: { 201: CommitmentView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return commitments.renegotiate(actor, params.id, body); });

  app.post('/commitments/:id/letters', { schema: { tags, summary: 'Words for the customer about another date; nothing is sent', params: IdParams, body: LetterRequest, response: { 200: LetterView } } },
    async ({ actor, params, body }) => commitments.letter(actor, params.id, body));

  app.get('/commitment-figures', { schema: { tags, summary: 'Promises kept in time, by team and kind (leads)', querystring: FiguresQuery, response: { 200: CommitmentFigures } } },
    async ({ actor, query }) => commitments.figures(actor, query));
};
