/*
 * A QR code (ISO/IEC 18004), as far as a key on a screen needs it: bytes, the lowest error correction, versions 1 to 20.
 */

/** Rows of modules, true for dark; the quiet zone is for whoever draws it. Null when it is too much for one. */
export function qrCode(bytes: Uint8Array): boolean[][] | null {
  const version = VERSIONS.find((candidate) => bytes.length + (candidate < 10 ? 2 : 3) <= dataCodewords(candidate));
  if (version === undefined) return null;
  const grid = new Grid(version * 4 + 17);
  drawFunctions(grid, version);
  drawData(grid, withCorrection(codewords(bytes, version), version));
  const masked = MASKS.map((_, mask) => applyMask(grid, mask));
  return masked.reduce((best, one) => (penalty(one) < penalty(best) ? one : best)).dark;
}

/** What an SVG path of 1×1 squares says; the picture is `size` by `size` with a margin of four on each side. */
export function qrPath(rows: readonly boolean[][]): { path: string; size: number } {
  const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])));
  return { path: squares.join(''), size: rows.length + 8 };
}

const VERSIONS = Array.from({ length: 20 }, (_, i) => i + 1);
/** Per version, from 1: correction codewords in a block, and blocks. */
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];
const FORMAT_LOW = 1;

class Grid {
  readonly size: number;
  readonly dark: boolean[][];
  readonly fixed: boolean[][];

  constructor(size: number) {
    this.size = size;
    this.dark = blank(size);
    this.fixed = blank(size);
  }

  fix(x: number, y: number, dark: boolean): void {
    const [row, taken] = [this.dark[y], this.fixed[y]];
    if (!row || !taken || x < 0 || x >= this.size) return;
    row[x] = dark;
    taken[x] = true;
  }

  isFixed = (x: number, y: number): boolean => this.fixed[y]?.[x] === true;
}

const blank = (size: number): boolean[][] => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
const bit = (value: number, at: number): boolean => ((value >>> at) & 1) === 1;

// Capacity ------------------------------------------------------------------------------------------------------------

function rawCodewords(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
  }
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

const dataCodewords = (version: number): number =>
  rawCodewords(version) - (CORRECTION[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);

// Data ----------------------------------------------------------------------------------------------------------------

const BYTE_MODE = 4;
const PADS = [0xec, 0x11];

function codewords(bytes: Uint8Array, version: number): number[] {
  const bits: boolean[] = [];
  const put = (value: number, length: number): void => { for (let at = length - 1; at >= 0; at -= 1) bits.push(bit(value, at)); };
  const capacity = dataCodewords(version);
  put(BYTE_MODE, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, capacity * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const words = Array.from({ length: bits.length / 8 }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((word, one) => word * 2 + (one ? 1 : 0), 0));
  for (let i = 0; words.length < capacity; i += 1) words.push(PADS[i % 2] ?? 0);
  return words;
}

/** Each block with its Reed-Solomon remainder, dealt out column by column. */
function withCorrection(data: readonly number[], version: number): number[] {
  const count = BLOCKS[version - 1] ?? 1;
  const correction = CORRECTION[version - 1] ?? 0;
  const raw = rawCodewords(version);
  const short = count - (raw % count);
  const shortData = Math.floor(raw / count) - correction;
  const divisor = generator(correction);
  let from = 0;
  const blocks = Array.from({ length: count }, (_, i) => {
    const words = data.slice(from, from + shortData + (i < short ? 0 : 1));
    from += words.length;
    return { words, rest: remainder(words, divisor) };
  });
  const dealt: number[] = [];
  for (let i = 0; i <= shortData; i += 1) for (const { words } of blocks) if (i < words.length) dealt.push(words[i] ?? 0);
  for (let i = 0; i < correction; i += 1) for (const { rest } of blocks) dealt.push(rest[i] ?? 0);
  return dealt;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let at = 7; at >= 0; at -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    if (bit(b, at)) product ^= a;
  }
  return product;
}

function generator(degree: number): number[] {
  let result = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    const factor = root;
    result = result.map((term, j) => multiply(term, factor) ^ (result[j + 1] ?? 0));
    root = multiply(root, 2);
  }
  return result;
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  let rest = Array<number>(divisor.length).fill(0);
  for (const word of data) {
    const factor = word ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((term, i) => term ^ multiply(divisor[i] ?? 0, factor));
  }
  return rest;
}

// Drawing -------------------------------------------------------------------------------------------------------------

function drawFunctions(grid: Grid, version: number): void {
  const { size } = grid;
  for (let i = 0; i < size; i += 1) {
    grid.fix(6, i, i % 2 === 0);
    grid.fix(i, 6, i % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) drawRings(grid, x, y, 4, (distance) => distance !== 2 && distance !== 4);
  const marks = alignment(version, size);
  for (const x of marks) {
    for (const y of marks) if (!isCorner(x, y, size)) drawRings(grid, x, y, 2, (distance) => distance !== 1);
  }
  drawFormat(grid, 0);
  if (version >= 7) drawVersion(grid, version);
}

/** Three of the alignment marks would lie on the large ones. */
const isCorner = (x: number, y: number, size: number): boolean => Math.min(x, y) === 6 && (Math.max(x, y) === 6 || Math.max(x, y) === size - 7);

function drawRings(grid: Grid, x: number, y: number, reach: number, isDark: (distance: number) => boolean): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) grid.fix(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

function alignment(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)];
}

function drawFormat(grid: Grid, mask: number): void {
  const data = (FORMAT_LOW << 3) | mask;
  let rest = data;
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const { size } = grid;
  for (let i = 0; i <= 5; i += 1) grid.fix(8, i, bit(bits, i));
  grid.fix(8, 7, bit(bits, 6));
  grid.fix(8, 8, bit(bits, 7));
  grid.fix(7, 8, bit(bits, 8));
  for (let i = 9; i < 15; i += 1) grid.fix(14 - i, 8, bit(bits, i));
  for (let i = 0; i < 8; i += 1) grid.fix(size - 1 - i, 8, bit(bits, i));
  for (let i = 8; i < 15; i += 1) grid.fix(8, size - 15 + i, bit(bits, i));
  grid.fix(8, size - 8, true);
}

function drawVersion(grid: Grid, version: number): void {
  let rest = version;
  for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i += 1) {
    const [a, b] = [grid.size - 11 + (i % 3), Math.floor(i / 3)];
    grid.fix(a, b, bit(bits, i));
    grid.fix(b, a, bit(bits, i));
  }
}

/** Two columns at a time, from the right, up and down by turns, around what is fixed. */
function drawData(grid: Grid, words: readonly number[]): void {
  let at = 0;
  for (const { x, y } of path(grid.size)) {
    const row = grid.dark[y];
    if (!row || grid.isFixed(x, y)) continue;
    row[x] = bit(words[at >>> 3] ?? 0, 7 - (at & 7));
    at += 1;
  }
}

function* path(size: number): Generator<{ x: number; y: number }> {
  for (let pair = size - 1; pair >= 1; pair -= 2) {
    const right = pair <= 6 ? pair - 1 : pair;
    const isUp = ((pair + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      for (const x of [right, right - 1]) yield { x, y: isUp ? size - 1 - step : step };
    }
  }
}

// Masks ---------------------------------------------------------------------------------------------------------------

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0, (_x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function applyMask(grid: Grid, mask: number): Grid {
  const copy = new Grid(grid.size);
  for (let y = 0; y < grid.size; y += 1) {
    for (let x = 0; x < grid.size; x += 1) {
      const dark = grid.dark[y]?.[x] === true;
      copy.fix(x, y, grid.isFixed(x, y) ? dark : dark !== MASKS[mask]?.(x, y));
    }
  }
  drawFormat(copy, mask);
  return copy;
}

/** How hard it is to read: long runs, squares, what looks like a corner, and too much of one colour. */
function penalty({ dark, size }: Grid): number {
  const rows = dark.map((row) => row.map((one) => (one ? '1' : '0')).join(''));
  const columns = rows.map((_, x) => rows.map((row) => row[x] ?? '').join(''));
  const lines = [...rows, ...columns];
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const corners = lines.reduce((sum, line) => sum + (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0) * 40, 0);
  let squares = 0;
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const four = `${rows[y]?.slice(x - 1, x + 1) ?? ''}${rows[y - 1]?.slice(x - 1, x + 1) ?? ''}`;
      if (four === '0000' || four === '1111') squares += 3;
    }
  }
  const share = rows.join('').replaceAll('0', '').length / (size * size);
  return runs + corners + squares + Math.floor(Math.abs(share - 0.5) * 20) * 10;
}
