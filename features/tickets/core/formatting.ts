/** Enough of a message to tell; what comes later is quotes of quotes. */
const MAX_LOOKED_AT = 200_000;
const MAX_TAG = 2_000;

const DOT = /\b(?:width|height)\s{0,3}=\s{0,3}["']?[01]\b/iu;
const SOURCE = /\b(?:src|data-blocked)\s{0,3}=/iu;
const BLACK = /\bcolor\s{0,3}=\s{0,3}["']?(?:#?0{3,6}\b|black\b)/iu;
const COLOURS = /(?:^|[^\w-])(?:background(?:-color)?|color)\s{0,3}:\s{0,3}(#[0-9a-f]{3,8}|rgba?\([^)]{1,40}\)|[a-z]{3,20})/giu;
const NO_COLOURS = new Set(['inherit', 'initial', 'unset', 'transparent', 'black', 'white', 'windowtext', 'window', 'currentcolor', 'none', 'auto', 'gray', 'grey']);
const STROKES = new Set(['mark', 's', 'strike', 'del', 'sup', 'sub']);
/** Shades of grey are what mail programs give to everything. */
const MIN_DIFFERENCE = 24;

/** Whether a message as a page says more than its text: pictures, tables, colours. Paragraphs, bold words and links do not. */
export function saysMoreThanText(html: string): boolean {
  const page = html.slice(0, MAX_LOOKED_AT);
  let cells = 0;
  for (let open = page.indexOf('<'); open !== -1;) {
    const end = page.indexOf('>', open);
    if (end === -1) return false;
    const tag = page.slice(open + 1, Math.min(end, open + MAX_TAG));
    const name = /^[a-z]{1,10}/iu.exec(tag)?.[0].toLowerCase() ?? '';
    if (name === 'td' || name === 'th') cells += 1;
    if (cells > 1 || isMore(name, tag)) return true;
    open = page.indexOf('<', end);
  }
  return false;
}

function isMore(name: string, tag: string): boolean {
  if (name === 'img') return SOURCE.test(tag) && !DOT.test(tag);
  if (STROKES.has(name)) return true;
  if (name === 'font' && /\bcolor\s{0,3}=/iu.test(tag) && !BLACK.test(tag)) return true;
  // Mail programs colour links.
  return name !== 'a' && [...tag.matchAll(COLOURS)].some(([, colour = '']) => isColour(colour.toLowerCase()));
}

function isColour(value: string): boolean {
  if (NO_COLOURS.has(value)) return false;
  const parts = value.startsWith('#') ? hexParts(value) : (value.match(/\d{1,3}/gu) ?? []).slice(0, 3).map(Number);
  return parts.length < 3 || Math.max(...parts) - Math.min(...parts) > MIN_DIFFERENCE;
}

const hexParts = (value: string): number[] => {
  const digits = value.slice(1);
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
};
