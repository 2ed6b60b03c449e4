const RAW = /^(?:script|style|title|textarea|template)$/u;
const BREAK = /^\/?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|pre|hr|section|article)$/u;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', zwnj: '', shy: '' };

/** The words of any HTML, however broken or deep: one pass, no tree. For markup that no parser should be asked to read. */
export function bareText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    parts.push(html.slice(at, open === -1 ? html.length : open));
    if (open === -1) break;
    const name = /^\/?[a-z][a-z0-9]{0,15}/iu.exec(html.slice(open + 1, open + 18))?.[0].toLowerCase() ?? '';
    if (BREAK.test(name)) parts.push('\n');
    at = endOfTag(html, open, name);
  }
  return decode(parts.join('')).replace(/[ \t]+/gu, ' ').replace(/ ?\n[ \n]*/gu, '\n').trim();
}

function endOfTag(html: string, open: number, name: string): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open + 4);
  if (RAW.test(name)) {
    const closing = new RegExp(`</${name}[^>]{0,100}>`, 'giu');
    closing.lastIndex = open;
    return closing.exec(html) ? closing.lastIndex : html.length;
  }
  return name === '' && !html.startsWith('<!', open) ? open + 1 : after(html, '>', open);
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from);
  return found === -1 ? html.length : found + end.length;
}

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
