/**
 * Questions that come while one is being answered are asked together, in one: the busier, the fewer. Each is asked after it
 * came, never answered by what was read before.
 */
export function askedTogether<Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>, most = 100): (question: Q) => Promise<A> {
  type Waiting = { readonly question: Q; readonly settle: (answer: A) => void; readonly fail: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let isUnderWay = false;

  async function askAll(): Promise<void> {
    while (waiting.length > 0) {
      const asked = waiting.splice(0, most);
      try {
        const answers = await ask(asked.map(({ question }) => question));
        asked.forEach(({ settle }, i) => { settle(answers[i]!); });
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    isUnderWay = false;
  }

  return (question) => new Promise<A>((settle, fail) => {
    waiting.push({ question, settle, fail });
    if (isUnderWay) return;
    isUnderWay = true;
    // After whatever else has come in by now.
    setImmediate(() => void askAll());
  });
}
