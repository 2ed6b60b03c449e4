import { type Charset, decodeString, LATIN } from './pdf-charset.ts';

export type Fonts = ReadonlyMap<string, Charset>;
type FormOf = (name: string) => { readonly content: string; readonly fonts: Fonts } | null;

/** One step of drawing: a string, an array of them, a name or a number, and then what is done with them. */
const STEP = /\((?:[^()\\]|\\[\s\S])*\)|<[\da-f\s]*>|\[|\]|\/[^\s()<>[\]{}/%]+|[-+]?\d*\.?\d+|[A-Za-z'"*]+/giu;
const MOST_GIVEN = 4_000;
const MOST_FORMS = 3;
/** In heights of a letter: a gap as wide is seen as a space, a step as high as another line. */
const SPACE = 0.15;
const LINE = 0.4;

/** Where the pen is, and what is said so far. */
type Pen = { font: Charset; size: number; x: number; y: number; /** Where the last string ended; null where its font does not say how wide it is. */ end: number | null; lineX: number; lineY: number; leading: number; /** How much larger all is drawn than the font says. */ scale: number };

/** What a page's drawing says, in the order in which it is drawn; `formOf`: drawings within it. */
export function drawn(content: string, fonts: Fonts, most: number, formOf: FormOf, depth = 0): string {
  const said: string[] = [];
  const pen: Pen = { font: LATIN, size: 12, x: 0, y: 0, end: 0, lineX: 0, lineY: 0, leading: 0, scale: 1 };
  let [length, given] = [0, [] as string[]];
  const say = (text: string): void => {
    said.push(text);
    length += text.length;
  };
  const within = (names: readonly string[]): string => {
    const form = formOf(names.at(-1)?.slice(1) ?? '');
    return form ? `\n${drawn(form.content, form.fonts, most - length, formOf, depth + 1)}\n` : '';
  };
  for (const [step] of content.matchAll(STEP)) {
    if (length >= most) break;
    if (!/^[A-Za-z'"*]/u.test(step)) {
      if (given.length < MOST_GIVEN) given.push(step);
      continue;
    }
    if (step === 'Tf') choose(pen, fonts, given);
    else if (step === 'Do' && depth < MOST_FORMS) say(within(given));
    else say(written(pen, step, given));
    given = [];
  }
  return said.join('');
}

const SHOWS: ReadonlySet<string> = new Set(['Tj', 'TJ', "'", '"']);

const written = (pen: Pen, step: string, given: readonly string[]): string =>
  `${step in MOVED ? moved(pen, step, given.map(Number)) : ''}${SHOWS.has(step) ? shown(pen, given) : step === 'ET' ? '\n' : ''}`;

function choose(pen: Pen, fonts: Fonts, given: readonly string[]): void {
  pen.font = fonts.get(given.findLast((one) => one.startsWith('/'))?.slice(1) ?? '') ?? LATIN;
  pen.size = Math.abs(Number(given.at(-1))) || 12;
}

/** Puts the pen elsewhere; what that looks like: the same word, a space, or another line. */
function moved(pen: Pen, step: string, given: readonly number[]): string {
  MOVED[step]?.(pen, given);
  return step === 'BT' || step === 'TL' ? '' : gapTo(pen);
}

type Numbers = readonly number[];
const nextLine = (pen: Pen): void => { pen.lineY -= pen.leading * pen.scale; };
function along(pen: Pen, given: Numbers): void {
  const [x = 0, y = 0] = given.slice(-2);
  pen.lineX += x * pen.scale;
  pen.lineY += y * pen.scale;
}

const MOVED: Readonly<Record<string, (pen: Pen, given: Numbers) => void>> = {
  BT: (pen) => { Object.assign(pen, { scale: 1, lineX: 0, lineY: 0 }); },
  Tm: (pen, given) => { Object.assign(pen, { scale: scaleOf(given), lineX: given.at(-2) ?? 0, lineY: given.at(-1) ?? 0 }); },
  Td: along,
  TD: (pen, given) => { pen.leading = -(given.at(-1) ?? 0); along(pen, given); },
  TL: (pen, given) => { pen.leading = given.at(-1) ?? 0; },
  'T*': nextLine, "'": nextLine, '"': nextLine,
};

/** How high a matrix of six makes what is drawn. */
const scaleOf = (matrix: readonly number[]): number => Math.abs(matrix.at(-3) ?? 1) || 1;

function gapTo(pen: Pen): string {
  const { x, y, end, lineX, lineY } = pen;
  const size = pen.size * pen.scale;
  [pen.x, pen.y] = [lineX, lineY];
  if (Math.abs(lineY - y) > LINE * size) return '\n';
  if (end === null) return lineX === x ? '' : ' ';
  return lineX - end > SPACE * size || lineX < x - SPACE * size ? ' ' : '';
}

function shown(pen: Pen, given: readonly string[]): string {
  let [text, advance] = ['', 0];
  for (const one of given) {
    if (one.startsWith('(') || one.startsWith('<')) {
      const piece = decodeString(one, pen.font);
      text += piece.text;
      advance += piece.advance;
    } else if (Number.isFinite(Number(one))) {
      if (-Number(one) / 1_000 > SPACE) text += ' ';
      advance -= Number(one);
    }
  }
  const begins = pen.end !== null && pen.end > pen.x && pen.lineX === pen.x ? pen.end : pen.x;
  pen.end = pen.font.advances === null ? null : begins + advance / 1_000 * pen.size * pen.scale;
  return text;
}
