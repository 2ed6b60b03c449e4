import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Routes, Section } from '../../../platform/http/server.ts';
import { FacePage, FaceView, MOST_FACE_BYTES } from '../core/contract.ts';
import type { People } from './people.ts';

/** What people look like. */
export const faceRoutes = (people: People): Routes => async (app) => {
  const tags = ['people'];
  app.get('/faces', { schema: { tags, summary: 'Who shows a face, and where it is', querystring: PageQuery, response: { 200: FacePage } } },
    async ({ actor, query }) => people.faces(actor, query));

  app.post('/me/face', { bodyLimit: MOST_FACE_BYTES + 1, schema: { tags: ['me'], summary: 'Show a face: the bytes of a JPEG or PNG', response: { 201: FaceView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return people.showFace(actor, Buffer.isBuffer(body) ? body : Buffer.alloc(0)); });

  app.delete('/me/face', { schema: { tags: ['me'], summary: 'Show no face any more', response: { 204: z.void() } } },
    async ({ actor }, reply) => { await people.removeFace(actor, actor.id); void reply.code(204); });

  app.delete('/people/:id/face', { schema: { tags, summary: 'Take somebody\'s face away', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await people.removeFace(actor, params.id); void reply.code(204); });
};

/** `/faces/…`: for whoever has the address; a picture and nothing else, whatever its bytes are. */
export const faceSection = (people: Pick<People, 'faceAt'>): Section => ({
  prefix: '/faces',
  routes: async (app) => {
    app.get('/:token', { schema: { hide: true, params: z.object({ token: z.string().max(100) }) } }, async ({ params }, reply) => {
      const face = await people.faceAt(params.token);
      if (!face) throw new AppError('not_found', 'face.not_found', 'There is no such picture.');
      return reply.headers({
        'cache-control': 'public, max-age=86400', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'", 'cross-origin-resource-policy': 'cross-origin',
      }).type(face.contentType).send(face.bytes);
    });
  },
});
