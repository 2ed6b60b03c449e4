import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { SocketTicket } from '../../../../features/people/core/contract.ts';
import { api } from '../../../../platform/browser/api.ts';
import { connectLive, type Live } from '../../../../platform/browser/live.ts';
import { LiveProvider } from '../../../../platform/browser/use-live.tsx';
import { liveHandlers } from '../live-handlers.ts';

/** One socket for as long as somebody is signed in. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const connection = connectLive({
      cache,
      handlers: liveHandlers,
      requestTicket: async (signal) => (await api.post('/socket-tickets', {}, SocketTicket, { signal })).ticket,
    });
    setLive(connection);
    return connection.stop;
  }, [cache]);

  return <LiveProvider live={live}>{children}</LiveProvider>;
}
