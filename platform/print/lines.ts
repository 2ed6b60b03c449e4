import bidiFactory from 'bidi-js';
import { APART, TOGETHER } from './apart.ts';
import type { Drawn, Face, Fonts } from './fonts.ts';

const bidi = bidiFactory();
/** Of one paragraph; a longer one goes on in the next. */
const LONGEST = 4_000;
const MOST_MEASURED = 20_000;

/** Signs in one face and one direction, in the order in which they are drawn from left to right. */
export type Piece = { readonly text: string; readonly face: Face; readonly width: number; /** What it was, where other signs stand for it. */ readonly actual: string | null };
export type Line = { readonly pieces: readonly Piece[]; readonly width: number; readonly isRtl: boolean };

/** Signs that are not seen but turn text around or hide it, and more marks on a letter than any script has. */
export const cleaned = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/gu, '\n').replaceAll('\t', '    ')
  .replaceAll(/[\u2028\u2029\u0085]/gu, '\n').replaceAll(/[\u200B\u200E\u200F\u061C\uFEFF\u00AD\u202A-\u202E\u2060-\u206F\uFFF9-\uFFFB]/gu, '').replaceAll(/[^\P{Cc}\n]/gu, ' ').replaceAll(/(\p{M}{4})\p{M}+/gu, '$1');

const [ISOLATE, ISOLATE_END] = ['\u2068', '\u2069'];
const ISOLATED = /\u2068[^\u2069]*\u2069/gu;
/** Only after what strangers wrote of them is gone. */
const withIsolates = (text: string): string => text.replaceAll(APART, ISOLATE).replaceAll(TOGETHER, ISOLATE_END);

type Sign = Drawn & { readonly level: number };

export function createLines(fonts: Fonts) {
  const widths = new Map<string, number>();

  /** In parts of the size of the letters. */
  function widthOf(face: Face, text: string): number {
    const key = `${face.index} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const width = face.font.layout(text, face.features).advanceWidth / face.font.unitsPerEm;
    if (widths.size > MOST_MEASURED) widths.clear();
    widths.set(key, width);
    return width;
  }

  const grouped = (signs: readonly Sign[]): Sign[][] => {
    const groups: Sign[][] = [];
    for (const sign of signs) {
      const last = groups.at(-1)?.at(-1);
      if (last && last.face === sign.face && last.level === sign.level && (last.instead === undefined) === (sign.instead === undefined)) groups.at(-1)!.push(sign);
      else groups.push([sign]);
    }
    return groups;
  };
  const rawWidth = (signs: readonly Sign[]): number => grouped(signs).reduce((sum, group) => sum + widthOf(group[0]!.face, textOf(group)), 0);

  function signsOf(text: string, levels: Uint8Array): Sign[] {
    const signs: Sign[] = [];
    let at = 0;
    for (const sign of text) {
      if (sign !== ISOLATE && sign !== ISOLATE_END) signs.push({ ...fonts.draw(sign, signs.at(-1)?.face ?? null), level: levels[at]! });
      at += sign.length;
    }
    return signs;
  }

  /** A word that is longer than a line, in pieces that are not. */
  function cutWord(word: readonly Sign[], width: number): Sign[][] {
    const parts: Sign[][] = [[]];
    let used = 0;
    for (const sign of word) {
      const more = widthOf(sign.face, sign.sign);
      if (used + more > width && parts.at(-1)!.length > 0) {
        parts.push([]);
        used = 0;
      }
      parts.at(-1)!.push(sign);
      used += more;
    }
    return parts;
  }

  function broken(signs: readonly Sign[], width: number): Sign[][] {
    const lines: Sign[][] = [[]];
    let used = 0;
    const put = (word: readonly Sign[], wide: number): void => {
      if (used + wide > width && lines.at(-1)!.length > 0) {
        lines.push([]);
        used = 0;
      }
      // A gap at the beginning of a line that went on is none.
      if (lines.length > 1 && lines.at(-1)!.length === 0 && isGap(word[0]!)) return;
      lines.at(-1)!.push(...word);
      used += wide;
    };
    for (const word of words(signs)) {
      const wide = rawWidth(word);
      if (wide <= width || isGap(word[0]!)) put(word, wide);
      else for (const part of cutWord(word, width)) put(part, rawWidth(part));
    }
    return lines;
  }

  function lineOf(signs: readonly Sign[], isRtl: boolean): Line {
    const end = signs.findLastIndex((sign) => !isGap(sign)) + 1;
    const groups = grouped(signs.slice(0, end));
    const pieces = inOrder(groups).map((group) => {
      const text = drawnText(group);
      return { text, face: group[0]!.face, width: widthOf(group[0]!.face, text), actual: group[0]!.instead === undefined ? null : group.map(({ instead }) => instead).join('') };
    });
    return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0), isRtl };
  }

  return {
    /** In lines no wider than that, in parts of the size of the letters. `direction`: where the words say none. */
    *of(text: string, width: number, direction: 'ltr' | 'rtl'): Generator<Line> {
      for (const paragraph of withIsolates(cleaned(text)).split('\n').flatMap(inParts)) {
        const { levels, paragraphs } = bidi.getEmbeddingLevels(paragraph, /\p{L}/u.test(paragraph.replaceAll(ISOLATED, '')) ? 'auto' : direction);
        const isRtl = (paragraphs[0]?.level ?? 0) % 2 === 1;
        for (const signs of broken(signsOf(paragraph, levels), width)) yield lineOf(signs, isRtl);
      }
    },
  };
}

const textOf = (signs: readonly Sign[]): string => signs.map(({ sign }) => sign).join('');
const isGap = ({ sign }: Sign): boolean => /\s/u.test(sign);

function inParts(paragraph: string): string[] {
  if (paragraph.length <= LONGEST) return [paragraph];
  const signs = [...paragraph];
  return Array.from({ length: Math.ceil(signs.length / LONGEST) }, (_, i) => signs.slice(i * LONGEST, (i + 1) * LONGEST).join(''));
}

function* words(signs: readonly Sign[]): Generator<Sign[]> {
  let word: Sign[] = [];
  for (const sign of signs) {
    if (word.length > 0 && isGap(word[0]!) !== isGap(sign)) {
      yield word;
      word = [];
    }
    word.push(sign);
  }
  if (word.length > 0) yield word;
}

/** The shaper turns letters of Arabic around by itself; other signs of that direction are turned here, and mirrored. */
const drawnText = (group: readonly Sign[]): string => {
  if (group[0]!.level % 2 === 0 || group.some(({ sign }) => /\p{Script=Arabic}/u.test(sign) && /\p{L}/u.test(sign))) return textOf(group);
  return group.toReversed().map(({ sign }) => bidi.getMirroredCharacter(sign) ?? sign).join('');
};

/** From left to right (rule L2 of the Unicode bidirectional algorithm). */
function inOrder(groups: readonly Sign[][]): Sign[][] {
  const order = [...groups];
  const highest = Math.max(0, ...order.map(([sign]) => sign!.level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < order.length; from += 1) {
      let to = from;
      while (to < order.length && order[to]![0]!.level >= level) to += 1;
      if (to - from > 1) order.splice(from, to - from, ...order.slice(from, to).toReversed());
      from = to;
    }
  }
  return order;
}
