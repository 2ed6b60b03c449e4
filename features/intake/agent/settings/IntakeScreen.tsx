import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListChecks, Pencil, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { nameIn } from '../../../fields/core/attributes.ts';
import type { FieldView } from '../../../fields/core/contract.ts';
import { KINDS } from '../../../tickets/core/contract.ts';
import { IntakeView, MOST_QUESTIONS } from '../../core/contract.ts';
import { askable, type KeptQuestion } from '../../core/walk.ts';
import { type Answers, Steps, type ValueInput } from '../IntakeWalk.tsx';
import { intakes, ticketFields } from '../queries.ts';
import { useIntakeText } from '../text.ts';
import { type ConditionSlot, QuestionDialog } from './QuestionDialog.tsx';

type Kind = (typeof KINDS)[number];
type IntakeScreenProps = { conditions: ConditionSlot; input: ValueInput };

/** What is asked first, for each kind of ticket; tried out beside it. */
export function IntakeScreen({ conditions, input }: IntakeScreenProps) {
  const t = useIntakeText();
  const say = useT();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<Kind | null>(null);
  const { data, error, refetch, isFetching } = useQuery(intakes);
  const { data: fields } = useQuery(ticketFields);
  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data || !fields) return <Loading><Skeleton className="h-14 w-full" /></Loading>;
  // Where something is asked already is what one comes for.
  const kind = chosen ?? KINDS.find((id) => data.some((one) => one.kind === id)) ?? 'claim';
  const intake = data.find((one) => one.kind === kind);
  return (
    <>
      <p className="mb-4 max-w-reading text-13 text-ink-faint">{t('intake.what')}</p>
      <Select label={t('intake.kind')} className="mb-2 max-w-80" options={KINDS.map((id) => ({ id, label: say(`tickets.kind.${id}`) }))} value={kind} onChange={setChosen} />
      <KindSection key={kind} kind={kind} intake={intake} fields={fields} conditions={conditions} input={input} />
    </>
  );
}

type KindProps = IntakeScreenProps & { kind: Kind; intake: IntakeView | undefined; fields: readonly FieldView[] };

function KindSection({ kind, intake, fields, conditions, input }: KindProps) {
  const t = useIntakeText();
  const language = useLanguage();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const [answers, setAnswers] = useState<Answers>({});
  const kept = (intake?.questions ?? []) as unknown as readonly KeptQuestion[];
  const active = intake?.active ?? true;
  const save = useMutation({
    mutationFn: async (given: { questions: readonly KeptQuestion[]; active: boolean }): Promise<void> => {
      if (given.questions.length === 0) await api.delete(`/intakes/${kind}`);
      else await api.put(`/intakes/${kind}`, given, IntakeView);
    },
    onSuccess: () => toast({ text: t('intake.saved') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['intakes'] }),
  });
  const put = (questions: readonly KeptQuestion[]) => save.mutateAsync({ questions, active });
  const rows = kept.map((question) => ({ ...question, id: question.key }));
  return (
    <>
      <Section
        title={t('intake.questions')}
        actions={<Button tone="primary" icon={Plus} isDisabled={kept.length >= MOST_QUESTIONS} onPress={() => setEdited('new')}>{t('intake.new')}</Button>}
      >
        {kept.length === 0 && <EmptyState icon={ListChecks}>{t('intake.empty')}</EmptyState>}
        {kept.length > 0 && (
          <>
            <Switch isSelected={active} onChange={(next) => save.mutate({ questions: kept, active: next })}>{t('intake.active')}</Switch>
            <OrderedList label={t('intake.questions')} items={rows} nameOf={({ names }) => nameIn(names, language)}
              onMove={rows.length > 1 ? ({ key }, to) => void put(kept.filter((one) => one.key !== key).toSpliced(to, 0, kept.find((one) => one.key === key)!)).catch(() => undefined) : null}>
              {(question, index) => (
                <div className="flex min-w-0 flex-1 items-center gap-2 px-1.5">
                  <div className="min-w-0 flex-1">
                    <div className="flex flex-wrap items-center gap-2">
                      <span dir="auto" className="font-medium [overflow-wrap:anywhere]">{nameIn(question.names, language)}</span>
                      {question.required && <Badge>{t('intake.required')}</Badge>}
                      {question.when && <Badge>{t('intake.sometimes')}</Badge>}
                    </div>
                    <p className="text-13 text-ink-faint">{question.field === null ? t('intake.into_text') : t('intake.into_field', { field: nameIn(fields.find(({ key }) => key === question.field)?.names ?? {}, language) || question.field })}</p>
                  </div>
                  <IconButton size="normal" icon={Pencil} label={t('intake.edit', { question: nameIn(question.names, language) })} onPress={() => setEdited(index)} />
                  <IconButton size="normal" icon={X} label={t('intake.remove', { question: nameIn(question.names, language) })} onPress={() => void put(kept.filter((_, i) => i !== index)).catch(() => undefined)} />
                </div>
              )}
            </OrderedList>
          </>
        )}
      </Section>
      {kept.length > 0 && (
        <Section title={t('intake.try')} description={t('intake.try_what')}>
          <div className="flex max-w-form flex-col gap-4 rounded-control border border-hairline bg-sunken p-4">
            <Steps questions={askable(kept, fields)} answers={answers} input={input} onChange={setAnswers} />
          </div>
        </Section>
      )}
      <QuestionDialog question={edited} kept={kept} fields={fields} conditions={conditions} onClose={() => setEdited(null)} onSave={put} />
    </>
  );
}
