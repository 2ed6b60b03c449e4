/** A place for a part of what comes in: a JSON pointer in braces, such as {/order/number}. */
const PLACE = /\{(\/[^{}]*)\}/g;

/** What a JSON pointer (RFC 6901) leads to; undefined when it leads nowhere. */
function at(payload: unknown, pointer: string): unknown {
  let here = payload;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** A text with its places filled, `most` characters at most. Lists and objects are put in as JSON; what is not there leaves nothing. */
export const filled = (template: string, payload: unknown, most: number): string =>
  template.replace(PLACE, (_place, pointer: string) => textOf(at(payload, pointer))).slice(0, most).toWellFormed().trim();

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value as number | boolean);
}
