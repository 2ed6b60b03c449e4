/** Enough of a message to tell; what comes later is quotes of quotes. */
const MAX_LOOKED_AT = 200_000;

const PICTURE = /<img\b(?![^>]{0,500}\b(?:width|height)\s{0,3}=\s{0,3}["']?[01]\b)[^>]{0,500}\b(?:src|data-blocked)\s{0,3}=/iu;
const CELLS = /<t[dh]\b/giu;
const MARKED = /<(?:mark|s|strike|del|sup|sub)\b|<font\b[^>]{0,200}\bcolor\s{0,3}=\s{0,3}(?!\s|["']?(?:#?0{3,6}\b|black\b))/iu;
const COLOURS = /(?:^|[^\w-])(?:background(?:-color)?|color)\s{0,3}:\s{0,3}(#[0-9a-f]{3,8}|rgba?\([^)]{1,40}\)|[a-z]{3,20})/giu;
const NO_COLOURS = new Set(['inherit', 'initial', 'unset', 'transparent', 'black', 'white', 'windowtext', 'window', 'currentcolor', 'none', 'auto', 'gray', 'grey']);

/** Whether a message as a page says more than its text: pictures, tables, colours. Paragraphs, bold words and links do not. */
export function saysMoreThanText(html: string): boolean {
  const page = html.slice(0, MAX_LOOKED_AT);
  if (PICTURE.test(page) || MARKED.test(page)) return true;
  if ((page.match(CELLS)?.length ?? 0) > 1) return true;
  // Style sheets of mail programs colour links.
  const words = page.replace(/<style\b[^<]{0,100000}<\/style>|<a\b[^>]{0,2000}>/giu, '');
  return [...words.matchAll(COLOURS)].some(([, colour = '']) => isColour(colour.toLowerCase()));
}

/** Shades of grey are what mail programs give to everything. */
function isColour(value: string): boolean {
  if (NO_COLOURS.has(value)) return false;
  const parts = value.startsWith('#') ? hexParts(value) : (value.match(/\d{1,3}/gu) ?? []).slice(0, 3).map(Number);
  return parts.length < 3 || Math.max(...parts) - Math.min(...parts) > MIN_DIFFERENCE;
}

const MIN_DIFFERENCE = 24;

const hexParts = (value: string): number[] => {
  const digits = value.slice(1);
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
};
