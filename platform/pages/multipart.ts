import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/errors.ts';
import { isStorable } from '../http/bodies.ts';

export type Upload = { readonly name: string; readonly bytes: Uint8Array };
/** What a form with files brings: its fields, and the files that were chosen, whichever field they stood in. */
export type FormWithFiles = { readonly fields: Readonly<Record<string, string>>; readonly files: readonly Upload[] };

const MOST_PARTS = 60;

/** Forms with files, on the pages of `app` alone; `bodyLimit` in bytes holds for all of it together. */
export function parseFormsWithFiles(app: FastifyInstance, bodyLimit: number): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit }, (request: FastifyRequest, body: unknown) => readForm(body as Buffer, request.headers['content-type'] ?? ''));
}

async function readForm(body: Buffer, contentType: string): Promise<FormWithFiles> {
  const parts = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData().then((form) => [...form], () => null);
  if (parts === null) throw new AppError('invalid', 'request.bad_form', 'This is not what a form sends.');
  if (parts.length > MOST_PARTS) throw new AppError('invalid', 'request.bad_form', `A form has ${MOST_PARTS} fields at most.`);
  const fields: Record<string, string> = {};
  const files: Upload[] = [];
  for (const [name, value] of parts) {
    if (typeof value === 'string') fields[name] = value.replace(/\r\n?/g, '\n');
    // A field in which nothing was chosen comes as a file without a name.
    else if (value.name !== '' || value.size > 0) files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  if (!isStorable([fields, files.map(({ name }) => name)])) {
    throw new AppError('invalid', 'request.bad_text', 'A text holds a NUL character or half of a surrogate pair, which cannot be kept; leave it out.');
  }
  return { fields, files };
}
