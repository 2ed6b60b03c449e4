import { onceDrawn } from './once-drawn.ts';

/** What one screen wants to know asks within it. */
const TOGETHER_MS = 4;
/** As many as the server answers in one go. */
const MOST = 40;

export type Told = { readonly status: number; readonly body: unknown };
type Question = { readonly path: string; readonly signal: AbortSignal | undefined; readonly resolve: (told: Told) => void; readonly reject: (reason: unknown) => void };

/** What is asked for in the same moment is asked for in one go, which ends early once nobody wants any of it. */
export function gathered(askAll: (paths: readonly string[], signal: AbortSignal) => Promise<readonly Told[]>): (path: string, signal?: AbortSignal) => Promise<Told> {
  let waiting: Question[] = [];

  const leave = () => {
    const wanted = waiting.filter(({ signal }) => !signal?.aborted);
    waiting = [];
    for (let at = 0; at < wanted.length; at += MOST) void answer(wanted.slice(at, at + MOST));
  };
  const answer = async (questions: readonly Question[]) => {
    const life = new AbortController();
    let left = questions.length;
    for (const { signal } of questions) signal?.addEventListener('abort', () => { if (--left === 0) life.abort(); });
    try {
      const told = await askAll(questions.map(({ path }) => path), life.signal);
      for (const [at, { resolve }] of questions.entries()) resolve(told[at]!);
    } catch (error) {
      for (const { reject } of questions) reject(error);
    }
  };

  return (path, signal) => new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
    if (waiting.length === 0) void (onceDrawn() ?? new Promise<void>((go) => { setTimeout(go, TOGETHER_MS); })).then(leave);
    waiting.push({ path, signal, resolve, reject });
  });
}
