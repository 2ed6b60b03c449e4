/** A tag as it stands in HTML, however broken; `end` is where reading goes on. */
export type Tag = { readonly name: string; readonly closes: boolean; readonly attributes: string; readonly end: number };

/** Their content is not meant to be read. */
const UNREADABLE = /^(?:script|style|title|textarea|select|template|xmp|noscript|iframe|noembed|noframes|audio|video|svg|math)$/;
const NAME = /\/?[a-z][a-z0-9:]{0,20}/iy;

/** Reads the tags of a text one after the other; each character is looked at a bounded number of times. */
export function createTags(html: string) {
  // What was looked for in vain once is not there further on either.
  const missing = new Set<string>();

  function find(what: string, from: number): number {
    const at = missing.has(what) ? -1 : html.indexOf(what, from);
    if (at === -1) missing.add(what);
    return at;
  }

  const after = (what: string, from: number): number => {
    const at = find(what, from);
    return at === -1 ? html.length : at + what.length;
  };

  function endOfTag(from: number): number {
    if (html[from] === '>') return from + 1;
    let at = from;
    for (let quotes = 0; quotes < 100; quotes++) {
      const end = find('>', at);
      if (end === -1) return html.length;
      const opened = /=\s{0,5}(["'])/.exec(html.slice(at, Math.min(end, at + 5_000)));
      if (!opened) return end + 1;
      const close = find(opened[1]!, at + opened.index + opened[0].length);
      // A quote that is never closed is none.
      if (close === -1 || close - at > 20_000) return end + 1;
      at = close + 1;
    }
    return after('>', at);
  }

  return {
    nextOpening: (from: number): number => find('<', from),
    /** The tag that begins at `open`; null when that `<` is only a character. */
    read(open: number): Tag | null {
      if (html.startsWith('<!--', open)) return { name: '', closes: false, attributes: '', end: after('-->', open + 4) };
      if (html[open + 1] === '!' || html[open + 1] === '?') return { name: '', closes: false, attributes: '', end: after('>', open) };
      NAME.lastIndex = open + 1;
      const found = NAME.exec(html)?.[0].toLowerCase();
      if (found === undefined) return null;
      const closes = found.startsWith('/');
      const name = closes ? found.slice(1) : found;
      const end = endOfTag(open + 1 + found.length);
      if (!closes && UNREADABLE.test(name)) return { name: '', closes: false, attributes: '', end: after('>', Math.max(end, closing(name, end))) };
      return { name, closes, attributes: html.slice(open + 1 + found.length, Math.min(end - 1, open + 4_000)), end };
    },
  };

  function closing(name: string, from: number): number {
    if (missing.has(name)) return html.length;
    const pattern = new RegExp(`</${name}`, 'giu');
    pattern.lastIndex = from;
    const at = pattern.exec(html)?.index;
    if (at === undefined) missing.add(name);
    return at ?? html.length;
  }
}

const valueOf = (name: string): RegExp => new RegExp(`(?:^|[\\s"'])${name}\\s{0,5}=\\s{0,5}(?:"([^"]{0,2000})|'([^']{0,2000})|([^\\s>"']{1,2000}))`, 'iu');
const VALUES = { href: valueOf('href'), id: valueOf('id'), class: valueOf('class'), name: valueOf('name'), style: valueOf('style'), 'data-marker': valueOf('data-marker'), fairemail: valueOf('fairemail'), 'data-signature-widget': valueOf('data-signature-widget') };
export type Attribute = keyof typeof VALUES;

/** The value of an attribute, as it was written. */
export function attributeOf(attributes: string, name: Attribute): string {
  const found = VALUES[name].exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}
