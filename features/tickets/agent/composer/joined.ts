/** What stands in the letter at its top: paragraphs, lists, quotes. */
const blocksOf = (html: string): string[] =>
  [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].map((node) => (node instanceof Element ? node.outerHTML : node.textContent ?? ''));

/** Two texts that grew from one: what both have stands once, in its order; where they differ, mine before theirs. No block of either is lost. */
export function joined(mine: string, theirs: string): string {
  const [ours, others] = [blocksOf(mine), blocksOf(theirs)];
  const longest = sharedFrom(ours, others);
  const out: string[] = [];
  const kept: string[] = [];
  let [i, j] = [0, 0];
  while (i < ours.length || j < others.length) {
    const isShared = i < ours.length && j < others.length && ours[i] === others[j];
    if (isShared) {
      out.push(...kept.splice(0), ours[i]!);
      [i, j] = [i + 1, j + 1];
    } else if (j >= others.length || (i < ours.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      out.push(ours[i]!);
      i += 1;
    } else {
      kept.push(others[j]!);
      j += 1;
    }
  }
  return [...out, ...kept].join('');
}

/** How many blocks the rest of one has in common with the rest of the other, in the same order. */
function sharedFrom(ours: readonly string[], others: readonly string[]): number[][] {
  const longest = Array.from({ length: ours.length + 1 }, () => Array<number>(others.length + 1).fill(0));
  for (let i = ours.length - 1; i >= 0; i -= 1) {
    for (let j = others.length - 1; j >= 0; j -= 1) longest[i]![j] = ours[i] === others[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  }
  return longest;
}
