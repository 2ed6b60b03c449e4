import type { KeptList } from '../../../../platform/browser/kept-list.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { UnseenEntry } from '../../core/unseen.ts';
import type { Draft } from './drafts.ts';
import type { Manner, Mode } from './sending.ts';

/** What was sent while the server could not be reached. `id` is the key that makes a second try no second message. */
export type Waiting = {
  readonly id: string; readonly personId: string; readonly ticketId: string; readonly mode: Mode; readonly draft: Draft; readonly manner: Manner;
  /** When it was sent, ISO 8601. */
  readonly at: string;
  /** Why the server did not take it: then it waits for its writer. */
  readonly refusal: Refusal | null;
};
export type Refusal = { readonly code: string; readonly status: number; readonly detail: string; /** What the writer has not seen. */ readonly unseen: readonly UnseenEntry[] };

export type WaitingParts = {
  readonly personId: string;
  readonly kept: KeptList<Waiting>;
  readonly send: (one: Waiting) => Promise<unknown>;
  readonly onSent: (one: Waiting) => void;
};

export type WaitingLetters = ReturnType<typeof createWaiting>;

/** Silence, not a refusal: nobody can know whether it arrived. */
export const isUnreached = (error: unknown): boolean => error instanceof ApiError && error.status === 0 && error.code !== 'reply.unexpected';

/** One person's letters that wait for the network: sent in the order of writing when it is back, each once; what is refused stays for its writer. */
export function createWaiting({ personId, kept, send, onSent }: WaitingParts) {
  let letters: readonly Waiting[] = [];
  let running: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  async function read(): Promise<void> {
    const all = await kept.all();
    letters = all.filter((one) => one.personId === personId).toSorted((a, b) => a.at.localeCompare(b.at));
    for (const listener of listeners) listener();
  }

  async function put(one: Waiting): Promise<void> {
    await kept.put(one);
    await read();
  }

  async function remove(id: string): Promise<void> {
    await kept.remove(id);
    await read();
  }

  /** Whether the server was there. */
  async function attempt(one: Waiting): Promise<boolean> {
    try {
      await send(one);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A session that has ended is not about the letter: it waits for the next one.
      if (isUnreached(error) || error.status === 401 || error.status >= 500) return false;
      await put({ ...one, refusal: refusalOf(error) });
      return true;
    }
    await remove(one.id);
    onSent(one);
    return true;
  }

  async function sendAll(): Promise<void> {
    await read();
    const blocked = new Set<string>();
    for (const one of letters) {
      // What follows a refused one on the same ticket may rest on it.
      if (one.refusal || blocked.has(one.ticketId)) blocked.add(one.ticketId);
      else if (!await attempt(one)) return;
      else if (letters.some(({ id }) => id === one.id)) blocked.add(one.ticketId);
    }
  }

  return {
    now: (): readonly Waiting[] => letters,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    add: (one: Omit<Waiting, 'personId' | 'refusal'>): Promise<void> => put({ ...one, personId, refusal: null }),
    /** Not to be sent any more. */
    cancel: remove,
    /** Its writer has seen what came meanwhile. */
    async sendAnyway(one: Waiting): Promise<void> {
      const seenEntryId = one.refusal?.unseen.at(-1)?.id;
      // Another letter than the refused one, whose answer the server may have kept under its key.
      await kept.remove(one.id);
      await put({ ...one, id: crypto.randomUUID(), manner: { ...one.manner, ...(seenEntryId && { seenEntryId }) }, refusal: null });
      await this.flush();
    },
    /** Sends what can be sent; one at a time, however often it is asked for. */
    flush: (): Promise<void> => running ??= sendAll().finally(() => { running = null; }),
  };
}

const refusalOf = ({ code, status, detail, more }: ApiError): Refusal =>
  ({ code, status, detail, unseen: code === 'reply.unseen' ? UnseenEntry.array().safeParse(more['entries']).data ?? [] : [] });
