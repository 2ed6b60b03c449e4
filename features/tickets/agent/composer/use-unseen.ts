import { useEffect, useRef, useState } from 'react';
import { type ApiError, hasCode } from '../../../../platform/browser/problems.ts';
import type { EntryView } from '../../core/contract.ts';
import { UnseenEntry } from '../../core/unseen.ts';

type Came = { readonly entries: readonly UnseenEntry[]; readonly again: () => void };

/** Who writes has seen what was there when they began; what came later is shown before anything is sent, and counts as seen from then on. */
export function useUnseen(entries: readonly EntryView[], forgetRefusal: () => void) {
  const seenId = useRef<string | null>(null);
  const [came, setCame] = useState<Came | null>(null);
  const last = entries.findLast(({ event }) => !event)?.id ?? null;
  useEffect(() => { seenId.current ??= last; }, [last]);

  const looked = () => {
    seenId.current = came?.entries.at(-1)?.id ?? seenId.current;
    setCame(null);
    forgetRefusal();
  };
  return {
    entries: came?.entries ?? [],
    seen: () => (seenId.current === null ? {} : { seenEntryId: seenId.current }),
    showing: (again: () => void) => (error: unknown) => {
      const shown = unseenIn(error);
      if (shown.length > 0) setCame({ entries: shown, again });
    },
    looked,
    sendAnyway: () => {
      looked();
      came?.again();
    },
  };
}

const unseenIn = (error: unknown): UnseenEntry[] =>
  (hasCode(error, 'reply.unseen') ? UnseenEntry.array().safeParse((error as ApiError).more['entries']).data ?? [] : []);
