/** So many words that stand one after the other are compared. */
const RUN = 5;
/** Of one draft and its earlier versions. */
export const MOST_TRACES = 5_000;
/** What the two may have in common by chance: a greeting, a sentence out of the same saved reply. */
const ENOUGH = { runs: 10, share: 0.3 };

const WORD = /[\p{L}\p{N}]+/gu;
/** Soft hyphens and the like, which are not seen: in the middle of words they would make others of them. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** FNV-1a: short, and the same everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** What is left of a text from which it cannot be read, but another be compared with it; however it is spaced, spelt in capitals or punctuated. */
export function tracesOf(text: string): number[] {
  const words = text.replace(UNSEEN, '').normalize('NFKC').toLowerCase().match(WORD) ?? [];
  if (words.length === 0) return [];
  const runs = words.length <= RUN ? [words] : words.slice(RUN - 1).map((_word, at) => words.slice(at, at + RUN));
  return [...new Set(runs.map((run) => hashOf(run.join(' '))))].slice(0, MOST_TRACES);
}

/** Whether a good part of the text has stood where these traces are from. */
export function isCopy(text: string, traces: readonly number[]): boolean {
  const own = tracesOf(text);
  const there = new Set(traces);
  const common = own.filter((one) => there.has(one)).length;
  return common > 0 && (common >= ENOUGH.runs || common >= own.length * ENOUGH.share);
}
