import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, FilePlus2, Replace, SearchX } from 'lucide-react';
import { useState } from 'react';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { ListRow, RowList } from '../../../ui/layout/Section.tsx';
import { ArticleDetail, SynonymView, type GapView } from '../core/contract.ts';
import { gapsQuery, refresh } from './queries.ts';
import { useKnowledgeText } from './text.ts';

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value.trim() : '');

const DAYS = ['7', '30', '90', '365'] as const;
type GapsScreenProps = { mayWrite: boolean; mayPublish: boolean; ticketHref: (id: string) => string; onArticle: (id: string) => void; onBack: () => void };

/** What people looked for and did not find: the articles that are missing, in their own words. */
export function GapsScreen(props: GapsScreenProps) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const format = useFormat();
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const [language, setLanguage] = useState<Language | 'all'>('all');
  const [widened, setWidened] = useState<GapView | null>(null);
  const gaps = useQuery(gapsQuery(Number(days), language === 'all' ? null : language));
  return (
    <Pane
      title={t('knowledge.gaps')}
      level={1}
      back={{ label: t('knowledge.articles'), onBack: props.onBack }}
      actions={<Button size="small" onPress={props.onBack}>{t('knowledge.articles')}</Button>}
      below={
        <div className="flex flex-wrap items-center gap-2 border-b border-hairline px-4 py-2.5">
          <Select label={t('knowledge.gaps.days')} labelHidden className="w-44" value={days} onChange={setDays} options={DAYS.map((id) => ({ id, label: t('knowledge.gaps.last_days', { count: Number(id) }) }))} />
          <Select label={t('knowledge.language')} labelHidden className="w-44" value={language} onChange={setLanguage} options={[{ id: 'all', label: t('knowledge.all_languages') }, ...LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))]} />
          {gaps.data && <p className="text-13 text-ink-soft">{t('knowledge.gaps.totals', { searched: gaps.data.searched, failed: gaps.data.failed, share: format.percent(gaps.data.searched === 0 ? 0 : gaps.data.failed / gaps.data.searched) })}</p>}
        </div>
      }
    >
      <div className="mx-auto w-full max-w-page px-4 py-4">
        {gaps.isError ? <ErrorState onRetry={() => void gaps.refetch()} isRetrying={gaps.isFetching}>{errorText(gaps.error)}</ErrorState>
          : !gaps.data ? <SkeletonRows count={5} />
          : gaps.data.items.length === 0 ? <EmptyState icon={SearchX}>{t('knowledge.gaps.empty')}</EmptyState>
          : <RowList label={t('knowledge.gaps')}>{gaps.data.items.map((gap) => <GapRow key={`${gap.language} ${gap.words}`} gap={gap} onWiden={() => setWidened(gap)} {...props} />)}</RowList>}
        <p className="mt-3 text-13 text-ink-faint">{t('knowledge.gaps.privacy')}</p>
      </div>
      <SynonymDialog gap={widened} onClose={() => setWidened(null)} />
    </Pane>
  );
}

function GapRow({ gap, mayWrite, mayPublish, ticketHref, onArticle, onWiden }: GapsScreenProps & { gap: GapView; onWiden: () => void }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const failed = (error: unknown) => { toast({ tone: 'failed', text: errorText(error) }); };
  const write = useMutation({
    mutationFn: () => api.post('/articles', { language: gap.language, title: gap.words.charAt(0).toUpperCase() + gap.words.slice(1), keywords: gap.words }, ArticleDetail),
    onSuccess: ({ id }) => { onArticle(id); return refresh(cache); },
    onError: failed,
  });
  const close = useMutation({ mutationFn: () => api.post('/knowledge/gaps/closures', { language: gap.language, words: gap.words }), onSuccess: () => refresh(cache), onError: failed });
  return (
    <ListRow
      isWordy
      title={gap.words}
      badges={<Badge>{LANGUAGE_NAMES[gap.language]}</Badge>}
      detail={
        <>
          <p>{t('knowledge.gaps.counts', { failed: gap.failed, searched: gap.searched, date: format.date(gap.lastAt) })}</p>
          {gap.ticketCount > 0 && (
            <p className="mt-1 flex flex-wrap gap-x-2">
              <span>{t('knowledge.gaps.tickets', { count: gap.ticketCount })}</span>
              {gap.tickets.map(({ id, number, subject }) => <Link key={id} href={ticketHref(id)}><bdi>{`#${number} ${subject}`}</bdi></Link>)}
            </p>
          )}
        </>
      }
      actions={
        <>
          {mayWrite && <Button size="small" icon={FilePlus2} aria-label={t('knowledge.gaps.write', { words: gap.words })} isPending={write.isPending} onPress={() => write.mutate()}>{t('knowledge.gaps.write_verb')}</Button>}
          {mayPublish && <Button size="small" icon={Replace} aria-label={t('knowledge.gaps.synonym', { words: gap.words })} onPress={onWiden}>{t('knowledge.gaps.synonym_verb')}</Button>}
          {mayPublish && <Button size="small" icon={Check} aria-label={t('knowledge.gaps.close', { words: gap.words })} isPending={close.isPending} onPress={() => close.mutate()}>{t('knowledge.gaps.close_verb')}</Button>}
        </>
      }
    />
  );
}

/** There is an article, only under another word. */
function SynonymDialog({ gap, onClose }: { gap: GapView | null; onClose: () => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: async (other: string) => {
      if (!gap) return;
      await api.post('/article-synonyms', { language: gap.language, words: [gap.words.slice(0, 60), other] }, SynonymView);
      await api.post('/knowledge/gaps/closures', { language: gap.language, words: gap.words });
    },
    onSuccess: () => { toast({ text: t('knowledge.saved') }); onClose(); return refresh(cache); },
  });
  return (
    <Dialog isOpen={gap !== null} onClose={onClose} title={t('knowledge.gaps.synonym_title')}>
      {gap && (
        <SaveForm verb={t('knowledge.save')} isPending={save.isPending} onCancel={onClose} problem={save.error && errorText(save.error)} onSubmit={(values) => save.mutate(textOf(values.get('other')))}>
          <p className="text-ink-soft">{t('knowledge.gaps.synonym_why', { words: gap.words })}</p>
          <TextField name="other" label={t('knowledge.gaps.synonym_other')} maxLength={60} minLength={2} autoComplete="off" isRequired autoFocus />
        </SaveForm>
      )}
    </Dialog>
  );
}
