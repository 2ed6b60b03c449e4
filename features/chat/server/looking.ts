import { AppError } from '../../../kernel/errors.ts';
import type { Shown } from './stream.ts';
import type { Place } from './talking.ts';
import type { Visitor } from './visitor-store.ts';

/** How many are looked up in one go. */
const TOGETHER = 50;

type Asked = Place & { readonly answer: (page: Shown) => void; readonly refuse: (error: unknown) => void };
type Look = (workspaceId: string, places: readonly Place[]) => Promise<(Shown | AppError)[]>;

/** Looks for what is new to tabs. Those that hear of something together, or while others are looked up, share a look, as far as they are of one workspace. */
export function createLooking(look: Look) {
  const waiting = new Map<string, Asked[]>();
  const busy = new Set<string>();

  async function lookFor(workspaceId: string, asked: readonly Asked[]): Promise<void> {
    try {
      const found = await look(workspaceId, asked.map(({ visitorId, since }) => ({ visitorId, since })));
      for (const [i, { answer, refuse }] of asked.entries()) {
        const one = found[i]!;
        if (one instanceof AppError) refuse(one);
        else answer(one);
      }
    } catch (error) {
      for (const { refuse } of asked) refuse(error);
    }
  }

  async function work(workspaceId: string): Promise<void> {
    busy.add(workspaceId);
    // All that one batch of news concerns have asked by then.
    await Promise.resolve();
    for (let asked = take(workspaceId); asked.length > 0; asked = take(workspaceId)) await lookFor(workspaceId, asked);
    busy.delete(workspaceId);
  }

  function take(workspaceId: string): Asked[] {
    const all = waiting.get(workspaceId) ?? [];
    const some = all.splice(0, TOGETHER);
    if (all.length === 0) waiting.delete(workspaceId);
    return some;
  }

  return ({ workspaceId, visitorId }: Visitor, since: number): Promise<Shown> => new Promise((answer, refuse) => {
    waiting.set(workspaceId, [...waiting.get(workspaceId) ?? [], { visitorId, since, answer, refuse }]);
    if (!busy.has(workspaceId)) void work(workspaceId);
  });
}
