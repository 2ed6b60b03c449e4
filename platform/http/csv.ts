import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { asDownload } from './server.ts';

/**
 * Rows as a file for spreadsheets, the heads first; no faster than it is read, and no longer than somebody listens. The first part is
 * asked for before the answer begins, so that a refusal is still a refusal.
 */
export async function sendCsv(reply: FastifyReply, name: string, parts: AsyncGenerator<readonly (readonly string[])[], void>): Promise<FastifyReply> {
  const first = await parts.next();
  const csv = stringify({ escape_formulas: true, bom: true, record_delimiter: 'windows' });
  pipeline(Readable.from(rowsOf(first.value ?? [], parts)), csv, () => undefined);
  return asDownload(reply, { name, contentType: 'text/csv; charset=utf-8; header=present' }).send(csv);
}

async function* rowsOf(first: readonly (readonly string[])[], parts: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<readonly string[]> {
  yield* first;
  for await (const part of parts) yield* part;
}
