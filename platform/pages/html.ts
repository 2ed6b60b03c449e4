import { escapeHtml } from '../html/escape.ts';
import { safeLink } from '../html/url.ts';

/** Finished HTML, made by `html` or vouched for by `raw`; nothing else gets into a page unescaped. */
export class Html {
  readonly text: string;
  constructor(text: string) { this.text = text; }
}

export type Value = string | number | boolean | null | undefined | Html | readonly Value[];
type Place = 'text' | 'attribute' | 'link' | 'tag';

export const NOTHING = new Html('');

/** For HTML that a sanitiser of ours has written, and for nothing else. */
export const raw = (clean: string): Html => new Html(clean);

/**
 * A piece of a page. Every value is text: between tags and in quoted attributes it is escaped, in an attribute that leads
 * somewhere an address that could run a script leads nowhere. Nested pieces and arrays of them stand as they are; null,
 * undefined and booleans are nothing. Where a value would not be safe the template throws, the first time it is used.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const places = placesOf(strings);
  let text = strings[0]!;
  for (let i = 0; i < values.length; i += 1) text += written(values[i], places[i]!) + strings[i + 1]!;
  return new Html(text);
}

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Attributes that may be there or not: `<input ${attributes({ required, value })}>`. True is the bare name; false and null are nothing. */
export function attributes(given: Attributes): Html {
  let text = '';
  for (const [name, value] of Object.entries(given)) {
    if (!/^[a-z][a-z-]*$/.test(name) || name.startsWith('on') || name === 'style') throw new Error(`"${name}" is no attribute for a page without script`);
    if (value === null || value === undefined || value === false) continue;
    text += value === true ? ` ${name}` : ` ${name}="${escapeHtml(LINKS.has(name) ? link(String(value)) : String(value))}"`;
  }
  return new AttributeList(text.trimStart());
}

class AttributeList extends Html {}

function written(value: Value, place: Place): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (place === 'tag') {
    if (value instanceof AttributeList) return value.text;
    throw new Error('Inside a tag only attributes({ … }) can stand, or a quoted value.');
  }
  if (typeof value === 'string') return escapeHtml(place === 'link' ? link(value) : value);
  if (typeof value === 'number') return String(value);
  if (place !== 'text') throw new Error('The value of an attribute is text.');
  return value instanceof Html ? value.text : value.map((one) => written(one, 'text')).join('');
}

/** Addresses of our own pages are left as they are; others must be such as a stranger's mail may lead to. */
function link(given: string): string {
  if (/^(?:\/(?![/\\])|#|\?)[^\p{Cc}\\]*$/u.test(given)) return given;
  return safeLink(given) ?? '#';
}

const LINKS = new Set(['href', 'src', 'action', 'formaction', 'poster', 'cite']);
/** Scripts, styles and documents of their own; nameless: the value does not begin where its quotes do. */
const NEVER = new Set(['', 'style', 'srcdoc']);
const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const before = known.get(strings);
  if (before) return before;
  const reader = new Reader();
  const places = strings.slice(0, -1).map((piece) => { reader.read(piece); return reader.place(); });
  known.set(strings, places);
  return places;
}

/** Knows where in the markup one stands. It reads our own templates, not what strangers write. */
class Reader {
  private state: 'text' | 'tag' | '"' | "'" = 'text';
  private tag = '';
  private done = '';

  read(piece: string): void {
    for (const sign of piece) this.take(sign);
  }

  private take(sign: string): void {
    if (this.state === 'text') {
      if (sign === '<') { this.state = 'tag'; this.tag = ''; }
    } else if (this.state === 'tag') {
      this.tag += sign;
      if (sign === '"' || sign === "'") this.state = sign;
      else if (sign === '>') { this.state = 'text'; this.done = /^[a-z]+/i.exec(this.tag)?.[0].toLowerCase() ?? ''; }
    } else if (sign === this.state) {
      this.state = 'tag';
      this.tag += sign;
    }
  }

  place(): Place {
    if (this.state === 'text') return this.betweenTags();
    if (this.state === 'tag') return this.insideTag();
    const name = /([^\s"'=<>]+)=["']$/.exec(this.tag)?.[1]?.toLowerCase() ?? '';
    if (name.startsWith('on') || NEVER.has(name)) throw new Error(`No value can stand in the attribute "${name}".`);
    return LINKS.has(name) ? 'link' : 'attribute';
  }

  private betweenTags(): Place {
    if (this.done === 'script' || this.done === 'style') throw new Error(`No value can stand in <${this.done}>.`);
    return 'text';
  }

  private insideTag(): Place {
    if (this.tag.startsWith('!') || !/\s$/.test(this.tag)) throw new Error('Quote the values of attributes.');
    return 'tag';
  }
}
