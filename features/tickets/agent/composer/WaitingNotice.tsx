import { useQueryClient } from '@tanstack/react-query';
import { CloudUpload } from 'lucide-react';
import { useEffect } from 'react';
import { useConnection } from '../../../../platform/browser/use-live.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ticketChanged } from '../changes.ts';
import { useTicketsText } from '../text.ts';
import { onArrived, useWaiting, waitingOf } from './use-waiting.ts';

const AGAIN_MS = 15_000;

/** Says wherever one is that something was not sent yet, and sends it when the server is there again. */
export function WaitingNotice({ personId, ticketHref }: { personId: string; ticketHref: (ticketId: string) => string }) {
  const t = useTicketsText();
  const cache = useQueryClient();
  const waiting = useWaiting(personId);
  const connection = useConnection();
  const refused = waiting.filter(({ refusal }) => refusal !== null);
  const isWaiting = waiting.length > refused.length;

  useEffect(() => onArrived(({ ticketId }) => {
    ticketChanged(cache, ticketId);
    toast({ text: t('tickets.waiting.arrived') });
  }), [cache, t]);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const flush = () => void waitingOf(personId).flush();
    if (connection === 'live') flush();
    addEventListener('online', flush);
    const again = setInterval(flush, AGAIN_MS);
    return () => {
      removeEventListener('online', flush);
      clearInterval(again);
    };
  }, [personId, isWaiting, connection]);

  const first = refused[0] ?? waiting[0];
  return (
    <div role="status">
      {first && (
        <p className="flex items-start gap-2 bg-note px-4 py-2 text-13 text-on-note">
          <CloudUpload aria-hidden size={16} strokeWidth={1.75} className="mt-[2px] shrink-0" />
          <span>
            {refused.length > 0 ? t('tickets.waiting.refused', { count: refused.length }) : t('tickets.waiting.count', { count: waiting.length })}{' '}
            <Link href={ticketHref(first.ticketId)}>{t('tickets.waiting.look')}</Link>
          </span>
        </p>
      )}
    </div>
  );
}
