import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, languageToOpen, useLanguage } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import type { Fields as Attributes } from '../../../conditions/core/fields.ts';
import { nameIn, written } from '../../../fields/core/attributes.ts';
import type { FieldView } from '../../../fields/core/contract.ts';
import { freeKey, keyFrom } from '../../../fields/core/keys.ts';
import { Question } from '../../core/contract.ts';
import { askable, earlierAnswers, type KeptQuestion } from '../../core/walk.ts';
import { useIntakeText } from '../text.ts';

/** Seats the editor of conditions, which belongs to another room. */
export type ConditionSlot = (props: { label: string; fields: Attributes<never>; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;

type QuestionDialogProps = {
  /** Its place, or a new one. */
  question: number | 'new' | null; kept: readonly KeptQuestion[]; fields: readonly FieldView[]; conditions: ConditionSlot;
  onClose: () => void; onSave: (questions: readonly KeptQuestion[]) => Promise<unknown>;
};

const NEW: KeptQuestion = { key: '', names: {}, hints: {}, field: null, choices: [], required: false, when: null };

export function QuestionDialog(props: QuestionDialogProps) {
  const t = useIntakeText();
  const language = useLanguage();
  const { question, kept, onClose } = props;
  const title = typeof question === 'number' && kept[question] ? nameIn(kept[question].names, language) : t('intake.new');
  return <Dialog isOpen={question !== null} onClose={onClose} title={title} size="wide" isDismissable={false}>{question !== null && <QuestionForm {...props} question={question} />}</Dialog>;
}

const TEXT = ' text';

function QuestionForm({ question, kept, fields, conditions, onClose, onSave }: QuestionDialogProps & { question: number | 'new' }) {
  const t = useIntakeText();
  const language = useLanguage();
  const errorText = useErrorText();
  const place = question === 'new' ? kept.length : question;
  const [draft, setDraft] = useState<KeptQuestion>(() => kept[place] ?? NEW);
  const [showFaults, setShowFaults] = useState(false);
  const [state, setState] = useState<{ isPending: boolean; problem: unknown }>({ isPending: false, problem: null });
  // Until a language is chosen the first field has the focus; after that the tabs keep it, for the arrow keys.
  const [chosen, setChosen] = useState<Language | null>(null);
  const [first] = useState<Language>(() => languageToOpen(draft.names));
  const shown = chosen ?? first;
  const put = (change: Partial<KeptQuestion>) => setDraft({ ...draft, ...change });
  const others = kept.filter((_, i) => i !== place);
  const earlier = askable(kept.slice(0, place), fields);
  const free = fields.filter(({ key, active, type }) => active && type !== 'person' && !others.some(({ field }) => field === key));
  const isNameless = Object.values(draft.names).every((name) => !name?.trim());
  const submit = () => {
    setShowFaults(true);
    const whole = {
      ...draft, names: written(draft.names), hints: written(draft.hints), choices: draft.field === null ? draft.choices.map((choice) => ({ ...choice, names: written(choice.names) })) : [],
      key: draft.key || freeKey(keyFrom(draft.names) || 'q', others.map(({ key }) => key)),
    };
    if (!Question.safeParse(whole).success) return;
    setState({ isPending: true, problem: null });
    onSave(kept.toSpliced(place, 1, whole)).then(onClose, (problem: unknown) => setState({ isPending: false, problem }));
  };
  return (
    <SaveForm verb={t('intake.save')} isPending={state.isPending} onCancel={onClose} onSubmit={submit} problem={state.problem === null ? null : errorText(state.problem)}>
      <LanguageTabs label={t('intake.words')} names={LANGUAGE_NAMES} value={shown} onChange={setChosen} isWritten={(one) => Boolean(draft.names[one]?.trim())}>
        {(one) => (
          <>
            <TextField label={t('intake.question')} value={draft.names[one] ?? ''} maxLength={120} autoComplete="off" autoFocus={question === 'new' && chosen === null} onChange={(name) => put({ names: { ...draft.names, [one]: name } })} {...(showFaults && isNameless && { error: t('intake.nameless') })} />
            <TextField label={t('intake.hint')} optional value={draft.hints[one] ?? ''} maxLength={500} autoComplete="off" onChange={(hint) => put({ hints: { ...draft.hints, [one]: hint } })} />
          </>
        )}
      </LanguageTabs>
      <Select label={t('intake.lands')} hint={t('intake.lands_what')} options={[{ id: TEXT, label: t('intake.into_text') }, ...free.map(({ key, names }) => ({ id: key, label: nameIn(names, language) }))]} value={draft.field ?? TEXT} onChange={(id) => put({ field: id === TEXT ? null : id })} />
      {draft.field === null && <Choices choices={draft.choices} language={shown} onChange={(choices) => put({ choices })} />}
      <Checkbox isSelected={draft.required} onChange={(required) => put({ required })}>{t('intake.required')}</Checkbox>
      {earlier.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('intake.when')}</legend>
          <p className="text-13 text-ink-faint">{t('intake.when_what')}</p>
          {conditions({ label: t('intake.when'), fields: earlierAnswers(earlier, language) as Attributes<never>, value: draft.when ?? ALWAYS, showFaults, onChange: (when) => put({ when: partsOf(when).length === 0 ? null : when }) })}
        </fieldset>
      )}
    </SaveForm>
  );
}

/** Without choices one answers in words. */
function Choices({ choices, language, onChange }: { choices: KeptQuestion['choices']; language: Language; onChange: (choices: KeptQuestion['choices']) => void }) {
  const t = useIntakeText();
  const [fresh, setFresh] = useState('');
  const add = () => {
    const name = fresh.trim();
    if (name === '') return;
    onChange([...choices, { key: freeKey(keyFrom({ [language]: name }) || 'q', choices.map(({ key }) => key)), names: { [language]: name } }]);
    setFresh('');
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('intake.choices')}</legend>
      <p className="text-13 text-ink-faint">{t('intake.choices_what')}</p>
      {choices.map((choice) => {
        const name = nameIn(choice.names, language);
        return (
          <div key={choice.key} className="flex items-start gap-1">
            <TextField label={t('intake.choice', { choice: name })} labelHidden className="min-w-0 flex-1" lang={language} value={choice.names[language] ?? ''} placeholder={name} maxLength={120} autoComplete="off"
              onChange={(text) => onChange(choices.map((one) => (one.key === choice.key ? { ...one, names: { ...one.names, [language]: text } } : one)))} />
            <IconButton size="normal" icon={X} label={t('intake.choice_remove', { choice: name })} onPress={() => onChange(choices.filter(({ key }) => key !== choice.key))} />
          </div>
        );
      })}
      <div className="flex items-end gap-2">
        <TextField label={t('intake.choice_new')} className="min-w-0 flex-1" lang={language} value={fresh} onChange={setFresh} maxLength={120} autoComplete="off"
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }} />
        <Button icon={Plus} onPress={add} isDisabled={fresh.trim() === ''}>{t('intake.choice_add')}</Button>
      </div>
    </fieldset>
  );
}
