/** Styles of strangers: looks survive, whatever fetches, moves out of its place or hides behind an escape does not. */

const PROPERTIES = new Set((
  'background background-color border border-collapse border-color border-radius border-spacing border-style border-width ' +
  'box-sizing caption-side clear color direction display empty-cells float height letter-spacing line-height list-style ' +
  'list-style-position list-style-type margin max-height max-width min-height min-width object-fit opacity outline overflow ' +
  'overflow-wrap padding table-layout text-align text-decoration text-decoration-color text-decoration-line text-indent ' +
  'text-overflow text-transform unicode-bidi vertical-align visibility white-space width word-break word-spacing word-wrap ' +
  'font font-family font-size font-style font-variant font-weight'
).split(' '));
const SIDED = /^(?:border-(?:top|right|bottom|left)(?:-(?:color|style|width|left-radius|right-radius))?|(?:margin|padding)-(?:top|right|bottom|left|inline|block)(?:-start|-end)?)$/u;
const FUNCTIONS = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'calc', 'min', 'max', 'clamp', 'linear-gradient', 'radial-gradient']);
const MAX_VALUE = 400;
const MAX_DECLARATIONS = 100;
const MAX_SHEET = 200_000;
const MAX_RULES = 2_000;

/** The harmless declarations of a `style` attribute or of a rule. Linear in its length. */
export function safeDeclarations(css: string): string {
  const kept: string[] = [];
  for (const declaration of splitTopLevel(withoutComments(css.slice(0, MAX_SHEET)), ';')) {
    if (kept.length === MAX_DECLARATIONS) break;
    const colon = declaration.indexOf(':');
    if (colon < 1) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if ((PROPERTIES.has(property) || SIDED.test(property)) && safeValue(value)) kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}

/** Whether a style would fetch something, so that a reader can be told that it was left out. */
export const fetches = (css: string): boolean => /url\s*\(/iu.test(css.slice(0, MAX_SHEET));

function safeValue(value: string): boolean {
  if (value === '' || value.length > MAX_VALUE || !/^[\p{L}\p{N}\s#%.,()'"!/*+\-_]+$/u.test(value)) return false;
  for (const [, name = ''] of value.matchAll(/([\p{L}\p{N}_-]*)\(/gu)) {
    if (name !== '' && !FUNCTIONS.has(name.toLowerCase())) return false;
  }
  return count(value, '(') === count(value, ')') && count(value, '"') % 2 === 0 && count(value, "'") % 2 === 0;
}

/** The harmless rules of `<style>` blocks; of at-rules only `@media` about sizes. */
export function safeSheet(css: string): string {
  return rules(withoutComments(css.slice(0, MAX_SHEET).replace(/<!--|-->/gu, '')), true, { left: MAX_RULES });
}

function rules(css: string, mayNest: boolean, budget: { left: number }): string {
  let safe = '';
  let at = 0;
  while (budget.left > 0) {
    const open = css.indexOf('{', at);
    if (open === -1) break;
    const close = matching(css, open);
    const head = css.slice(css.lastIndexOf(';', open) >= at ? css.lastIndexOf(';', open) + 1 : at, open).trim();
    const body = css.slice(open + 1, close);
    budget.left -= 1;
    if (!head.startsWith('@')) safe += rule(head, body);
    else if (mayNest && /^@media[\w\s():.,-]{1,200}$/iu.test(head) && !/prefers-/iu.test(head)) {
      const inner = rules(body, false, budget);
      if (inner !== '') safe += `${head}{${inner}}`;
    }
    at = close + 1;
  }
  return safe;
}

function rule(selector: string, body: string): string {
  if (!/^[\p{L}\p{N}\s.#,:>+~*()[\]="'_-]{1,1000}$/u.test(selector)) return '';
  const declarations = safeDeclarations(body);
  return declarations === '' ? '' : `${selector}{${declarations}}`;
}

/** The end of the block that opens at `open`; the end of the text when it is never closed. */
function matching(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}' && --depth === 0) return at;
  }
  return css.length;
}

function withoutComments(css: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const open = css.indexOf('/*', at);
    if (open === -1) return kept + css.slice(at);
    const close = css.indexOf('*/', open + 2);
    kept += `${css.slice(at, open)} `;
    if (close === -1) return kept;
    at = close + 2;
  }
}

/** Splits outside of quotes and brackets. */
function* splitTopLevel(text: string, separator: string): Generator<string> {
  let start = 0;
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (sign === separator && depth === 0) {
      yield text.slice(start, at);
      start = at + 1;
    }
  }
  yield text.slice(start);
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
