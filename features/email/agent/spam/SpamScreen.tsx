import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { SpamFilterView } from '../../core/spam/contract.ts';
import { SENSITIVITIES, type Sensitivity } from '../../core/spam/judgement.ts';
import { useEmailText } from '../text.ts';
import { spamFilterQuery } from './queries.ts';
import { SenderSection } from './SenderSection.tsx';

const LIMITS = ['perTenMinutes', 'perHour', 'equalTexts'] as const;

/** What keeps unwanted mail from the desk, and what it has learnt. */
export function SpamScreen() {
  const errorText = useErrorText();
  const filter = useQuery(spamFilterQuery);
  if (filter.isError) return <ErrorState onRetry={() => void filter.refetch()}>{errorText(filter.error)}</ErrorState>;
  if (!filter.data) return <SkeletonRows count={4} />;
  return (
    <>
      <FilterSection filter={filter.data} />
      <SenderSection list="blocked" />
      <SenderSection list="allowed" />
      <LimitsSection key={LIMITS.map((name) => filter.data[name]).join()} filter={filter.data} />
    </>
  );
}

function useFilterChange() {
  const t = useEmailText();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (patch: Record<string, unknown>) => api.patch('/email/spam-filter', patch, SpamFilterView),
    onSuccess: (filter) => {
      cache.setQueryData(spamFilterQuery.queryKey, filter);
      toast({ text: t('email.saved') });
    },
  });
}

function FilterSection({ filter: { sensitivity, learnt } }: { filter: SpamFilterView }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const change = useFilterChange();
  const [isForgetting, setForgetting] = useState(false);
  const isReady = learnt.spam >= learnt.needed && learnt.ham >= learnt.needed;
  return (
    <Section title={t('email.spam.filter')} description={t('email.spam.filter.why')}>
      <Select<Sensitivity>
        label={t('email.spam.sensitivity')}
        hint={t(`email.spam.sensitivity.${sensitivity}.hint`)}
        error={change.error ? errorText(change.error) : undefined}
        options={SENSITIVITIES.map((id) => ({ id, label: t(`email.spam.sensitivity.${id}`) }))}
        value={sensitivity}
        onChange={(id) => change.mutate({ sensitivity: id })}
        className="max-w-80"
      />
      <div className="flex flex-col gap-2 text-13">
        <p>{t('email.spam.learnt', { spam: learnt.spam, ham: learnt.ham })}</p>
        {!isReady && <p className="text-ink-faint">{t('email.spam.learnt.more', { needed: learnt.needed })}</p>}
        <Words label={t('email.spam.words.spam')} words={learnt.spamWords} />
        <Words label={t('email.spam.words.ham')} words={learnt.hamWords} />
      </div>
      {learnt.spam + learnt.ham > 0 && <Button className="self-start" onPress={() => setForgetting(true)}>{t('email.spam.forget')}</Button>}
      <ConfirmDialog
        isOpen={isForgetting}
        onClose={() => setForgetting(false)}
        title={t('email.spam.forget.title')}
        verb={t('email.spam.forget')}
        onConfirm={async () => {
          await api.delete('/email/spam-filter/lessons');
          await cache.invalidateQueries(spamFilterQuery);
        }}
        errorText={errorText}
      >
        {t('email.spam.forget.why')}
      </ConfirmDialog>
    </Section>
  );
}

const Words = ({ label, words }: { label: string; words: readonly string[] }) => {
  const format = useFormat();
  return words.length > 0 && <p className="text-ink-faint"><span className="text-ink-soft">{label}</span> <bdi className="[overflow-wrap:anywhere]">{format.list(words)}</bdi></p>;
};

function LimitsSection({ filter }: { filter: SpamFilterView }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const change = useFilterChange();
  return (
    <Section title={t('email.spam.limits')} description={t('email.spam.limits.why')}>
      <Form
        onSubmit={(values) => change.mutate(Object.fromEntries(LIMITS.map((name) => [name, Number(values.get(name))])))}
        errors={fieldErrors(change.error)}
        problem={change.error && errorText(change.error)}
        footer={<Button type="submit" tone="primary" isPending={change.isPending}>{t('email.save')}</Button>}
      >
        {LIMITS.map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(`email.spam.limit.${name}`)}
            defaultValue={String(filter[name])}
            inputMode="numeric"
            pattern="[0-9]*"
            isLatin
            isRequired
            className="max-w-80"
          />
        ))}
      </Form>
    </Section>
  );
}
