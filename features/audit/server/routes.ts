import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { AuditFilter, AuditPage, AuditQuery, type AuditLineView } from '../core/contract.ts';
import { COLUMNS, rowsOf } from '../core/rows.ts';
import type { Audit } from './audit.ts';

const tags = ['audit'];

export const auditRoutes = (audit: Audit): Routes => async (app) => {
  app.get('/audit', { schema: { tags, summary: 'Who changed what, newest first (administrators)', querystring: AuditQuery, response: { 200: AuditPage } } },
    async ({ actor, query }) => audit.lines(actor, query));

  app.get('/audit.csv', { config: { fresh: true }, schema: { tags, summary: 'The same as CSV, one row for each change', querystring: AuditFilter, produces: ['text/csv'] } },
    async ({ actor, query }, reply) => {
      const pages = audit.exported(actor, query);
      // The first page is asked for before the answer begins, so that a refusal is still a refusal.
      const first = await pages.next();
      const csv = stringify({ header: true, escape_formulas: true, bom: true, record_delimiter: 'windows', columns: [...COLUMNS] });
      pipeline(Readable.from(csvRows((first.value as AuditLineView[] | undefined) ?? [], pages)), csv, () => undefined);
      return asDownload(reply, { name: 'audit.csv', contentType: 'text/csv; charset=utf-8; header=present' }).send(csv);
    });
};

async function* csvRows(first: readonly AuditLineView[], pages: AsyncIterable<readonly AuditLineView[]>): AsyncGenerator<string[]> {
  for (const line of first) yield* rowsOf(line);
  for await (const page of pages) for (const line of page) yield* rowsOf(line);
}
