import { useQuery } from '@tanstack/react-query';
import { Check, Minus, Paperclip } from 'lucide-react';
import { useState } from 'react';
import { type Language, LANGUAGES } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { RenderingView, type SavedReplyView } from '../../core/contract.ts';
import { useMacroText } from '../text.ts';
import { useActionWords } from '../words.ts';
import { plainOf } from './plain.ts';
import type { Applying } from './use-applying.ts';

type MacroPreviewProps = { reply: SavedReplyView; ticketId: string; use: Applying; onBack: () => void };

/** What a reply says and does, before it is done. */
export function MacroPreview({ reply, ticketId, use, onBack }: MacroPreviewProps) {
  const t = useMacroText();
  const errorText = useErrorText();
  const [wanted, setWanted] = useState<Language | null>(null);
  const { data, error } = useQuery({
    queryKey: ['macros', 'rendering', reply.id, ticketId, wanted],
    queryFn: () => api.post(`/saved-replies/${reply.id}/renderings`, { ticketId, ...(wanted && { language: wanted }) }, RenderingView),
    staleTime: 0, gcTime: 0, placeholderData: (before) => before,
  });
  const languages = LANGUAGES.filter((language) => reply.variants[language]);
  const problem = use.error ?? error;
  return (
    <div className="flex w-80 max-w-full flex-col gap-3">
      <p dir="auto" className="font-medium">{reply.name}</p>
      {languages.length > 1 && (
        <Select label={t('macros.language')} labelHidden options={languages.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))} value={wanted ?? data?.language ?? null} onChange={setWanted} />
      )}
      {data ? <Said rendering={data} reply={reply} /> : !problem && <Loading><Skeleton className="h-20 w-full" /></Loading>}
      {problem && <Banner tone="danger">{errorText(problem)}</Banner>}
      <div className="flex gap-2">
        <Button size="small" tone="primary" autoFocus isPending={use.isPending} onPress={() => use.mutate({ reply, ...(wanted && { language: wanted }) })}>
          {t(reply.actions.length === 0 ? 'macros.insert_verb' : languages.length === 0 ? 'macros.do_verb' : 'macros.insert_and_do')}
        </Button>
        <Button size="small" onPress={onBack}>{t('macros.back')}</Button>
      </div>
    </div>
  );
}

function Said({ rendering: { html, effects, attachments }, reply }: { rendering: RenderingView; reply: SavedReplyView }) {
  const t = useMacroText();
  const words = useActionWords();
  return (
    <>
      {html !== '' && <p dir="auto" className="line-clamp-6 border-s-2 border-border ps-2.5 text-start text-13">{plainOf(html)}</p>}
      {attachments.map(({ id, name }) => (
        <p key={id} className="flex items-center gap-1.5 text-13"><Paperclip aria-hidden size={14} className="shrink-0 text-ink-faint" /><bdi className="truncate">{name}</bdi></p>
      ))}
      {reply.actions.length > 0 && (
        <div className="flex flex-col gap-1 text-13">
          <p className="text-ink-faint">{t('macros.will_do')}</p>
          <ul className="flex flex-col gap-1">
            {reply.actions.map((action, index) => {
              const isIdle = effects[index]?.effect === 'nothing';
              const Icon = isIdle ? Minus : Check;
              return (
                <li key={`${index} ${action.type}`} className="flex items-start gap-1.5">
                  <Icon aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-faint" />
                  <span className="min-w-0 [overflow-wrap:anywhere]">{words(action)}{isIdle && <span className="text-ink-faint"> ({t('macros.so_already')})</span>}</span>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}
