/*
 * What is asked of the page itself. Each function is sent there as text, so it uses nothing from around it; of the
 * browser's world it names what it needs, since measurements have no DOM types.
 */
type Box = { readonly top: number; readonly bottom: number; readonly height: number };
type Element = { readonly textContent: string; readonly dataset: Record<string, string>; getBoundingClientRect(): Box; getAttribute(name: string): string | null; scrollTop: number; readonly scrollHeight: number; readonly clientHeight: number };
type World = {
  document: { querySelector(selector: string): Element | null; querySelectorAll(selector: string): Iterable<Element> };
  scheduler: { postTask(act: () => void, how: { priority: 'user-blocking' }): Promise<void> };
  requestAnimationFrame(act: (now: number) => void): void;
  addEventListener(name: string, act: (event: { timeStamp: number }) => void, how?: { capture?: boolean; once?: boolean }): void;
  removeEventListener(name: string, act: unknown, how?: { capture?: boolean }): void;
  watched: Promise<unknown>;
  stopWatching(): void;
};

/** Milliseconds from the next key until the frame with the words of another ticket has been painted; null: not within the limit. */
export function watchOpening(limitMs: number): void {
  const world = globalThis as unknown as World;
  const shown = () => [...world.document.querySelectorAll('[role=log] [data-entry]')].at(-1);
  const before = shown()?.dataset['entry'];
  world.watched = new Promise<number | null>((resolve) => {
    world.addEventListener('keydown', ({ timeStamp: pressed }) => {
      const look = () => {
        const now = shown();
        if (now && now.dataset['entry'] !== before && now.textContent.trim() !== '') {
          // Begins before anything else that waits, as soon as this frame is painted.
          void world.scheduler.postTask(() => resolve(performance.now() - pressed), { priority: 'user-blocking' });
        } else if (performance.now() - pressed > limitMs) resolve(null);
        else world.requestAnimationFrame(look);
      };
      world.requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}

/** The milliseconds between frames, until it is stopped. */
export function watchFrames(): void {
  const world = globalThis as unknown as World;
  const took: number[] = [];
  let goesOn = true;
  let before: number | null = null;
  const frame = (now: number) => {
    if (before !== null) took.push(now - before);
    before = now;
    if (goesOn) world.requestAnimationFrame(frame);
  };
  world.requestAnimationFrame(frame);
  world.stopWatching = () => { goesOn = false; };
  world.watched = Promise.resolve(took);
}

/**
 * How many pixels of the list were without a row, in every frame of a scroll: as the frame began (what the eye has seen
 * since the browser scrolled by itself), and as it was drawn.
 */
export function watchRows(): void {
  const world = globalThis as unknown as World;
  const list = world.document.querySelector('[role=listbox]')!;
  const bare = (): number => {
    const box = list.getBoundingClientRect();
    const rows = [...world.document.querySelectorAll('[role=listbox] > [role=presentation] > [role=option]')]
      .filter((row) => row.textContent.trim() !== '').map((row) => row.getBoundingClientRect()).filter(({ top, bottom }) => bottom > box.top && top < box.bottom)
      .toSorted((a, b) => a.top - b.top);
    const end = Math.min(box.bottom, box.top + list.scrollHeight - list.scrollTop);
    let [covered, missing] = [box.top, 0];
    for (const { top, bottom } of rows) {
      missing += Math.max(0, top - covered);
      covered = Math.max(covered, bottom);
    }
    return Math.round(missing + Math.max(0, end - covered));
  };
  const seen: number[] = [];
  const drawn: number[] = [];
  let goesOn = true;
  const onScroll = () => { seen.push(bare()); };
  world.addEventListener('scroll', onScroll, { capture: true });
  const frame = () => {
    drawn.push(bare());
    if (goesOn) world.requestAnimationFrame(frame);
    else world.removeEventListener('scroll', onScroll, { capture: true });
  };
  world.requestAnimationFrame(frame);
  world.stopWatching = () => { goesOn = false; };
  world.watched = Promise.resolve({ seen, drawn });
}

/** Once the page has drawn what it has to draw. */
export function drawnTwice(): Promise<void> {
  const world = globalThis as unknown as World;
  return new Promise((resolve) => { world.requestAnimationFrame(() => world.requestAnimationFrame(() => resolve())); });
}

/** To a share of the way down; how many rows the list has. */
export function scrollListTo(share: number): number {
  const world = globalThis as unknown as World;
  const list = world.document.querySelector('[role=listbox]')!;
  list.scrollTop = (list.scrollHeight - list.clientHeight) * share;
  return Number(world.document.querySelector('[role=listbox] [role=option]')?.getAttribute('aria-setsize') ?? 0);
}
