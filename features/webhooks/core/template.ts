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

/** Deeper than this is nothing that anybody would read. */
const MOST_DEPTH = 20;

/** A text with its places filled, `most` characters at most. Lists and objects are put in as JSON; what is not there, or nested beyond reading, leaves nothing. */
export function filled(template: string, payload: unknown, most: number): string {
  let length = 0;
  const text = template.replace(PLACE, (_place, pointer: string) => {
    const part = length < most ? textOf(at(payload, pointer)) : '';
    length += part.length;
    return part;
  });
  return text.slice(0, most).toWellFormed().trim();
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value as number | boolean);
  return isDeep(value) ? '' : JSON.stringify(value, null, 2);
}

/** Level by level, since whoever sent it chose how deep it is. */
function isDeep(value: object): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) as unknown[] : []));
  }
  return false;
}
