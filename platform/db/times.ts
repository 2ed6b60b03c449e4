const [ZERO, DOT] = [48, 46];
/** `2026-03-02 09:00:00`, and what may follow it: a fraction, and that it is UTC. */
const WHOLE = 19;
const UTC = '+00';

/**
 * A moment as PostgreSQL writes it, to the millisecond. A list holds hundreds of them, and reading them by a pattern takes
 * longer than all else in their row. Null for other shapes: another zone, years beyond four digits, infinity.
 */
export function readTime(text: string): Date | null {
  if (!text.endsWith(UTC) || text[4] !== '-' || text[10] !== ' ' || text[16] !== ':') return null;
  const digits = text.length - UTC.length;
  if (digits !== WHOLE && text.charCodeAt(WHOLE) !== DOT) return null;
  const two = (at: number) => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
  const fraction = (at: number, weight: number) => (at < digits ? (text.charCodeAt(at) - ZERO) * weight : 0);
  const ms = fraction(WHOLE + 1, 100) + fraction(WHOLE + 2, 10) + fraction(WHOLE + 3, 1);
  const year = two(0) * 100 + two(2);
  // Date.UTC takes years below 100 for those of the last century.
  return year < 100 ? null : new Date(Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17), ms));
}
