import type { Routes } from '../../../platform/http/server.ts';
import { WorkspacePatch, WorkspaceView } from '../core/contract.ts';
import type { Workspaces } from './workspaces.ts';

export const workspaceRoutes = (workspaces: Workspaces): Routes => async (app) => {
  app.get('/workspace', {
    schema: { tags: ['workspace'], summary: 'The workspace of the signed-in person', response: { 200: WorkspaceView } },
  }, async ({ actor }) => workspaces.show(actor));

  app.patch('/workspace', {
    schema: { tags: ['workspace'], summary: 'Change name, language or time zone', body: WorkspacePatch, response: { 200: WorkspaceView } },
  }, async ({ actor, body }) => workspaces.change(actor, body));
};
