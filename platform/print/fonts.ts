import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font, type Glyph, type Run } from 'fontkit';
import { keepIn } from '../../kernel/bounded.ts';
import { glyphOutline } from './outline.ts';

const FILES = [
  ...['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'].map((part) => `inter/files/inter-${part}-wght-normal.woff2`),
  ...['arabic', 'symbols', 'math'].map((part) => `noto-sans-arabic/files/noto-sans-arabic-${part}-wght-normal.woff2`),
];
/** Stands for what no font has. */
const STAND_INS = ['\uFFFD', '\u25A1', '?'];
/** What joins letters and sets marks in their places is on by itself. Inter's play with arrows and times signs looks at every sign's neighbours, which takes most of the time. */
const PLAIN = { kern: true, calt: false };
const JOINED = { kern: true };
const LATIN = 7;
/** Words come again and again. */
const MOST_KEPT = 4_000;

/** No font has as many glyphs. */
const FIRST_NUMBER = 70_000;

export type Face = { readonly font: Font; readonly index: number; readonly features: Readonly<Record<string, boolean>> };
/** A sign as it is drawn, and in which face; and what it was, where another stands for it. */
export type Drawn = { readonly sign: string; readonly face: Face; readonly instead?: string };

/** The fonts of the app itself, each opened when a sign of it is needed. */
export function openFonts() {
  const opened = new Map<number, Face>();
  const chosen = new Map<number, Drawn>();

  function faceAt(index: number): Face {
    const known = opened.get(index);
    if (known) return known;
    const path = fileURLToPath(import.meta.resolve(`@fontsource-variable/${FILES[index]!}`));
    const face = { font: embeddable(create(readFileSync(path))), index, features: index < LATIN ? PLAIN : JOINED };
    opened.set(index, face);
    return face;
  }

  const having = (codePoint: number): Face | null => {
    for (let index = 0; index < FILES.length; index += 1) if (faceAt(index).font.hasGlyphForCodePoint(codePoint)) return faceAt(index);
    return null;
  };
  const standIn = (instead: string): Drawn => {
    const sign = STAND_INS.find((one) => faceAt(0).font.hasGlyphForCodePoint(one.codePointAt(0)!))!;
    return { sign, face: faceAt(0), instead };
  };

  return {
    first: faceAt(0),
    /** Marks, joiners and gaps stay with what they stand beside, where that face has them. */
    draw(sign: string, before: Face | null): Drawn {
      const codePoint = sign.codePointAt(0)!;
      if (before && /[\p{M}\p{Cf}\s]/u.test(sign) && before.font.hasGlyphForCodePoint(codePoint)) return { sign, face: before };
      const known = chosen.get(codePoint);
      if (known) return known;
      const face = having(codePoint);
      const drawn = face ? { sign, face } : standIn(sign);
      chosen.set(codePoint, drawn);
      return drawn;
    },
  };
}

export type Fonts = ReturnType<typeof openFonts>;

/**
 * What the libraries do not do for such fonts. Glyphs are taken over as the file has them, which for woff2 are no outlines yet: each is written
 * anew, its parts put together. And a glyph stands for one sign alone, though letters of Arabic share theirs and differ by dots: for each sign
 * it gets a number of its own, so that what is copied or read aloud is what was written.
 */
function embeddable(font: Font): Font {
  const [met, laidOut, subsetOf] = [font.getGlyph.bind(font), font.layout.bind(font), font.createSubset.bind(font)];
  const bySigns = new Map<string, Glyph>();
  const numbers = new Map<string, number>();
  const real = new Map<number, number>();
  const nameOf = (id: number, codePoints: readonly number[]): string => `${id} ${codePoints.join(' ')}`;

  font.getGlyph = (id, codePoints = []) => {
    const name = nameOf(id, codePoints);
    const known = bySigns.get(name);
    if (known) return known;
    const glyph = Object.create(met(real.get(id) ?? id), { codePoints: { value: codePoints } }) as Glyph;
    bySigns.set(name, glyph);
    return glyph;
  };

  function numbered(glyph: Glyph): Glyph {
    const name = nameOf(glyph.id, glyph.codePoints);
    const number = numbers.get(name) ?? (real.has(glyph.id) ? FIRST_NUMBER + real.size : glyph.id);
    numbers.set(name, number);
    real.set(number, glyph.id);
    return number === glyph.id ? glyph : Object.create(glyph, { id: { value: number } }) as Glyph;
  }
  const kept = new Map<string, Run>();
  font.layout = (text, features) => {
    const run = kept.get(text) ?? keptRun(laidOut(text, features));
    keepIn(kept, text, run, MOST_KEPT);
    // Whoever asks changes the places.
    return { ...run, positions: run.positions.map((place) => ({ ...place })) };
  };
  const keptRun = ({ glyphs, positions, advanceWidth }: Run): Run => ({ glyphs: glyphs.map(numbered), positions: positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({ xAdvance, yAdvance, xOffset, yOffset })), advanceWidth });

  font.createSubset = () => {
    const subset = subsetOf();
    subset._addGlyph = (id) => {
      const glyph = font.getGlyph(id);
      const { bytes, left } = glyphOutline(glyph.path.commands);
      // Offsets of four bytes.
      subset.loca.version = 1;
      subset.loca.offsets.push(subset.offset);
      subset.glyf.push(bytes);
      subset.hmtx.metrics.push({ advance: glyph.advanceWidth, bearing: left });
      subset.offset += bytes.length;
    };
    return subset;
  };
  return font;
}
