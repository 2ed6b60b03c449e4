import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { SocketTicket } from '../../../../features/people/core/contract.ts';
import { api } from '../../../../platform/browser/api.ts';
import { knownSince } from '../../../../platform/browser/known-since.ts';
import { createLive } from '../../../../platform/browser/live.ts';
import { LiveProvider } from '../../../../platform/browser/use-live.tsx';
import { liveHandlers } from '../live-handlers.ts';

/** One socket for as long as somebody is signed in. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [live] = useState(() => createLive({ cache, handlers: liveHandlers, requestTicket, knownSince }));

  useEffect(() => {
    live.start();
    return live.stop;
  }, [live]);

  return <LiveProvider live={live}>{children}</LiveProvider>;
}

const requestTicket = async (signal: AbortSignal): Promise<string> => (await api.post('/socket-tickets', {}, SocketTicket, { signal })).ticket;
