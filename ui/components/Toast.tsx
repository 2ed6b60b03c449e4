import { CircleAlert, CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components';
import { useUiText } from '../text.ts';
import { aboveFeet } from './foot.ts';

export type Toast = {
  readonly text: ReactNode;
  readonly tone?: 'done' | 'failed';
  /** One verb: usually the way back. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
  /** How long it stays unless pointed at or focused; never below 5 s. Null: until it is put away. */
  readonly forMs?: number | null;
};

const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });
const SHORTEST_MS = 5_000;

/** Says that something was done or has failed, wherever the person is by now. Returns the way to take it back. */
export function toast(content: Toast): () => void {
  const stay = content.forMs === null ? {} : { timeout: Math.max(content.forMs ?? SHORTEST_MS, SHORTEST_MS) };
  const key = queue.add(content, stay);
  return () => queue.close(key);
}

/** For whoever leaves: what was said was for them. */
export const clearToasts = (): void => queue.clear();

/** One for the whole app; above what stands at the foot of a column (`foot.ts`), where it is narrow the newest alone. F6 goes there from anywhere. */
export function ToastRegion() {
  const t = useUiText();
  return (
    <AriaToastRegion
      queue={queue}
      aria-label={t('ui.notices')}
      data-notices
      className="fixed start-4 bottom-4 z-50 wide:start-24 max-wide:bottom-20 flex w-[min(25rem,calc(100vw-2rem))] wide:w-76 vast:w-88 flex-col gap-2 outline-none max-wide:[&_li+li]:hidden!"
    >
      {({ toast: shown }) => <ToastCard shown={shown} />}
    </AriaToastRegion>
  );
}

function ToastCard({ shown }: { shown: { key: string; content: Toast } }) {
  const t = useUiText();
  const { text, tone = 'done', action } = shown.content;
  const Icon = tone === 'failed' ? CircleAlert : CircleCheck;
  return (
    <AriaToast ref={aboveFeet} toast={shown} className="flex items-center gap-2.5 rounded-dialog bg-ink py-2 ps-3.5 pe-2 text-13 text-surface shadow-float">
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 opacity-80" />
      <ToastContent className="min-w-0 flex-1">
        <Text slot="title">{text}</Text>
      </ToastContent>
      {action && (
        <AriaButton
          className="rounded-[4px] px-2 py-1 font-semibold underline decoration-current/40 underline-offset-3 hover:decoration-current"
          onPress={() => {
            action.onAction();
            queue.close(shown.key);
          }}
        >
          {action.label}
        </AriaButton>
      )}
      <AriaButton slot="close" aria-label={t('ui.close')} className="inline-flex size-7 items-center justify-center rounded-[4px] opacity-75 hover:opacity-100">
        <X aria-hidden size={14} />
      </AriaButton>
    </AriaToast>
  );
}
