import { AppError } from '../../../kernel/errors.ts';
import type { Routes } from '../../../platform/http/server.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { ChallengeView, MAX_FILES_BYTES, RequestCreate, RequestReceived, RequestSettings } from '../core/contract.ts';
import type { Requests } from './requests.ts';

const tags = ['requests'];
/** Files come as base64. */
const BODY_LIMIT = Math.ceil(MAX_FILES_BYTES * 1.4) + 256 * 1024;

export const requestRoutes = (requests: Requests, workspaces: Pick<Workspaces, 'at'>): Routes => async (app) => {
  async function workspaceOf({ host }: { host: string }) {
    const workspace = await workspaces.at(host.toLowerCase());
    if (!workspace) throw new AppError('not_found', 'site.not_found', 'Nobody shows pages under this host.');
    return workspace;
  }

  app.post('/requests', { config: { public: true }, bodyLimit: BODY_LIMIT, schema: { tags, summary: 'Write to the company without having signed in', body: RequestCreate, response: { 202: RequestReceived } } },
    async (request, reply) => {
      const { id, language, brand } = await workspaceOf(request);
      const { body } = request;
      const files = body.files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
      const received = await requests.fileForStranger(id, { ...body, language: body.language ?? language, files }, { address: request.ip, userAgent: '', brand });
      return reply.code(202).send(received);
    });

  app.get('/requests/challenge', { config: { public: true }, schema: { tags, summary: 'Work to do before writing while very much is coming in', response: { 200: ChallengeView } } },
    async (request) => requests.challenge((await workspaceOf(request)).id));

  app.get('/request-settings', { schema: { tags, summary: 'How customers see their own requests', response: { 200: RequestSettings } } },
    async ({ actor }) => requests.showSettings(actor));

  app.put('/request-settings', { schema: { tags, summary: 'Change how customers see their own requests', body: RequestSettings, response: { 200: RequestSettings } } },
    async ({ actor, body }) => requests.changeSettings(actor, body));
};
