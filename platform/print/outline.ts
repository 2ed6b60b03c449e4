import type { Glyph } from 'fontkit';

type Point = { readonly x: number; readonly y: number; readonly isOnCurve: boolean };
type Commands = Glyph['path']['commands'];

const HEAD = 10;
const BYTES_OF_POINT = 5;

/** An outline as TrueType's table `glyf` wants it, and how far left it reaches. Empty for what draws nothing. */
export function glyphOutline(commands: Commands): { bytes: Buffer; left: number } {
  const { points, ends } = contours(commands);
  if (points.length === 0) return { bytes: Buffer.alloc(0), left: 0 };
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const size = HEAD + 2 * ends.length + 2 + BYTES_OF_POINT * points.length;
  const bytes = Buffer.alloc(size + ((4 - (size % 4)) % 4));
  let at = 0;
  const write = (value: number): void => { at = bytes.writeInt16BE(value, at); };
  for (const value of [ends.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), ...ends]) write(value);
  // No instructions.
  write(0);
  for (const { isOnCurve } of points) at = bytes.writeUInt8(isOnCurve ? 1 : 0, at);
  for (const values of [xs, ys]) values.forEach((value, i) => write(value - (values[i - 1] ?? 0)));
  return { bytes, left: Math.min(...xs) };
}

function contours(commands: Commands): { points: Point[]; ends: number[] } {
  const points: Point[] = [];
  const ends: number[] = [];
  const close = (): void => { if (points.length > 0 && ends.at(-1) !== points.length - 1) ends.push(points.length - 1); };
  for (const { command, args } of commands) {
    if (command === 'closePath' || command === 'moveTo') close();
    for (let i = 0; i < args.length; i += 2) points.push({ x: Math.round(args[i]!), y: Math.round(args[i + 1]!), isOnCurve: command !== 'quadraticCurveTo' || i > 0 });
  }
  close();
  return { points, ends };
}
