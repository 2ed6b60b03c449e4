import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { RenderingView, type SavedReplyView } from '../../core/contract.ts';
import { savedRepliesQuery } from '../settings/queries.ts';
import { useMacroText } from '../text.ts';

type SavedReplyPickerProps = {
  ticketId: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The reply in the ticket's language, its placeholders filled. */
  onInsert: (html: string) => void;
};

/** Finds a saved reply by a few letters and puts it in. */
export function SavedReplyPicker({ ticketId, isOpen, onOpenChange, onInsert }: SavedReplyPickerProps) {
  const t = useMacroText();
  useShortcut({ code: 'KeyM', label: t('macros.insert'), group: t('macros.shortcuts') }, () => onOpenChange(true));
  return (
    <Popover
      label={t('macros.insert')}
      placement="top start"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={<IconButton label={t('macros.insert')} icon={MessageSquareText} keys="/" />}
    >
      <Choice ticketId={ticketId} onInsert={onInsert} />
    </Popover>
  );
}

function Choice({ ticketId, onInsert }: Pick<SavedReplyPickerProps, 'ticketId' | 'onInsert'>) {
  const t = useMacroText();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const query = useInfiniteQuery(savedRepliesQuery(useDeferredValue(text.trim())));
  const replies = query.data?.pages.flatMap((page) => page.items) ?? [];
  const active = Math.min(at, replies.length - 1);
  const render = useMutation({
    mutationFn: (reply: SavedReplyView) => api.post(`/saved-replies/${reply.id}/renderings`, { ticketId }, RenderingView),
    onSuccess: ({ html }) => onInsert(html),
  });
  const error = render.error ?? query.error;
  return (
    <div
      role="presentation"
      className="flex w-80 max-w-full flex-col gap-2"
      onKeyDown={(event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step !== 0) {
          event.preventDefault();
          setAt(Math.min(Math.max(active + step, 0), replies.length - 1));
        }
        const reply = replies[active];
        if (event.key === 'Enter' && reply) {
          event.preventDefault();
          render.mutate(reply);
        }
      }}
    >
      <SearchField label={t('macros.find')} value={text} autoFocus onChange={(next) => {
        setText(next);
        setAt(0);
      }} />
      {error && <Banner tone="danger">{errorText(error)}</Banner>}
      {replies.length === 0 && !query.isPending && <p className="px-2 py-3 text-13 text-ink-faint">{t(text.trim() === '' ? 'macros.empty' : 'macros.none_found')}</p>}
      <ul aria-label={t('macros.saved_replies')} className="max-h-72 overflow-auto">
        {replies.map((reply, index) => (
          <li key={reply.id}>
            <button
              type="button"
              disabled={render.isPending}
              onClick={() => render.mutate(reply)}
              onMouseEnter={() => setAt(index)}
              className={classes('flex w-full flex-col gap-0.5 rounded-[4px] px-2 py-1.5 text-start', index === active && 'bg-accent-tint text-on-accent-tint')}
            >
              <span dir="auto" className="truncate font-medium">{reply.name}</span>
              <span dir="auto" className="truncate text-12 opacity-80">{firstWords(reply)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const firstWords = ({ variants }: SavedReplyView): string => (Object.values(variants)[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 90);
