import type { Routes } from '../../../platform/http/server.ts';
import { IntakeView } from '../core/intake-contract.ts';
import { demand } from '../../people/core/permissions.ts';

/** Whether there is room for what comes in, as the process that is asked sees it. */
export const intakeRoutes = ({ fullSince }: { fullSince: () => Date | null }): Routes => async (app) => {
  app.get('/email/intake', { schema: { tags: ['mail'], summary: 'Whether mail can come in', response: { 200: IntakeView } } }, async ({ actor }) => {
    demand(actor, 'mailboxes.manage');
    return { fullSince: fullSince()?.toISOString() ?? null };
  });
};
