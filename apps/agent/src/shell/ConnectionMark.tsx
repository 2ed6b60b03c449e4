import { CloudOff, RefreshCw } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useConnection, useReconnect } from '../../../../platform/browser/use-live.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { useAppText } from '../text.ts';

/** Silent while all is well; says in a word when what is on screen may be old, and tries again when pressed. */
export function ConnectionMark() {
  const t = useAppText();
  const connection = useConnection();
  const reconnect = useReconnect();
  const isCut = connection === 'offline' || connection === 'waiting';
  const Icon = connection === 'offline' ? CloudOff : RefreshCw;
  return (
    <div role="status" className="max-w-full">
      {isCut && (
        <Tooltip text={t(connection === 'offline' ? 'app.connection.offline_why' : 'app.connection.waiting_why')}>
          <Button onPress={reconnect} className="flex min-h-9 max-w-full flex-col items-center justify-center gap-0.5 rounded-control text-12 text-note-ink hover:bg-pressed">
            <Icon aria-hidden size={16} strokeWidth={1.75} />
            <span className="max-w-full truncate">{t(connection === 'offline' ? 'app.connection.offline' : 'app.connection.waiting')}</span>
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

/** The same where there is no room beside the places: a line above them. That there is no network stands above the screen already. */
export function ConnectionLine() {
  const t = useAppText();
  const isCut = useConnection() === 'waiting';
  const reconnect = useReconnect();
  return (
    <div role="status">
      {isCut && (
        <Button onPress={reconnect} className="flex min-h-11 w-full items-center justify-center gap-1.5 rounded-control text-13 text-note-ink hover:bg-pressed">
          <RefreshCw aria-hidden size={16} strokeWidth={1.75} />
          {t('app.connection.waiting')}
        </Button>
      )}
    </div>
  );
}
