import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { currentLanguage } from '../../../platform/browser/i18n.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../ui/components/ConfirmDialog.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ARTICLE_STATES, ArticleDetail, type ArticleState } from '../core/contract.ts';
import { articleOne, categoriesQuery, categoryName, colleagues, refresh } from './queries.ts';
import { useKnowledgeText } from './text.ts';

const NONE = 'none';
const day = (at: string | null): string => at?.slice(0, 10) ?? '';
const moment = (value: FormDataEntryValue | null): string | null => (typeof value === 'string' && value !== '' ? `${value}T00:00:00.000Z` : null);
const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value.trim() : '');

type FactsTabProps = { article: ArticleDetail; mayWrite: boolean; onDeleted: () => void };

/** Who reads it, from when to when, where it stands, who looks after it. */
export function FactsTab({ article, mayWrite, onDeleted }: FactsTabProps) {
  const mayChange = mayWrite && (article.mayPublish || article.state === 'draft' || article.state === 'review');
  return (
    <div className="flex max-w-form flex-col gap-8 pb-8">
      <FactsForm article={article} mayChange={mayChange} />
      <Review article={article} />
      {mayChange && <Removal article={article} onDeleted={onDeleted} />}
    </div>
  );
}

type FormProps = { article: ArticleDetail; mayChange: boolean };

function FactsForm({ article, mayChange }: FormProps) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState({ state: article.state, categoryId: article.categoryId, ownerId: article.ownerId });
  const save = useMutation({
    mutationFn: (values: FormData) => api.patch(`/articles/${article.id}`, {
      ...chosen, validFrom: moment(values.get('validFrom')), validTo: moment(values.get('validTo')),
      countries: textOf(values.get('countries')).toUpperCase().split(/[^A-Z]+/).filter((code) => code !== ''), reviewEveryDays: textOf(values.get('review')) === '' ? null : Number(textOf(values.get('review'))),
    }, ArticleDetail),
    onSuccess: (saved) => {
      toast({ text: t('knowledge.saved') });
      cache.setQueryData(articleOne(article.id).queryKey, saved);
      return refresh(cache);
    },
  });
  return (
    <Form onSubmit={(values) => save.mutate(values)} problem={save.error && errorText(save.error)} footer={mayChange && <Button type="submit" tone="primary" isPending={save.isPending}>{t('knowledge.save')}</Button>}>
      <Choices article={article} mayChange={mayChange} chosen={chosen} onChoose={(part) => setChosen((now) => ({ ...now, ...part }))} />
      <div className="grid gap-4 wide:grid-cols-2">
        <TextField name="validFrom" type="date" label={t('knowledge.valid_from')} hint={t('knowledge.valid_hint')} defaultValue={day(article.validFrom)} isDisabled={!mayChange} optional />
        <TextField name="validTo" type="date" label={t('knowledge.valid_to')} defaultValue={day(article.validTo)} isDisabled={!mayChange} optional />
      </div>
      <TextField name="countries" label={t('knowledge.countries')} hint={t('knowledge.countries_hint')} defaultValue={article.countries.join(', ')} isLatin isDisabled={!mayChange} optional />
      <TextField name="review" type="number" label={t('knowledge.review_every')} hint={t('knowledge.review_hint')} defaultValue={article.reviewEveryDays === null ? '' : String(article.reviewEveryDays)} isDisabled={!mayChange} optional />
    </Form>
  );
}

type Chosen = { state: ArticleState; categoryId: string | null; ownerId: string | null };

function Choices({ article, mayChange, chosen, onChoose }: FormProps & { chosen: Chosen; onChoose: (part: Partial<Chosen>) => void }) {
  const t = useKnowledgeText();
  const categories = useQuery(categoriesQuery);
  const people = useQuery(colleagues);
  const states = ARTICLE_STATES.filter((id) => article.mayPublish || id === 'draft' || id === 'review' || id === article.state);
  const idOf = (value: string) => (value === NONE ? null : value);
  return (
    <>
      <Select label={t('knowledge.who')} hint={t(`knowledge.state_hint.${chosen.state}`)} value={chosen.state} onChange={(state) => onChoose({ state })} isDisabled={!mayChange} options={states.map((id) => ({ id, label: t(`knowledge.state.${id}`) }))} />
      <Select label={t('knowledge.category')} value={chosen.categoryId ?? NONE} onChange={(id) => onChoose({ categoryId: idOf(id) })} isDisabled={!mayChange} options={[{ id: NONE, label: t('knowledge.no_category') }, ...(categories.data?.items ?? []).map((category) => ({ id: category.id, label: `${category.parentId === null ? '' : '– '}${categoryName(category, currentLanguage())}` }))]} />
      <Select label={t('knowledge.owner')} value={chosen.ownerId ?? NONE} onChange={(id) => onChoose({ ownerId: idOf(id) })} isDisabled={!mayChange} options={[{ id: NONE, label: t('knowledge.no_owner') }, ...(people.data ?? []).map(({ id, name }) => ({ id, label: name }))]} />
    </>
  );
}

/** When somebody looked last, and the way to say that it is still true. */
function Review({ article }: { article: ArticleDetail }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => api.post(`/articles/${article.id}/reviews`, undefined, ArticleDetail),
    onSuccess: () => { toast({ text: t('knowledge.reviewed') }); return refresh(cache); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  if (article.reviewAt === null && !article.mayPublish) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 text-13 text-ink-soft">
      <p>{article.reviewAt === null ? t('knowledge.never_reviewed') : t(article.isOverdue ? 'knowledge.review_was' : 'knowledge.review_is', { date: format.date(article.reviewAt) })}</p>
      {article.mayPublish && <Button size="small" icon={CircleCheck} isPending={confirm.isPending} onPress={() => confirm.mutate()}>{t('knowledge.still_true')}</Button>}
    </div>
  );
}

function Removal({ article, onDeleted }: { article: ArticleDetail; onDeleted: () => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    await api.delete(`/articles/${article.id}`);
    onDeleted();
    await refresh(cache);
  };
  return (
    <>
      <Button icon={Trash2} className="self-start" onPress={() => setAsking(true)}>{t('knowledge.delete')}</Button>
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('knowledge.delete_title', { title: article.title })} verb={t('knowledge.delete')} onConfirm={remove} errorText={errorText}>{t('knowledge.delete_why')}</ConfirmDialog>
    </>
  );
}
