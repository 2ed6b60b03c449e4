import { useMutation, useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useLanguage } from '../../../platform/browser/i18n.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Fields as Attributes } from '../../conditions/core/fields.ts';
import { type Carrier, nameIn } from '../core/attributes.ts';
import type { FieldValuesPatch, FieldView, Subject } from '../core/contract.ts';
import { type Demanding, isRequired, shownOf } from '../core/demands.ts';
import { type FieldValue, valueIn } from '../core/types.ts';
import { FieldInput } from './FieldInput.tsx';
import { fieldsOf } from './queries.ts';
import { useFieldsText } from './text.ts';
import { useValueText } from './value-text.ts';

type FieldsPartProps<R extends Carrier> = {
  subject: Subject;
  title: string;
  /** What the fields stand on, as conditions see it. */
  record: R;
  attributes: Attributes<R>;
  /** Null for who may only read. */
  save: ((patch: FieldValuesPatch) => Promise<unknown>) | null;
};

type Shown = Demanding & Pick<FieldView, 'id' | 'hints'>;

/** The server has read every condition that it keeps. */
const demanding = (view: FieldView): Shown => ({ ...view, shownWhen: view.shownWhen as Condition | null, requiredWhen: view.requiredWhen as Condition | null });

/** The workspace's own fields of a record, each changed where it stands; nothing where there are none to show. */
export function FieldsPart<R extends Carrier>({ subject, title, record, attributes, save }: FieldsPartProps<R>) {
  const now = useNow(60_000);
  const errorText = useErrorText();
  const { data } = useQuery(fieldsOf(subject));
  const change = useMutation({
    mutationFn: async (patch: FieldValuesPatch) => save?.(patch),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  const at = new Date(now);
  const shown = shownOf((data ?? []).map(demanding), attributes, record, at).filter(({ key }) => save !== null || valueIn(record.fields, key) !== null);
  if (shown.length === 0) return null;
  return (
    <section className="border-t border-hairline px-5 py-4" aria-label={title}>
      <h3 className="mb-2 text-12 font-medium text-ink-faint">{title}</h3>
      <div className="flex flex-col gap-3">
        {shown.map((one) => {
          const value = change.isPending && change.variables && one.key in change.variables ? change.variables[one.key] ?? null : valueIn(record.fields, one.key);
          return save
            ? <Editable key={one.id} field={one} value={value} isMissing={value === null && isRequired(one, attributes, record, at)} onChange={(next) => change.mutate({ [one.key]: next as FieldValuesPatch[string] ?? null })} />
            : <Readable key={one.id} field={one} value={value} />;
        })}
      </div>
    </section>
  );
}

function Editable({ field, value, isMissing, onChange }: { field: Shown; value: FieldValue | null; isMissing: boolean; onChange: (value: FieldValue | null) => void }) {
  const t = useFieldsText();
  const language = useLanguage();
  const hint = nameIn(field.hints, language);
  return (
    <div className="flex flex-col gap-1">
      <FieldInput definition={field} label={nameIn(field.names, language)} value={value} onChange={onChange} {...(hint !== '' && { hint })} />
      {isMissing && <div><Badge tone="warning">{t('fields.missing')}</Badge></div>}
    </div>
  );
}

function Readable({ field, value }: { field: Shown; value: FieldValue | null }) {
  const language = useLanguage();
  const words = useValueText();
  return value === null ? null : (
    <p className="text-13">
      <span className="block text-12 text-ink-faint">{nameIn(field.names, language)}</span>
      <bdi className="[overflow-wrap:anywhere]">{words(field, value)}</bdi>
    </p>
  );
}
