import { expect, test } from 'vitest';
import css from './color.css?raw';

type Theme = 'light' | 'dark';

const OKLCH = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/;
const colours = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\);/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
);

/** Ink on what it is written on, as the components do. */
const SURFACES = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'pressed'];
const TEXT: [ink: string, grounds: string[]][] = [
  ['ink', [...SURFACES, 'note', 'accent-tint']],
  ['ink-soft', [...SURFACES, 'note', 'accent-tint']],
  ['ink-faint', [...SURFACES, 'note', 'accent-tint']],
  ['accent-ink', [...SURFACES, 'note', 'accent-tint']],
  ['danger-ink', [...SURFACES, 'note', 'accent-tint']],
  ['good-ink', [...SURFACES, 'accent-tint']],
  ['note-ink', [...SURFACES, 'note', 'accent-tint']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-accent-tint', ['accent-tint']],
  ['on-danger-tint', ['danger-tint']],
  ['on-good-tint', ['good-tint']],
  ['on-note', ['note']],
  ['on-face', Array.from({ length: 8 }, (_, index) => `face-${index + 1}`)],
  // A toast is written in reverse.
  ['surface', ['ink']],
];
/** What must be seen but is not read: edges of fields, the ring of the focus (WCAG 1.4.11). */
const SHAPES: [shape: string, grounds: string[]][] = [
  ['border', ['surface', 'raised', 'canvas']],
  ['focus', ['surface', 'raised', 'canvas', 'accent-tint']],
];

const pairs = (list: [string, string[]][]) =>
  list.flatMap(([ink, grounds]) => grounds.flatMap((ground) => (['light', 'dark'] as const).map((theme) => [ink, ground, theme] as const)));

test.each(pairs(TEXT))('%s can be read on %s (%s)', (ink, ground, theme) => {
  expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
});

test.each(pairs(SHAPES))('%s can be seen on %s (%s)', (shape, ground, theme) => {
  expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(3);
});

test('every colour has its dark twin', () => {
  const declared = [...css.matchAll(/^\s*--([\w-]+):/gm)].map(([, name]) => name);
  expect(declared.length).toBeGreaterThan(30);
  expect(declared.filter((name) => name && !colours.has(name) && !['shadow-float', 'scrim'].includes(name))).toEqual([]);
});

function contrast(one: string, other: string, theme: Theme): number {
  const [high = 0, low = 0] = [luminance(one, theme), luminance(other, theme)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(name: string, theme: Theme): number {
  const [, l, c, h] = OKLCH.exec(colours.get(name)?.[theme] ?? '') ?? [];
  if (!l || !c || !h) throw new Error(`--${name} is not a colour of color.css`);
  const [red = 0, green = 0, blue = 0] = linearRgb(Number(l), Number(c), (Number(h) * Math.PI) / 180).map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Björn Ottosson's OKLab, by its published matrices. */
function linearRgb(lightness: number, chroma: number, hue: number): number[] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
