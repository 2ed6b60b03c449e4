type Event = { readonly at: number; readonly what: () => void };

/** Virtual time: what happens next, first; of the same moment in the order in which it was planned. */
export function createAgenda() {
  const heap: (Event & { order: number })[] = [];
  let planned = 0;
  const before = (a: number, b: number) => heap[a]!.at - heap[b]!.at || heap[a]!.order - heap[b]!.order;
  const swap = (a: number, b: number) => { [heap[a], heap[b]] = [heap[b]!, heap[a]!]; };
  return {
    plan(at: number, what: () => void): void {
      let i = heap.push({ at, what, order: planned++ }) - 1;
      while (i > 0 && before(i, (i - 1) >> 1) < 0) { swap(i, (i - 1) >> 1); i = (i - 1) >> 1; }
    },
    next(): Event | undefined {
      if (heap.length === 0) return undefined;
      swap(0, heap.length - 1);
      const first = heap.pop();
      for (let i = 0, child = 1; child < heap.length; child = 2 * i + 1) {
        if (child + 1 < heap.length && before(child + 1, child) < 0) child += 1;
        if (before(child, i) >= 0) break;
        swap(i, child);
        i = child;
      }
      return first;
    },
  };
}
