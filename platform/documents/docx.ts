import { unzipped, zipEntries } from './zip.ts';

/** Bytes of one part, unpacked. */
const MOST_XML = 20 * 1024 * 1024;
const PARTS = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/u;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The words of a docx, a paragraph a line, the body first; null when it is none. */
export function docxText(bytes: Buffer, most: number): string | null {
  const entries = zipEntries(bytes);
  if (!entries.has('word/document.xml')) return null;
  const names = [...entries.keys()].filter((name) => PARTS.test(name)).toSorted((a, b) => Number(b.endsWith('document.xml')) - Number(a.endsWith('document.xml')));
  let text = '';
  for (const name of names) {
    const xml = unzipped(bytes, entries.get(name)!, MOST_XML);
    if (xml) text += `${wordsOf(xml.toString('utf8'), most - text.length)}\n`;
    if (text.length >= most) break;
  }
  return text.slice(0, most);
}

/** Walks the tags once; what stands in `w:t` is said, what was deleted (`w:delText`) is not. */
function wordsOf(xml: string, most: number): string {
  const said: string[] = [];
  let [length, inText] = [0, false];
  for (let at = 0; at < xml.length && length < most;) {
    const open = xml.indexOf('<', at);
    const until = open === -1 ? xml.length : open;
    if (inText && until > at) {
      said.push(unescaped(xml.slice(at, until)));
      length += until - at;
    }
    if (open === -1) break;
    const close = xml.indexOf('>', open);
    if (close === -1) break;
    const tag = xml.slice(open + 1, Math.min(close, open + 40));
    if (/^w:t[\s/>]|^w:t$/u.test(tag)) inText = xml[close - 1] !== '/';
    else if (tag.startsWith('/w:t')) inText = false;
    const gap = gapOf(tag);
    if (gap !== '') said.push(gap);
    length += gap.length;
    at = close + 1;
  }
  return said.join('');
}

const gapOf = (tag: string): string => (tag.startsWith('/w:p') && !/^\/w:p\w/u.test(tag) ? '\n' : /^w:(?:tab|br|cr)\b/u.test(tag) ? ' ' : tag.startsWith('/w:tc') ? ' ' : '');

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/giu, (whole, ten?: string, sixteen?: string, name?: string) => {
    const code = ten === undefined ? sixteen === undefined ? null : Number.parseInt(sixteen, 16) : Number(ten);
    if (code !== null) return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
    return ENTITIES[name ?? ''] ?? whole;
  });
