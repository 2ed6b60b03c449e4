import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { MAX_WHAT } from '../../../commitments/core/contract.ts';
import { type Unit, UNITS } from '../../../conditions/core/condition.ts';
import { TicketPage, TicketView } from '../../../tickets/core/contract.ts';
import { RelationSet } from '../../../tickets/core/relations.ts';
import { MOST_WORDS } from '../../core/actions.ts';
import { useAutomationText } from '../text.ts';
import type { ActionFieldsProps } from './draft.ts';
import { WordsField } from './WordsField.tsx';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

type Delay = { readonly amount?: number; readonly unit: Unit };
type DelayFieldProps = { value: unknown; units?: readonly Unit[]; onChange: (delay: Delay) => void };

/** How long, while it is written. */
export function DelayField({ value, units = UNITS, onChange }: DelayFieldProps) {
  const t = useT();
  const delay = (value as Delay | undefined | null) ?? { unit: units.at(-1)! };
  const put = ({ amount, unit }: { amount: number | undefined; unit: Unit }) => onChange({ unit, ...(amount !== undefined && { amount }) });
  return (
    <div className="flex flex-wrap gap-2">
      <TextField
        label={t('conditions.amount')} labelHidden placeholder={t('conditions.amount')} isLatin inputMode="numeric" maxLength={5} className="w-28" value={delay.amount === undefined ? '' : String(delay.amount)}
        onChange={(text) => put({ unit: delay.unit, amount: /^\d+$/.test(text.trim()) ? Number(text) : undefined })}
      />
      <Select label={t('conditions.unit')} labelHidden className="w-40" options={units.map((id) => ({ id, label: t(`conditions.unit.${id}`) }))} value={delay.unit} onChange={(unit) => put({ amount: delay.amount, unit })} />
    </div>
  );
}

export function SubjectField({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  return (
    <>
      <TextField label={t('automation.subject')} labelHidden maxLength={1_000} value={textOf(action['subject'])} onChange={(subject) => onChange({ ...action, subject })} />
      <p className="text-13 text-ink-faint">{t('automation.subject.hint')}</p>
    </>
  );
}

export function PrivateField({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const value = action['isPrivate'];
  return (
    <Select
      label={t('automation.action.set_private')} labelHidden placeholder={t('automation.choose')} className="max-w-80" value={typeof value === 'boolean' ? String(value) : null}
      options={(['true', 'false'] as const).map((id) => ({ id, label: t(`automation.private.${id}`) }))} onChange={(id) => onChange({ ...action, isPrivate: id === 'true' })}
    />
  );
}

export function SnoozeFields({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  return (
    <>
      <Select
        label={t('automation.snooze.how')} labelHidden className="max-w-80" value={action['in'] === null ? 'customer' : 'time'}
        options={(['time', 'customer'] as const).map((id) => ({ id, label: t(`automation.snooze.${id}`) }))} onChange={(id) => onChange({ type: 'snooze', in: id === 'customer' ? null : undefined })}
      />
      {action['in'] !== null && <DelayField value={action['in']} onChange={(delay) => onChange({ type: 'snooze', in: delay })} />}
    </>
  );
}

export function MergeField({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  return (
    <>
      <Select
        label={t('automation.merge.into')} labelHidden placeholder={t('automation.choose')} className="max-w-80" value={textOf(action['into']) || null}
        options={(['linked', 'earlier'] as const).map((id) => ({ id, label: t(`automation.merge.${id}`) }))} onChange={(into) => onChange({ type: 'merge', into })}
      />
      <p className="text-13 text-ink-faint">{t('automation.merge.hint')}</p>
    </>
  );
}

/** What it is, and to which ticket, by its number. */
export function RelateFields({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const known = textOf(action['ticketId']);
  const [typed, setTyped] = useState<string | null>(null);
  const { data: chosen } = useQuery({ queryKey: ['tickets', 'one', known], queryFn: ({ signal }) => api.get(`/tickets/${known}`, TicketView, { signal }), enabled: known !== '' });
  const find = async (text: string): Promise<void> => {
    setTyped(text);
    const number = Number(text);
    const found = /^\d+$/.test(text) ? (await api.get(`/tickets?q=${number}&status=all&limit=10`, TicketPage)).items.find((one) => one.number === number) : undefined;
    onChange({ ...action, ticketId: found?.id });
  };
  return (
    <>
      <Select
        label={t('automation.relate.kind')} labelHidden placeholder={t('automation.relate.kind')} className="max-w-80" value={textOf(action['kind']) || null}
        options={RelationSet.shape.kind.options.map((id) => ({ id, label: t(`automation.relate.${id}`) }))} onChange={(kind) => onChange({ ...action, kind })}
      />
      <TextField label={t('automation.relate.number')} isLatin inputMode="numeric" maxLength={15} className="max-w-80" value={typed ?? (chosen ? String(chosen.number) : '')} onChange={(text) => void find(text.trim())} />
      {chosen && <p className="text-13 text-ink-faint"><bdi>{chosen.subject}</bdi></p>}
      {typed !== null && typed !== '' && known === '' && <p role="status" className="text-13 text-ink-faint">{t('automation.relate.unknown')}</p>}
    </>
  );
}

export const SpamHint = () => {
  const t = useAutomationText();
  return <p className="text-13 text-ink-faint">{t('automation.spam.hint')}</p>;
};

export const NotSpamHint = () => {
  const t = useAutomationText();
  return <p className="text-13 text-ink-faint">{t('automation.not_spam.hint')}</p>;
};

export function ForwardFields({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  return (
    <>
      <TextField label={t('automation.forward.to')} isLatin type="email" maxLength={320} className="max-w-80" value={textOf(action['to'])} onChange={(to) => onChange({ ...action, to: to.trim() })} />
      <p className="text-13 text-ink-faint">{t('automation.forward.hint')}</p>
      <WordsField label={t('automation.words')} value={textOf(action['text'])} maxLength={MOST_WORDS} rows={2} onChange={(text) => onChange({ ...action, text })} />
    </>
  );
}

const WORKING_UNITS = ['minutes', 'hours'] as const satisfies readonly Unit[];
const WHOEVER = 'whoever';

export function PromiseFields({ action, names, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const isWorking = action['isWorking'] !== false;
  return (
    <>
      <p className="text-13 text-ink-faint">{t('automation.promise.hint')}</p>
      <TextField label={t('automation.promise.what')} maxLength={MAX_WHAT} value={textOf(action['what'])} onChange={(what) => onChange({ ...action, what })} />
      <DelayField key={String(isWorking)} value={action['in']} units={isWorking ? WORKING_UNITS : UNITS} onChange={(delay) => onChange({ ...action, in: delay })} />
      <Checkbox isSelected={isWorking} onChange={(is) => onChange({ ...action, isWorking: is, in: undefined })}>{t('automation.promise.working')}</Checkbox>
      <Select
        label={t('automation.promise.owner')} className="max-w-80" options={[{ id: WHOEVER, label: t('automation.promise.whoever') }, ...names.choices('person')]} value={textOf(action['ownerId']) || WHOEVER}
        onChange={(id) => onChange({ ...action, ownerId: id === WHOEVER ? null : id })}
      />
    </>
  );
}
