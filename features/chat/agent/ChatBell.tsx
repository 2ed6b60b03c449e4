import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { chime } from '../../../platform/browser/chime.ts';
import { countInTitle } from '../../../platform/browser/title.ts';
import { onVisitorSaid } from './live.ts';
import { myChats } from './queries.ts';

/** Figures before the title while customers wait, however the sound is set. Sounds when somebody whom one talks with says something while one looks elsewhere. */
export function ChatBell({ isOn }: { isOn: boolean }) {
  const cache = useQueryClient();
  const { data: chats = [] } = useQuery(myChats);
  const waiting = chats.filter(({ waitingSince }) => waitingSince !== null).length;
  useEffect(() => (waiting > 0 ? countInTitle(waiting) : undefined), [waiting]);
  useEffect(() => {
    if (!isOn) return undefined;
    return onVisitorSaid((ticketId) => {
      const isMine = cache.getQueryData(myChats.queryKey)?.some((one) => one.ticketId === ticketId) ?? false;
      if (isMine && document.visibilityState === 'hidden') void chime();
    });
  }, [cache, isOn]);
  return null;
}
