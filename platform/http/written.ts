import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { itemOf } from '../../kernel/contract.ts';
import { isLasting } from '../../kernel/lasting.ts';

type Route = Parameters<typeof serializerCompiler>[0];
type Write = (data: unknown) => string;

/** What lasts, as it was written by each schema of an answer. */
const texts = new WeakMap<z.ZodType, WeakMap<object, string>>();

function textsBy(schema: z.ZodType): WeakMap<object, string> {
  const known = texts.get(schema);
  if (known) return known;
  const fresh = new WeakMap<object, string>();
  texts.set(schema, fresh);
  return fresh;
}

function writing(route: Route, schema: z.ZodType): Write {
  const write = serializerCompiler({ ...route, schema }) as Write;
  const written = textsBy(schema);
  return (data) => {
    if (!isLasting(data)) return write(data);
    const known = written.get(data);
    if (known !== undefined) return known;
    const text = write(data);
    written.set(data, text);
    return text;
  };
}

/** Nothing but what the contract of an answer says leaves; what lasts, alone or on a page, is held to it once. */
export function writtenByContract(route: Route): Write {
  const schema = route.schema as z.ZodType;
  const write = writing(route, schema);
  const item = itemOf(schema);
  if (!item) return write;
  const writeItem = writing(route, item);
  return (data) => {
    const page = data as { readonly items?: unknown; readonly nextCursor?: unknown };
    const isPage = Array.isArray(page.items) && (page.nextCursor === null || typeof page.nextCursor === 'string');
    return isPage && (page.items as unknown[]).some(isLasting) ? `{"items":[${(page.items as unknown[]).map(writeItem).join()}],"nextCursor":${JSON.stringify(page.nextCursor)}}` : write(data);
  };
}
