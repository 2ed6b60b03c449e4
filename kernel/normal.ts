/** Of the standard normal distribution: 95 of 100 lie within ± this. */
export const Z95 = 1.959963984540054;
/** 80 of 100 lie below. */
export const Z80 = 0.8416212335729143;

const SMALL = 2.5;
const ENOUGH = 1e-17;
const DEPTH = 60;

/** The error function by its series (Abramowitz and Stegun 7.1.6), which is quick and exact near nought. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > ENOUGH * Math.abs(sum); n += 1) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** What is left of one, by its continued fraction (7.1.14): far out the series would take one from one. */
function erfc(x: number): number {
  let fraction = x;
  for (let n = DEPTH; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** How likely it is that chance alone goes at least so far from the middle, to either side. `z`: in standard deviations. */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return x === 0 ? 1 : x < SMALL ? 1 - erf(x) : erfc(x);
}
