import { CloudOff, RefreshCw } from 'lucide-react';
import { Focusable } from 'react-aria-components';
import { useConnection } from '../../../../platform/browser/use-live.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { useAppText } from '../text.ts';

/** Silent while all is well; says in a word when what is on screen may be old. */
export function ConnectionMark() {
  const t = useAppText();
  const connection = useConnection();
  if (connection === 'live' || connection === 'connecting') return null;
  const Icon = connection === 'offline' ? CloudOff : RefreshCw;
  return (
    <Tooltip text={t(connection === 'offline' ? 'app.connection.offline_why' : 'app.connection.waiting_why')}>
      <Focusable>
        <span role="status" tabIndex={0} className="flex max-w-full flex-col items-center gap-0.5 rounded-control text-12 text-note-ink">
          <Icon aria-hidden size={16} strokeWidth={1.75} />
          <span className="max-w-full truncate max-wide:sr-only">{t(connection === 'offline' ? 'app.connection.offline' : 'app.connection.waiting')}</span>
        </span>
      </Focusable>
    </Tooltip>
  );
}
