// What is used of libraries that bring no types.

declare module 'bidi-js' {
  export type Levels = { readonly levels: Uint8Array; readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[] };
  type Bidi = { getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): Levels; getMirroredCharacter(char: string): string | null };
  export default function bidi(): Bidi;
}

declare module 'fontkit' {
  type Command = { readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'; readonly args: readonly number[] };
  export type Glyph = { readonly id: number; readonly codePoints: readonly number[]; readonly advanceWidth: number; readonly path: { readonly commands: readonly Command[]; readonly bbox: { readonly minX: number } } };
  /** The parts of a font file that is being made. */
  export type Subset = {
    _addGlyph(id: number): void;
    loca: { version: number; readonly offsets: number[] };
    readonly glyf: Uint8Array[];
    readonly hmtx: { readonly metrics: { advance: number; bearing: number }[] };
    offset: number;
  };
  type Features = Readonly<Record<string, boolean>>;
  type Place = { readonly xAdvance: number; readonly yAdvance: number; readonly xOffset: number; readonly yOffset: number };
  export type Run = { readonly advanceWidth: number; readonly glyphs: readonly Glyph[]; readonly positions: readonly Place[] };
  export type Font = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string, features: Features): Run;
    getGlyph(id: number, codePoints?: readonly number[]): Glyph;
    createSubset(): Subset;
  };
  export function create(bytes: Uint8Array): Font;
}

declare module 'pdfkit' {
  import type { Font } from 'fontkit';

  export type Struct = { add(child: () => void): Struct; end(): void };
  type Options = {
    readonly pdfVersion: string; readonly tagged: boolean; readonly lang: string; readonly displayTitle: boolean; readonly autoFirstPage: boolean; readonly font: Font;
    readonly info: Readonly<Record<string, string | Date>>;
  };
  type TextOptions = { readonly lineBreak: false; readonly baseline: 'alphabetic'; readonly features: Readonly<Record<string, boolean>>; readonly fill: boolean; readonly stroke: boolean };
  export default class PDFDocument {
    constructor(options: Options);
    on(event: 'data', listener: (part: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    addPage(options: { readonly size: string; readonly margin: number }): this;
    registerFont(name: string, font: Font): this;
    font(name: string, size: number): this;
    text(text: string, x: number, y: number, options: TextOptions): this;
    lineWidth(width: number): this;
    fillColor(colour: string): this;
    strokeColor(colour: string): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    stroke(): this;
    image(bytes: Uint8Array, x: number, y: number, options: { readonly width: number; readonly height: number }): this;
    struct(type: string, options?: { readonly alt?: string }): Struct;
    addStructure(struct: Struct): this;
    markContent(tag: string, options?: { readonly actual?: string; readonly type?: string }): this;
    endMarkedContent(): this;
    end(): void;
  }
}
