import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { SocketTicket } from '../../../../features/people/core/contract.ts';
import { api } from '../../../../platform/browser/api.ts';
import { knownSince } from '../../../../platform/browser/known-since.ts';
import { createLive, type AnyLiveHandlers } from '../../../../platform/browser/live.ts';
import { LiveProvider } from '../../../../platform/browser/use-live.tsx';

/** One socket for as long as somebody is signed in. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [live] = useState(() => createLive({ cache, handlers: () => handlers, requestTicket, knownSince }));

  useEffect(() => {
    live.start();
    return live.stop;
  }, [live]);

  return <LiveProvider live={live}>{children}</LiveProvider>;
}

/** What rooms do with news is fetched beside the first screen, and stands before the first news can come. */
let handlers: readonly AnyLiveHandlers[] = [];

async function requestTicket(signal: AbortSignal): Promise<string> {
  ({ liveHandlers: handlers } = await import('../live-handlers.ts'));
  return (await api.post('/socket-tickets', {}, SocketTicket, { signal })).ticket;
}
