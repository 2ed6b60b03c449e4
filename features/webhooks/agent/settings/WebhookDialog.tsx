import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { isReadable } from '../../../conditions/core/check.ts';
import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import { TICKET_FIELDS } from '../../../tickets/core/fields.ts';
import { WebhookCreated, WebhookView } from '../../core/contract.ts';
import { EVENT_NAMES, type EventName } from '../../core/events.ts';
import type { Conditions } from '../slots.ts';
import { useWebhookText } from '../text.ts';

type WebhookDialogProps = { webhook: WebhookView | 'new' | null; conditions: Conditions; onClose: () => void; onSecret: (secret: string) => void };

export function WebhookDialog({ webhook, ...rest }: WebhookDialogProps) {
  const t = useWebhookText();
  return (
    <Dialog isOpen={webhook !== null} onClose={rest.onClose} title={webhook === 'new' || !webhook ? t('webhooks.new') : webhook.name} size="wide" isDismissable={false}>
      {webhook && <WebhookForm webhook={webhook === 'new' ? null : webhook} {...rest} />}
    </Dialog>
  );
}

const BLANK: Pick<WebhookView, 'name' | 'url' | 'events' | 'content' | 'condition'> = { name: '', url: '', events: ['ticket.created'], content: false, condition: null };

type WebhookFormProps = Omit<WebhookDialogProps, 'webhook'> & { webhook: WebhookView | null };

function WebhookForm({ webhook, conditions, onClose, onSecret }: WebhookFormProps) {
  const t = useWebhookText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const before = webhook ?? BLANK;
  const [events, setEvents] = useState<readonly EventName[]>(before.events);
  const [content, setContent] = useState(before.content);
  const [condition, setCondition] = useState((before.condition as Condition | null) ?? ALWAYS);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: async (values: FormData) => {
      const body = { name: values.get('name'), url: values.get('url'), events, content, condition: partsOf(condition).length === 0 ? null : condition };
      if (webhook) await api.patch(`/webhooks/${webhook.id}`, { ...body, version: webhook.version }, WebhookView);
      else onSecret((await api.post('/webhooks', body, WebhookCreated)).secret);
    },
    onSuccess: () => {
      toast({ text: t('webhooks.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['webhooks', 'outgoing'] });
    },
  });
  const submit = (values: FormData) => {
    setTried(true);
    if (isReadable(condition, TICKET_FIELDS)) save.mutate(values);
  };

  return (
    <SaveForm verb={t('webhooks.save')} onSubmit={submit} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('webhooks.name')} defaultValue={before.name} maxLength={100} autoComplete="off" isRequired autoFocus />
      <TextField name="url" type="url" label={t('webhooks.url')} hint={t('webhooks.url_hint')} defaultValue={before.url} maxLength={2000} autoComplete="off" isRequired />
      <CheckboxGroup value={[...events]} onChange={(chosen) => setEvents(chosen as EventName[])} className="flex flex-col gap-2">
        <Label className="text-13 font-medium">{t('webhooks.events')}</Label>
        <p className="text-13 text-ink-faint">{t('webhooks.events_hint')}</p>
        <div className="grid grid-cols-2 gap-x-4 gap-y-2 max-wide:grid-cols-1">
          {EVENT_NAMES.map((name) => <Checkbox key={name} value={name}>{t(`webhooks.event.${name}`)}<bdi dir="ltr" className="block text-12 text-ink-faint">{name}</bdi></Checkbox>)}
        </div>
      </CheckboxGroup>
      <div className="flex flex-col gap-2">
        <h3 className="text-13 font-medium">{t('webhooks.condition')}</h3>
        {conditions.editor({ label: t('webhooks.condition'), value: condition, onChange: setCondition, showFaults: tried })}
      </div>
      <Checkbox isSelected={content} onChange={setContent} hint={t('webhooks.content_hint')}>{t('webhooks.content')}</Checkbox>
    </SaveForm>
  );
}
