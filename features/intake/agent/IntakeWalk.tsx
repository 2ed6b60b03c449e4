import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Language } from '../../../kernel/languages.ts';
import { useLanguage } from '../../../platform/browser/i18n.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { nameIn } from '../../fields/core/attributes.ts';
import type { FieldDefinition, FieldValue } from '../../fields/core/types.ts';
import { askable, type AskedQuestion, type KeptQuestion, landing, walk } from '../core/walk.ts';
import { intakes, ticketFields } from './queries.ts';
import { useIntakeText } from './text.ts';

/** Seats the editor of a value, which belongs to the room of fields. */
export type ValueInput = (props: { definition: FieldDefinition; label: string; hint: string; value: FieldValue | null; onChange: (value: FieldValue | null) => void }) => ReactNode;
export type Answers = Readonly<Record<string, FieldValue | null>>;
export type Landed = ReturnType<typeof landing>;

/** What is asked first for a kind of ticket, read out by whoever sits on the phone or at the counter; nothing where nothing is. */
export function IntakeWalk({ kind, answers, input, onChange }: { kind: string; answers: Answers; input: ValueInput; onChange: (answers: Answers, landed: Landed) => void }) {
  const t = useIntakeText();
  const { data } = useQuery(intakes);
  const { data: fields = [] } = useQuery(ticketFields);
  const intake = data?.find((one) => one.kind === kind && one.active);
  if (!intake) return null;
  return (
    <section aria-label={t('intake.ask')} className="flex max-w-form flex-col gap-4 rounded-control border border-hairline bg-sunken p-4">
      <h2 className="text-14 font-semibold">{t('intake.ask')}</h2>
      <Steps questions={askable(intake.questions as unknown as readonly KeptQuestion[], fields)} answers={answers} input={input} onChange={onChange} />
    </section>
  );
}

type StepsProps = { questions: readonly AskedQuestion[]; answers: Answers; input: ValueInput; onChange: (answers: Answers, landed: Landed) => void; language?: Language };

/** The questions that the answers so far lead to. */
export function Steps({ questions, answers, input, onChange, language }: StepsProps) {
  const t = useIntakeText();
  const own = useLanguage();
  const spoken = language ?? own;
  const now = new Date(useNow(60_000));
  const { asked } = walk(questions, answers, now);
  return (
    <>
      {asked.length === 0 && <p className="text-13 text-ink-soft">{t('intake.nothing')}</p>}
      {asked.map(({ key, names, hints, required, definition }) => (
        <div key={key} lang={spoken}>
          {input({
            definition, label: required ? `${nameIn(names, spoken)} *` : nameIn(names, spoken), hint: nameIn(hints, spoken), value: answers[key] ?? null,
            onChange: (value) => {
              const next = { ...answers, [key]: value };
              onChange(next, landing(walk(questions, next, now), spoken));
            },
          })}
        </div>
      ))}
    </>
  );
}
