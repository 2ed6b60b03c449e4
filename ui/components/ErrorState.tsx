import { CloudOff, RotateCw, TriangleAlert } from 'lucide-react';
import { useUiText } from '../text.ts';
import { Button } from './Button.tsx';

type ErrorStateProps = {
  /** What happened and what can be done, in a sentence or two. */
  children: string;
  onRetry?: () => void;
  isRetrying?: boolean;
};

export function ErrorState({ children, onRetry, isRetrying = false }: ErrorStateProps) {
  const t = useUiText();
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 px-6 py-12 text-center">
      <TriangleAlert aria-hidden size={24} strokeWidth={1.5} className="text-ink-faint" />
      <p className="max-w-96 text-14 text-balance text-ink-soft">{children}</p>
      {onRetry && (
        <Button icon={RotateCw} isPending={isRetrying} onPress={onRetry}>
          {t('ui.try_again')}
        </Button>
      )}
    </div>
  );
}

/** No connection: what still works, and that it mends itself. */
export const OfflineNotice = ({ children }: { children: string }) => (
  <div role="status" className="flex items-start gap-2 bg-sunken px-4 py-2 text-13 text-ink-soft">
    <CloudOff aria-hidden size={16} strokeWidth={1.75} className="mt-[2px] shrink-0" />
    <p>{children}</p>
  </div>
);
