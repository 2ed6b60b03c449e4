import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { chime } from '../../../platform/browser/chime.ts';
import { onVisitorSaid } from './live.ts';
import { myChats } from './queries.ts';

/** Sounds when somebody whom one talks with says something while one looks elsewhere. */
export function ChatBell({ isOn }: { isOn: boolean }) {
  const cache = useQueryClient();
  useEffect(() => {
    if (!isOn) return undefined;
    return onVisitorSaid((ticketId) => {
      const isMine = cache.getQueryData(myChats.queryKey)?.some((one) => one.ticketId === ticketId) ?? false;
      if (isMine && document.visibilityState === 'hidden') void chime();
    });
  }, [cache, isOn]);
  return null;
}
