import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageSquareText, Zap } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { type Language, textIn } from '../../../../kernel/languages.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import type { AttachmentView } from '../../../tickets/core/contract.ts';
import type { SavedReplyView } from '../../core/contract.ts';
import { savedRepliesQuery } from '../queries.ts';
import { useMacroText } from '../text.ts';
import { MacroPreview } from './MacroPreview.tsx';
import { plainOf } from './plain.ts';
import { useApplying } from './use-applying.ts';

type SavedReplyPickerProps = {
  ticketId: string;
  /** Of the ticket: what is shown of each. */
  language: Language | null;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The reply in the ticket's language, its placeholders filled. */
  onInsert: (html: string) => void;
  /** Its files, as this person's own. */
  onAttach: (files: readonly AttachmentView[]) => void;
};

/** Finds a saved reply by a few letters and puts it in; what does more says so first. */
export function SavedReplyPicker(props: SavedReplyPickerProps) {
  const { isOpen, onOpenChange } = props;
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
      <Choice {...props} />
    </Popover>
  );
}

const doesMore = ({ actions, attachments }: SavedReplyView): boolean => actions.length + attachments.length > 0;

function Choice(props: SavedReplyPickerProps) {
  const [text, setText] = useState('');
  const [previewed, setPreviewed] = useState<SavedReplyView | null>(null);
  const use = useApplying(props);
  if (previewed) return <MacroPreview reply={previewed} ticketId={props.ticketId} use={use} onBack={() => setPreviewed(null)} />;
  return <Found text={text} onText={setText} language={props.language} isPending={use.isPending} problem={use.error} onChoose={(reply) => (doesMore(reply) ? setPreviewed(reply) : use.mutate({ reply }))} />;
}

type FoundProps = { text: string; onText: (text: string) => void; language: Language | null; isPending: boolean; problem: Error | null; onChoose: (reply: SavedReplyView) => void };

function Found({ text, onText, language, isPending, problem, onChoose }: FoundProps) {
  const t = useMacroText();
  const errorText = useErrorText();
  const [at, setAt] = useState(0);
  const sought = useDeferredValue(text.trim());
  const query = useInfiniteQuery(savedRepliesQuery(sought));
  const isLate = sought !== text.trim() || query.isPending;
  const replies = query.data?.pages.flatMap((page) => page.items) ?? [];
  const active = Math.min(at, replies.length - 1);
  const error = problem ?? query.error;
  // Whoever types faster than the answer comes means what will be found first.
  const isAwaited = useRef(false);
  const meant = replies[active];
  useEffect(() => {
    if (!isAwaited.current || isLate) return;
    isAwaited.current = false;
    if (meant) onChoose(meant);
  }, [isLate, meant, onChoose]);
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
        if (event.key !== 'Enter') return;
        const reply = replies[active];
        event.preventDefault();
        if (isLate) isAwaited.current = true;
        else if (reply) onChoose(reply);
      }}
    >
      <SearchField label={t('macros.find')} value={text} autoFocus onChange={(next) => {
        onText(next);
        setAt(0);
        isAwaited.current = false;
      }} />
      {error && <Banner tone="danger">{errorText(error)}</Banner>}
      {replies.length === 0 && !query.isPending && <p className="px-2 py-3 text-13 text-ink-faint">{t(text.trim() === '' ? 'macros.empty' : 'macros.none_found')}</p>}
      <ul aria-label={t('macros.saved_replies')} className="max-h-72 overflow-auto">
        {replies.map((reply, index) => (
          <li key={reply.id}>
            <button
              type="button"
              disabled={isPending}
              onClick={() => onChoose(reply)}
              onMouseEnter={() => setAt(index)}
              className={classes('flex w-full flex-col gap-0.5 rounded-[4px] px-2 py-1.5 text-start', index === active && 'bg-accent-tint text-on-accent-tint')}
            >
              <Row reply={reply} language={language} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ reply, language }: { reply: SavedReplyView; language: Language | null }) {
  const t = useMacroText();
  return (
    <>
      <span className="flex items-center gap-1.5">
        <span dir="auto" className="truncate font-medium">{reply.name}</span>
        {reply.actions.length > 0 && <Zap aria-label={t('macros.macro')} size={14} className="shrink-0 opacity-80" />}
        {reply.folder !== '' && <span dir="auto" className="ms-auto max-w-28 shrink-0 truncate text-12 opacity-80">{reply.folder}</span>}
      </span>
      <span dir="auto" className="truncate text-12 opacity-80">{plainOf(textIn(reply.variants, [language])?.text ?? '').slice(0, 90)}</span>
    </>
  );
}
