import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/errors.ts';
import { isStorable } from '../http/bodies.ts';

export type Upload = { readonly name: string; readonly bytes: Uint8Array };
/** What a form with files brings: its fields, and the files that were chosen, whichever field they stood in. */
export type FormWithFiles = { readonly fields: Readonly<Record<string, string>>; readonly files: readonly Upload[] };

const MOST_PARTS = 60;
/** What stands before a field or a file: its name and its type. */
const MOST_PART_HEAD_BYTES = 4_096;
/** As browsers say it, and nothing that could be read in two ways. */
const BOUNDARY = /^multipart\/form-data;\s*(?:charset=utf-8;\s*)?boundary=(?:"([\w'()+,./:=?-]{1,70})"|([\w'()+./:=?-]{1,70}))$/i;

/** Forms with files, on the pages of `app` alone; `bodyLimit` in bytes holds for all of it together. */
export function parseFormsWithFiles(app: FastifyInstance, bodyLimit: number): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit }, (request: FastifyRequest, body: unknown) => readForm(body as Buffer, request.headers['content-type'] ?? ''));
}

async function readForm(body: Buffer, contentType: string): Promise<FormWithFiles> {
  const [, quoted, bare] = BOUNDARY.exec(contentType.trim()) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) throw new AppError('invalid', 'request.bad_form', 'This is not what a form sends.');
  checkShape(body, boundary);
  const parts = await new Response(new Uint8Array(body), { headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` } }).formData().then((form) => [...form], () => null);
  if (parts === null) throw new AppError('invalid', 'request.bad_form', 'This is not what a form sends.');
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

/** Before it is taken apart, which stops the server for seconds when there are a hundred thousand parts or lines of headers. */
function checkShape(body: Buffer, boundary: string): void {
  const border = `--${boundary}`;
  let parts = 0;
  for (let at = body.indexOf(border); at !== -1; at = body.indexOf(border, at + border.length)) {
    parts += 1;
    // The last border closes the form.
    if (parts > MOST_PARTS + 1) throw new AppError('invalid', 'request.bad_form', `A form has ${MOST_PARTS} fields at most.`);
    const after = body.subarray(at + border.length, at + border.length + MOST_PART_HEAD_BYTES);
    if (after.length === MOST_PART_HEAD_BYTES && !after.includes('\r\n\r\n')) throw new AppError('invalid', 'request.bad_form', 'The head of a field is too long.');
  }
}
