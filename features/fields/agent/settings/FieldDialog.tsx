import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, languageToOpen, useLanguage } from '../../../../platform/browser/i18n.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import { nameIn } from '../../core/attributes.ts';
import { FieldView, type Subject } from '../../core/contract.ts';
import { keyFrom } from '../../core/keys.ts';
import { FIELD_TYPES } from '../../core/types.ts';
import type { ConditionSlot } from '../slots.ts';
import { useFieldsText } from '../text.ts';
import { bodyOf, draftOf, type FieldDraft } from './draft.ts';
import { OptionsFields } from './OptionsFields.tsx';

type FieldDialogProps = { subject: Subject; field: FieldView | 'new' | null; conditions: ConditionSlot; onClose: () => void };

export function FieldDialog({ subject, field, conditions, onClose }: FieldDialogProps) {
  const t = useFieldsText();
  const language = useLanguage();
  return (
    <Dialog isOpen={field !== null} onClose={onClose} title={field === 'new' || !field ? t('fields.new') : nameIn(field.names, language)} size="wide" isDismissable={false}>
      {field && <FieldForm subject={subject} field={field === 'new' ? null : field} conditions={conditions} onClose={onClose} />}
    </Dialog>
  );
}

type PartProps = { draft: FieldDraft; put: (change: Partial<FieldDraft>) => void };

function FieldForm({ subject, field, conditions, onClose }: { subject: Subject; field: FieldView | null; conditions: ConditionSlot; onClose: () => void }) {
  const t = useFieldsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(field));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<FieldDraft>) => setDraft({ ...draft, ...change });
  const body = bodyOf(draft, subject, field !== null);
  const save = useMutation({
    mutationFn: (given: object) => (field ? api.patch(`/fields/${field.id}`, given, FieldView) : api.post('/fields', given, FieldView)),
    onSuccess: () => {
      toast({ text: t('fields.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['fields'] });
    },
  });
  return (
    <SaveForm
      verb={t('fields.save')} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
      onSubmit={() => {
        setShowFaults(true);
        if (body) save.mutate(body);
      }}
    >
      <Words draft={draft} put={put} isNew={field === null} showFaults={showFaults} />
      <Kind draft={draft} put={put} isNew={field === null} />
      {(draft.type === 'choice' || draft.type === 'tree') && <OptionsFields type={draft.type} options={draft.options} known={field?.options ?? []} showFaults={showFaults} onChange={(options) => put({ options })} />}
      <When label={t('fields.shown')} what={t('fields.shown_what')} condition={draft.shownWhen} conditions={conditions} showFaults={showFaults} onChange={(shownWhen) => put({ shownWhen })} />
      <Checkbox isSelected={draft.required} onChange={(required) => put({ required })} hint={t(subject === 'ticket' ? 'fields.required_ticket_what' : 'fields.required_what')}>
        {t(subject === 'ticket' ? 'fields.required_ticket' : 'fields.required_always')}
      </Checkbox>
      {draft.required && <When label={t('fields.required_when')} what={t('fields.required_when_what')} condition={draft.requiredWhen} conditions={conditions} showFaults={showFaults} onChange={(requiredWhen) => put({ requiredWhen })} />}
    </SaveForm>
  );
}

function Words({ draft, put, isNew, showFaults }: PartProps & { isNew: boolean; showFaults: boolean }) {
  const t = useFieldsText();
  // Until a language is chosen the first field has the focus; after that the tabs keep it, for the arrow keys.
  const [chosen, setChosen] = useState<Language | null>(null);
  const [first] = useState<Language>(() => languageToOpen(draft.names));
  const isNameless = showFaults && Object.values(draft.names).every((name) => !name?.trim());
  const named = (language: Language, name: string) => {
    const names = { ...draft.names, [language]: name };
    put({ names, ...(isNew && !draft.hasOwnKey && { key: keyFrom(names) }) });
  };
  return (
    <>
      <LanguageTabs label={t('fields.words')} names={LANGUAGE_NAMES} value={chosen ?? first} onChange={setChosen} isWritten={(language) => Boolean(draft.names[language]?.trim())}>
        {(language) => (
          <>
            <TextField label={t('fields.name')} value={draft.names[language] ?? ''} maxLength={120} autoComplete="off" autoFocus={isNew && chosen === null} onChange={(name) => named(language, name)} {...(isNameless && { error: t('fields.nameless') })} />
            <TextField label={t('fields.hint')} optional value={draft.hints[language] ?? ''} maxLength={500} autoComplete="off" onChange={(hint) => put({ hints: { ...draft.hints, [language]: hint } })} />
          </>
        )}
      </LanguageTabs>
      {isNew
        ? <TextField name="key" label={t('fields.key')} hint={t('fields.key_hint')} isLatin value={draft.key} maxLength={40} autoComplete="off" onChange={(key) => put({ key, hasOwnKey: true })} isRequired />
        : <p className="text-13 text-ink-faint">{t(`fields.type.${draft.type}`)} · <bdi dir="ltr">{draft.key}</bdi></p>}
    </>
  );
}

function Kind({ draft, put, isNew }: PartProps & { isNew: boolean }) {
  const t = useFieldsText();
  if (!isNew && draft.type !== 'money') return null;
  return (
    <div className="flex flex-wrap gap-3">
      {isNew && (
        <Select label={t('fields.type')} className="min-w-48 flex-1" options={FIELD_TYPES.map((id) => ({ id, label: t(`fields.type.${id}`) }))} value={draft.type} onChange={(type) => put({ type })} />
      )}
      {draft.type === 'money' && <TextField name="currency" label={t('fields.currency')} className="w-32" isLatin value={draft.currency} maxLength={3} onChange={(currency) => put({ currency: currency.toUpperCase() })} isRequired />}
    </div>
  );
}

type WhenProps = { label: string; what: string; condition: Condition | null; conditions: ConditionSlot; showFaults: boolean; onChange: (condition: Condition | null) => void };

function When({ label, what, condition, conditions, showFaults, onChange }: WhenProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{label}</legend>
      <p className="text-13 text-ink-faint">{what}</p>
      {conditions({ label, value: condition ?? ALWAYS, showFaults, onChange: (next) => onChange(partsOf(next).length === 0 ? null : next) })}
    </fieldset>
  );
}
