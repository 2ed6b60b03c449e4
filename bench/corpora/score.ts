type Row = { right: number; of: number; share: string };
export type Score = ReturnType<typeof createScore>;

/** Counts, for each thing that is asked, how often the answer was right, and keeps those that were not. */
export function createScore() {
  const counts = new Map<string, { right: number; of: number }>();
  const failures: { file: string; words: string }[] = [];
  return {
    /** `words` say what went wrong. */
    count(what: string, file: string, right: boolean, words: () => string = () => ''): void {
      const count = counts.get(what) ?? { right: 0, of: 0 };
      count.of += 1;
      if (right) count.right += 1;
      else failures.push({ file, words: `${what}: ${words()}`.slice(0, 2_000) });
      counts.set(what, count);
    },
    result(): { rows: Record<string, Row>; failures: readonly { file: string; words: string }[] } {
      const rows = [...counts].map(([what, { right, of }]) => [what, { right, of, share: `${((right / of) * 100).toFixed(1)} %` }] as const);
      return { rows: Object.fromEntries(rows), failures };
    },
  };
}
