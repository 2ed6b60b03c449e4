import PDFDocument, { type Struct } from 'pdfkit';
import { openFonts, type Face } from './fonts.ts';
import { cleaned, createLines, type Line } from './lines.ts';
import type { Block, Paper } from './paper.ts';
import { pictureOf } from './picture.ts';

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89, margin: 50 };
const WIDTH = PAGE.width - 2 * PAGE.margin;
/** As wide as labels of facts may be. */
const LABELS = 130;
const FOOT = PAGE.height - PAGE.margin;
const INK = '#1d1b18';
const FAINT = '#6b665e';
const STYLES = {
  title: { size: 16, leading: 22, above: 0, bold: true, colour: INK, tag: 'H1' }, heading: { size: 9.5, leading: 14, above: 14, bold: true, colour: INK, tag: 'H2' },
  text: { size: 10, leading: 15, above: 2, bold: false, colour: INK, tag: 'P' }, small: { size: 8, leading: 12, above: 2, bold: false, colour: FAINT, tag: 'P' },
} as const;
type Style = (typeof STYLES)[keyof typeof STYLES];
const MOST_PAGES = 400;
const TALLEST_PICTURE = 320;
/** Of all pictures together that have to be unpacked, which all lie in memory at once. */
const MOST_UNPACKED = 32_000_000;

/** The whole document: PDF 1.7, tagged, its language and title said. */
export function drawPaper(paper: Paper): Promise<Buffer> {
  const fonts = openFonts();
  const lines = createLines(fonts);
  const doc = new PDFDocument({
    pdfVersion: '1.7', tagged: true, lang: paper.language, displayTitle: true, autoFirstPage: false, font: fonts.first.font,
    info: { Title: cleaned(paper.title), Creator: 'Rapport', Producer: 'Rapport', CreationDate: paper.madeAt },
  });
  const parts: Uint8Array[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part) => parts.push(part));
    doc.on('error', reject);
    doc.on('end', () => resolve(Buffer.concat(parts)));
  });
  let [page, y, unpacked] = [0, 0, 0];

  function turn(): void {
    doc.addPage({ size: 'A4', margin: 0 });
    page += 1;
    y = PAGE.margin;
    doc.markContent('Artifact', { type: 'Pagination' });
    for (const line of lines.of(`${paper.footer} · ${page}`, WIDTH / STYLES.small.size, paper.direction)) draw(line, { ...STYLES.small, baseline: PAGE.height - 28, asPage: true });
    doc.endMarkedContent();
  }

  const known = new Set<string>();
  function named({ index, font }: Face): string {
    const name = `face ${index}`;
    if (!known.has(name)) doc.registerFont(name, font);
    known.add(name);
    return name;
  }

  type Place = Pick<Style, 'size' | 'bold' | 'colour'> & { readonly baseline: number; readonly from?: number; readonly room?: number; /** As the page reads, whatever the words do. */ readonly asPage?: boolean };
  function draw({ pieces, width, isRtl }: Line, { size, bold, colour, baseline, from = PAGE.margin, room: wide = WIDTH, asPage = false }: Place): void {
    let x = (asPage ? paper.direction === 'rtl' : isRtl) ? from + wide - width * size : from;
    doc.fillColor(colour).strokeColor(colour).lineWidth(size * 0.03);
    for (const piece of pieces) {
      // Copied and read aloud as what it was, where no font has the sign.
      if (piece.actual !== null) doc.markContent('Span', { actual: piece.actual });
      doc.font(named(piece.face), size).text(piece.text, x, baseline, { lineBreak: false, baseline: 'alphabetic', features: piece.face.features, fill: true, stroke: bold });
      if (piece.actual !== null) doc.endMarkedContent();
      x += piece.width * size;
    }
  }

  function tagged(tag: string, fill: (part: Struct) => void): void {
    const part = doc.struct(tag);
    doc.addStructure(part);
    fill(part);
    part.end();
  }

  const room = (height: number): boolean => {
    if (page === 0 || y + height > FOOT) {
      if (page >= MOST_PAGES) return false;
      turn();
    }
    return true;
  };

  /** False when the paper is full. */
  function write(text: string, style: Style): boolean {
    y += style.above;
    let isFull = false;
    tagged(style.tag, (part) => {
      for (const line of lines.of(text, WIDTH / style.size, paper.direction)) {
        isFull = !room(style.leading);
        if (isFull) return;
        y += style.leading;
        if (line.pieces.length > 0) part.add(() => draw(line, { ...style, baseline: y - style.leading * 0.3 }));
      }
    });
    return !isFull;
  }

  /** What it is on the side where reading begins, what it says beside it. */
  function fact({ label, text }: Extract<Block, { kind: 'fact' }>): boolean {
    const { size, leading, bold, colour, tag } = STYLES.text;
    const isRtl = paper.direction === 'rtl';
    let isFull = false;
    tagged(tag, (part) => {
      const [name, says] = [[...lines.of(label, LABELS / size, paper.direction)], lines.of(text, (WIDTH - LABELS) / size, paper.direction)];
      for (const line of says) {
        isFull = !room(leading);
        if (isFull) return;
        y += leading;
        const head = name.shift();
        const baseline = y - leading * 0.3;
        if (head) part.add(() => draw(head, { size, bold, colour: FAINT, baseline, from: isRtl ? PAGE.margin + WIDTH - LABELS : PAGE.margin, room: LABELS, asPage: true }));
        part.add(() => draw(line, { size, bold, colour, baseline, from: isRtl ? PAGE.margin : PAGE.margin + LABELS, room: WIDTH - LABELS, asPage: true }));
      }
    });
    return !isFull;
  }

  function rule(): void {
    doc.markContent('Artifact', { type: 'Layout' });
    doc.strokeColor('#d9d5cd').lineWidth(0.5).moveTo(PAGE.margin, y + 6).lineTo(PAGE.margin + WIDTH, y + 6).stroke();
    doc.endMarkedContent();
  }

  function picture({ bytes, name }: Extract<Block, { kind: 'picture' }>): boolean {
    const size = pictureOf(bytes, MOST_UNPACKED - unpacked);
    if (!size) return true;
    unpacked += size.points;
    const scale = Math.min(1, WIDTH / size.width, TALLEST_PICTURE / size.height);
    const [width, height] = [size.width * scale, size.height * scale];
    if (!room(height + 8)) return false;
    const part = doc.struct('Figure', { alt: cleaned(name) });
    doc.addStructure(part);
    part.add(() => {
      try {
        doc.image(size.bytes, paper.direction === 'rtl' ? PAGE.margin + WIDTH - width : PAGE.margin, y + 4, { width, height });
      } catch { /* Damaged; its name stands among the files. */ }
    });
    part.end();
    y += height + 8;
    return true;
  }

  function put(block: Block): boolean {
    if (block.kind === 'picture') return picture(block);
    if (block.kind === 'fact') return fact(block);
    if (block.kind === 'heading' && room(60)) rule();
    return write(block.text, STYLES[block.kind]);
  }

  room(0);
  for (const block of paper.blocks) {
    if (put(block)) continue;
    turn();
    write(paper.cut, STYLES.text);
    break;
  }
  doc.end();
  return done;
}
