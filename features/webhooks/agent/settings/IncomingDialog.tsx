import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { IncomingCreated, IncomingView } from '../../core/incoming-contract.ts';
import { applied, type Makes, MAKES, type MappedField, type Mapping } from '../../core/mapping.ts';
import { useWebhookText } from '../text.ts';

type IncomingDialogProps = { hook: IncomingView | 'new' | null; onClose: () => void; onAddress: (address: string) => void };

export function IncomingDialog({ hook, onClose, onAddress }: IncomingDialogProps) {
  const t = useWebhookText();
  return (
    <Dialog isOpen={hook !== null} onClose={onClose} title={hook === 'new' || !hook ? t('webhooks.incoming_new') : hook.name} size="wide" isDismissable={false}>
      {hook && <IncomingForm hook={hook === 'new' ? null : hook} onClose={onClose} onAddress={onAddress} />}
    </Dialog>
  );
}

/** In the order in which they are written. */
const FIELDS: Readonly<Record<Makes, readonly MappedField[]>> = {
  ticket: ['subject', 'text', 'email', 'phone', 'name', 'priority', 'tags', 'id'],
  note: ['ticketNumber', 'text', 'id'],
};
const FIRST: Mapping = { subject: '{/subject}', text: '{/text}', email: '{/customer/email}', name: '{/customer/name}', ticketNumber: '{/ticket}', id: '{/id}' };
const SAMPLE = JSON.stringify({ id: 'order-1042', subject: 'Order 1042', text: 'The parcel came back.', ticket: 1042, customer: { email: 'maria@example.org', name: 'Maria' } }, null, 2);

type IncomingFormProps = Omit<IncomingDialogProps, 'hook'> & { hook: IncomingView | null };

function IncomingForm({ hook, onClose, onAddress }: IncomingFormProps) {
  const t = useWebhookText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [makes, setMakes] = useState<Makes>(hook?.makes ?? 'ticket');
  const [mapping, setMapping] = useState<Mapping>(hook?.mapping ?? FIRST);
  const [sample, setSample] = useState(SAMPLE);
  const save = useMutation({
    mutationFn: async (values: FormData) => {
      const wanted = Object.fromEntries(FIELDS[makes].flatMap((field) => (mapping[field] ? [[field, mapping[field]]] : [])));
      const body = { name: values.get('name'), makes, mapping: wanted };
      if (hook) await api.patch(`/incoming-webhooks/${hook.id}`, { ...body, version: hook.version }, IncomingView);
      else onAddress((await api.post('/incoming-webhooks', body, IncomingCreated)).address);
    },
    onSuccess: () => {
      toast({ text: t('webhooks.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['webhooks', 'incoming'] });
    },
  });

  return (
    <SaveForm verb={t('webhooks.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('webhooks.name')} hint={t('webhooks.incoming_name_hint')} defaultValue={hook?.name ?? ''} maxLength={100} autoComplete="off" isRequired autoFocus />
      <RadioGroup label={t('webhooks.makes')} layout="line" value={makes} onChange={setMakes} options={MAKES.map((id) => ({ id, label: t(`webhooks.makes.${id}`) }))} />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-13 font-medium">{t('webhooks.mapping')}</legend>
        <p className="max-w-reading text-13 text-ink-faint">{t('webhooks.mapping_hint')} <bdi dir="ltr">{'{/customer/email}'}</bdi></p>
        {FIELDS[makes].map((field) => {
          const shared = { label: t(`webhooks.field.${field}`), value: mapping[field] ?? '', onChange: (text: string) => setMapping({ ...mapping, [field]: text }), maxLength: 4000 };
          return field === 'text' ? <TextArea key={field} {...shared} rows={3} /> : <TextField key={field} {...shared} autoComplete="off" />;
        })}
      </fieldset>
      <TextArea label={t('webhooks.sample')} hint={t('webhooks.sample_hint')} value={sample} onChange={setSample} rows={6} maxLength={50_000} />
      <Preview makes={makes} mapping={mapping} sample={sample} />
    </SaveForm>
  );
}

/** What would become of the sample; worked out here by the rule that the server goes by. */
function Preview({ makes, mapping, sample }: { makes: Makes; mapping: Mapping; sample: string }) {
  const t = useWebhookText();
  const payload = parsed(sample);
  if (payload === undefined) return <p role="status" className="text-13 text-danger-ink">{t('webhooks.sample_bad')}</p>;
  const { mapped, problems } = applied(makes, mapping, payload);
  const valueOf = (field: MappedField): string => {
    const value = mapped[field];
    return value === null ? '' : typeof value === 'object' ? value.join(', ') : String(value);
  };
  return (
    <section aria-label={t('webhooks.preview')} className="rounded-control border border-hairline bg-sunken p-3">
      <h3 className="mb-2 text-13 font-medium">{t('webhooks.preview')}</h3>
      <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-1 text-13">
        {FIELDS[makes].map((field) => {
          const problem = problems.find((one) => one.field === field);
          return (
            <div key={field} className="contents">
              <dt className="text-ink-soft">{t(`webhooks.field.${field}`)}</dt>
              <dd className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
                <bdi>{valueOf(field)}</bdi>
                {problem && <span className={problem.isFatal ? 'text-danger-ink' : 'text-ink-soft'}> {t(`webhooks.problem.${problem.code}`)}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
