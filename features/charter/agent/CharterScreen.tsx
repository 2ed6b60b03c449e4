import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Handshake, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { textIn, type Language } from '../../../kernel/languages.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { currentLanguage, LANGUAGE_NAMES } from '../../../platform/browser/i18n.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../ui/components/Switch.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import { MOST_LINES, type CharterInput, type CharterLine, type CharterView } from '../core/contract.ts';
import { LineForm } from './LineForm.tsx';
import { charterQuery, saveCharter } from './queries.ts';
import { useCharterText } from './text.ts';

type Save = { readonly put: (change: Partial<CharterInput>, onSaved?: () => void) => void; readonly isPending: boolean; readonly problem: string | null };

/** What is promised in public, from the side of those who decide it; the page itself is a click away, published or not. */
export function CharterScreen() {
  const t = useCharterText();
  const errorText = useErrorText();
  const charter = useQuery(charterQuery);
  const save = useSaving(charter.data);
  if (charter.isError) return <ErrorState onRetry={() => void charter.refetch()} isRetrying={charter.isFetching}>{errorText(charter.error)}</ErrorState>;
  if (!charter.data) return <SkeletonRows count={3} />;
  return (
    <>
      <Section title={t('charterpage.page')} description={<>{t('charterpage.page_why')} <Link href={charter.data.published ? charter.data.path : charter.data.previewPath} target="_blank">{t(charter.data.published ? 'charterpage.open' : 'charterpage.preview')}</Link></>}>
        <div className="flex flex-col gap-4">
          <Switch isSelected={charter.data.published} isDisabled={save.isPending} hint={t('charterpage.published_hint')} onChange={(published) => save.put({ published })}>{t('charterpage.published')}</Switch>
          <Switch isSelected={charter.data.figures} isDisabled={save.isPending} hint={t('charterpage.figures_hint')} onChange={(figures) => save.put({ figures })}>{t('charterpage.figures')}</Switch>
        </div>
      </Section>
      <Lines charter={charter.data} save={save} />
      <Section title={t('charterpage.words')} description={t('charterpage.words_why')}><WordsForm key={charter.data.updatedAt} charter={charter.data} save={save} /></Section>
    </>
  );
}

function useSaving(charter: CharterView | undefined): Save {
  const t = useCharterText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (change: Partial<CharterInput>) => saveCharter({ ...charter!, ...change }),
    onSuccess: (view) => { cache.setQueryData(charterQuery.queryKey, view); toast({ text: t('charterpage.saved') }); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return { put: (change, onSaved) => save.mutate(change, { onSuccess: () => onSaved?.() }), isPending: save.isPending, problem: save.error && errorText(save.error) };
}

const inOwnWords = (texts: CharterLine['names']): string => textIn(texts, [currentLanguage()])?.text ?? '';

function Lines({ charter: { lines }, save }: { charter: CharterView; save: Save }) {
  const t = useCharterText();
  const format = useFormat();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Section title={t('charterpage.lines')} description={t('charterpage.lines_why')} actions={lines.length < MOST_LINES && <Button tone="primary" icon={Plus} onPress={() => setIsAdding(true)}>{t('charterpage.add')}</Button>}>
      {lines.length === 0 ? <EmptyState icon={Handshake}>{t('charterpage.empty')}</EmptyState> : (
        <RowList label={t('charterpage.lines')}>
          {lines.map((line, i) => (
            <ListRow
              key={`${line.policyId} ${inOwnWords(line.names)}`} title={inOwnWords(line.names)} badges={line.channel && <Badge>{t(`charterpage.channel.${line.channel}`)}</Badge>}
              detail={format.list(line.metrics.map((metric) => t(`charterpage.metric.${metric}`)))}
              actions={<IconButton icon={Trash2} label={t('charterpage.remove', { name: inOwnWords(line.names) })} isDisabled={save.isPending} onPress={() => save.put({ lines: lines.toSpliced(i, 1) })} />}
            />
          ))}
        </RowList>
      )}
      <Dialog isOpen={isAdding} onClose={() => setIsAdding(false)} title={t('charterpage.add')} isDismissable={false}>
        {isAdding && <LineForm isPending={save.isPending} problem={save.problem} onCancel={() => setIsAdding(false)} onSave={(line) => save.put({ lines: [...lines, line] }, () => setIsAdding(false))} />}
      </Dialog>
    </Section>
  );
}

const written = (texts: CharterInput['intro']): CharterInput['intro'] => Object.fromEntries(Object.entries(texts).flatMap(([language, text]) => (text?.trim() ? [[language, text.trim()]] : [])));

function WordsForm({ charter, save }: { charter: CharterView; save: Save }) {
  const t = useCharterText();
  const [intro, setIntro] = useState(charter.intro);
  const [limits, setLimits] = useState(charter.limits);
  const [language, setLanguage] = useState<Language>(currentLanguage());
  return (
    <Form onSubmit={() => save.put({ intro: written(intro), limits: written(limits) })} problem={save.problem} footer={<Button type="submit" isPending={save.isPending}>{t('charterpage.save')}</Button>}>
      <LanguageTabs label={t('charterpage.words')} names={LANGUAGE_NAMES} value={language} onChange={setLanguage} isWritten={(one) => Boolean(intro[one]?.trim() || limits[one]?.trim())}>
        {(one) => (
          <>
            <TextArea label={t('charterpage.intro')} value={intro[one] ?? ''} onChange={(text) => setIntro({ ...intro, [one]: text })} rows={3} maxLength={2_000} />
            <TextArea label={t('charterpage.limits')} hint={t('charterpage.limits_hint')} value={limits[one] ?? ''} onChange={(text) => setLimits({ ...limits, [one]: text })} rows={5} maxLength={5_000} />
          </>
        )}
      </LanguageTabs>
    </Form>
  );
}
