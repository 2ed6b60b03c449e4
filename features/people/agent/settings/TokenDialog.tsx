import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { TokenCreated } from '../../core/contract.ts';
import { SCOPES } from '../../core/permissions.ts';
import { tokensQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';

const LIVES = ['7', '30', '90', '366'] as const;

export function TokenDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = usePeopleText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('people.tokens.new')} isDismissable={false}>
      <TokenForm onClose={onClose} />
    </Dialog>
  );
}

/** The secret is shown once, in the place of the form that asked for it. */
function TokenForm({ onClose }: { onClose: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [days, setDays] = useState<(typeof LIVES)[number]>('90');
  const create = useMutation({
    mutationFn: (values: FormData) => api.post('/tokens', { name: values.get('name'), scopes, expiresInDays: Number(days) }, TokenCreated),
    onSuccess: () => cache.invalidateQueries(tokensQuery),
  });

  if (create.data) {
    return (
      <div className="flex flex-col gap-4">
        <Banner tone="warning">{t('people.tokens.once')}</Banner>
        <CopyField label={t('people.tokens.secret')} value={create.data.token} />
        <Button tone="primary" onPress={onClose}>
          {t('people.done')}
        </Button>
      </div>
    );
  }
  return (
    <Form
      onSubmit={(values) => create.mutate(values)}
      problem={create.error && errorText(create.error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={create.isPending} isDisabled={scopes.length === 0}>
            {t('people.tokens.create')}
          </Button>
          <Button onPress={onClose}>{t('people.cancel')}</Button>
        </>
      }
    >
      <TextField name="name" label={t('people.tokens.name')} hint={t('people.tokens.name_hint')} maxLength={100} isRequired autoFocus />
      <CheckboxGroup value={scopes} onChange={setScopes} className="flex flex-col gap-2">
        <Label className="text-13 font-medium">{t('people.tokens.scopes')}</Label>
        {SCOPES.map((scope) => (
          <Checkbox key={scope} value={scope} hint={t(`people.scope.${scope}.hint`)}>
            {t(`people.scope.${scope}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Select
        label={t('people.tokens.life')}
        options={LIVES.map((id) => ({ id, label: t('people.days', { count: Number(id) }) }))}
        value={days}
        onChange={setDays}
      />
    </Form>
  );
}
