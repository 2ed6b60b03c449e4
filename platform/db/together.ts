/** Whoever comes later does not wait longer for an answer to others. */
const PATIENCE_MS = 1_000;
/** As many within so long are a crowd. */
const CROWD = 20;
const CROWD_MS = 100;

type How = {
  /** Questions in one. */
  readonly most?: number;
  /** So long a question of a crowd waits for others to go with; it costs less than asking each by itself. */
  readonly gatherMs?: number;
  readonly clock?: () => number;
};

/**
 * Questions that come while one is being answered are asked together, in one: the busier, the fewer. Each is asked after it
 * came, never answered by what was read before; when an answer hangs, those that came since are asked without it.
 */
export function askedTogether<Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>, { most = 100, gatherMs = 0, clock = () => performance.now() }: How = {}): (question: Q) => Promise<A> {
  type Waiting = { readonly question: Q; readonly settle: (answer: A) => void; readonly fail: (error: unknown) => void };
  const waiting: Waiting[] = [];
  const came = Array.from({ length: CROWD }, () => -Infinity);
  let count = 0;
  let isUnderWay = false;

  function isCrowd(): boolean {
    const now = clock();
    const since = came[count % CROWD]!;
    came[count++ % CROWD] = now;
    return now - since < CROWD_MS;
  }

  async function answer(asked: readonly Waiting[]): Promise<void> {
    try {
      const answers = await ask(asked.map(({ question }) => question));
      asked.forEach(({ settle }, i) => { settle(answers[i]!); });
    } catch (error) {
      for (const { fail } of asked) fail(error);
    }
  }

  async function askAll(): Promise<void> {
    while (waiting.length > 0) await atMost(PATIENCE_MS, answer(waiting.splice(0, most)));
    isUnderWay = false;
  }

  return (question) => new Promise<A>((settle, fail) => {
    waiting.push({ question, settle, fail });
    const waits = isCrowd() && gatherMs > 0;
    if (isUnderWay) return;
    isUnderWay = true;
    // After whatever else has come in by now.
    if (waits) setTimeout(() => void askAll(), gatherMs);
    else setImmediate(() => void askAll());
  });
}

/** Until it is done, or for so long. */
const atMost = (ms: number, done: Promise<void>): Promise<void> => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms).unref();
  void done.finally(() => { clearTimeout(timer); resolve(); });
});
