import { sendCsv } from '../../../platform/http/csv.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { AuditFilter, AuditPage, AuditQuery, type AuditLineView } from '../core/contract.ts';
import { COLUMNS, rowsOf } from '../core/rows.ts';
import type { Audit } from './audit.ts';

const tags = ['audit'];

export const auditRoutes = (audit: Audit): Routes => async (app) => {
  app.get('/audit', { schema: { tags, summary: 'Who changed what, newest first (administrators)', querystring: AuditQuery, response: { 200: AuditPage } } },
    async ({ actor, query }) => audit.lines(actor, query));

  app.get('/audit.csv', { config: { fresh: true }, schema: { tags, summary: 'The same as CSV, one row for each change', querystring: AuditFilter, produces: ['text/csv'] } },
    async ({ actor, query }, reply) => sendCsv(reply, 'audit.csv', tableOf(audit.exported(actor, query))));
};

async function* tableOf(pages: AsyncGenerator<readonly AuditLineView[]>): AsyncGenerator<string[][], void> {
  // Asked for before the heads are given away: whoever may not is refused.
  const first = await pages.next();
  yield [[...COLUMNS], ...((first.value as AuditLineView[] | undefined) ?? []).flatMap(rowsOf)];
  for await (const page of pages) yield page.flatMap(rowsOf);
}
