import { IdParams } from '../../../kernel/contract.ts';
import { sendCsv } from '../../../platform/http/csv.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { ImportPage, ImportPatch, ImportPreview, ImportQuery, ImportRun, ImportsQuery, ImportView } from '../core/contract.ts';
import type { Imports } from './imports.ts';

const tags = ['imports'];

export const importRoutes = (imports: Imports): Routes => async (app) => {
  app.get('/imports', { schema: { tags, summary: 'What was brought in, the latest first', querystring: ImportsQuery, response: { 200: ImportPage } } },
    async ({ actor, query }) => imports.list(actor, query));

  app.post('/imports', { schema: { tags, summary: 'A table or a mailbox from elsewhere: its bytes; nothing moves yet', querystring: ImportQuery, response: { 201: ImportView } } },
    async ({ actor, query, body }, reply) => { void reply.code(201); return imports.upload(actor, query, Buffer.isBuffer(body) ? body : Buffer.alloc(0)); });

  app.get('/imports/:id', { schema: { tags, summary: 'How far it is', params: IdParams, response: { 200: ImportView } } },
    async ({ actor, params }) => imports.get(actor, params.id));

  app.patch('/imports/:id', { schema: { tags, summary: 'How the file is read, before it runs', params: IdParams, body: ImportPatch, response: { 200: ImportView } } },
    async ({ actor, params, body }) => imports.change(actor, params.id, body));

  app.get('/imports/:id/preview', { schema: { tags, summary: 'The first rows, and what they would become', params: IdParams, response: { 200: ImportPreview } } },
    async ({ actor, params }) => imports.preview(actor, params.id));

  app.post('/imports/:id/run', { schema: { tags, summary: 'Look at every row, or bring them in', params: IdParams, body: ImportRun, response: { 202: ImportView } } },
    async ({ actor, params, body }, reply) => { void reply.code(202); return imports.run(actor, params.id, body); });

  app.delete('/imports/:id/run', { schema: { tags, summary: 'Stop; it can go on from there', params: IdParams, response: { 200: ImportView } } },
    async ({ actor, params }) => imports.stop(actor, params.id));

  app.post('/imports/:id/undo', { schema: { tags, summary: 'Take back what it made and changed, as far as nobody has changed it since', params: IdParams, response: { 202: ImportView } } },
    async ({ actor, params }, reply) => { void reply.code(202); return imports.undo(actor, params.id); });

  app.get('/imports/:id/faults.csv', { schema: { tags, summary: 'The rows that failed, and why', params: IdParams, produces: ['text/csv'] } },
    async ({ actor, params }, reply) => sendCsv(reply, 'faults.csv', imports.faults(actor, params.id)));
};
