import { useEffect, useEffectEvent, useRef } from 'react';
import { announce } from '../../../../ui/components/LiveRegion.tsx';
import { useTicketsText } from '../text.ts';

/** Says that something came; of what comes after it no more than once in a turn of the list's clock: on a busy day it would talk without end. */
export function useSayArrived(arrived: number, now: Date): void {
  const t = useTicketsText();
  const said = useRef({ count: 0, now });
  const say = useEffectEvent((count: number) => {
    if (count === 0) said.current.count = 0;
    if (count <= said.current.count || (said.current.count > 0 && said.current.now === now)) return;
    said.current = { count, now };
    announce(t('tickets.arrived', { count }));
  });
  useEffect(() => { say(arrived); }, [arrived, now]);
}

/** Whoever goes on typing is not talked to about what they have typed before. */
const REST_MS = 1_000;

type Found = { readonly rows: readonly unknown[]; readonly hasMore: boolean; readonly isPending: boolean; readonly error: Error | null };

/** Says how many were found, once: those that come later were not asked for. */
export function useSayFound(list: Found, nothing: string, isSought = false): void {
  const t = useTicketsText();
  const isThere = isSought && !list.isPending && !list.error;
  const say = useEffectEvent(() => {
    const count = list.rows.length;
    announce(count === 0 ? nothing : t(list.hasMore ? 'tickets.search.found_more' : 'tickets.search.found', { count }));
  });
  useEffect(() => {
    if (!isThere) return undefined;
    const timer = setTimeout(say, REST_MS);
    return () => clearTimeout(timer);
  }, [isThere]);
}
