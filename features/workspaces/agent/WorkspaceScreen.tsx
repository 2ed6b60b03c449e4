import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../platform/browser/i18n.ts';
import { zoneOptions } from '../../../platform/browser/time-zones.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { WorkspaceView } from '../core/contract.ts';
import { useWorkspaceText } from './text.ts';

const workspaceQuery = queryOptions({
  queryKey: ['workspaces', 'own'],
  queryFn: ({ signal }) => api.get('/workspace', WorkspaceView, { signal }),
});

export function WorkspaceScreen() {
  const errorText = useErrorText();
  const workspace = useQuery(workspaceQuery);
  if (workspace.isError) return <ErrorState onRetry={() => void workspace.refetch()}>{errorText(workspace.error)}</ErrorState>;
  if (!workspace.data) {
    return (
      <Loading>
        <Skeleton className="mb-4 h-9 max-w-form" />
        <Skeleton className="mb-4 h-9 max-w-form" />
        <Skeleton className="h-9 max-w-form" />
      </Loading>
    );
  }
  return <WorkspaceForm workspace={workspace.data} />;
}

function WorkspaceForm({ workspace }: { workspace: WorkspaceView }) {
  const t = useWorkspaceText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [language, setLanguage] = useState<Language>(workspace.language);
  const [timeZone, setTimeZone] = useState<string | null>(workspace.timeZone);
  const save = useMutation({
    mutationFn: (values: FormData) => api.patch('/workspace', { name: values.get('name'), language, timeZone, publicHost: hostIn(values.get('publicHost')) }, WorkspaceView),
    onSuccess: async (saved) => {
      cache.setQueryData(workspaceQuery.queryKey, saved);
      toast({ text: t('workspace.saved') });
      await cache.invalidateQueries({ queryKey: ['people', 'me'] });
    },
  });

  return (
    <Form
      className="max-w-form"
      onSubmit={(values) => save.mutate(values)}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
      footer={
        <Button type="submit" tone="primary" isPending={save.isPending} isDisabled={!timeZone}>
          {t('workspace.save')}
        </Button>
      }
    >
      <TextField name="name" label={t('workspace.name')} hint={t('workspace.name_hint')} defaultValue={workspace.name} maxLength={200} isRequired />
      <Select
        label={t('workspace.language')}
        hint={t('workspace.language_hint')}
        options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
        value={language}
        onChange={setLanguage}
      />
      <ComboBox
        label={t('workspace.time_zone')}
        hint={t('workspace.time_zone_hint')}
        options={zoneOptions(workspace.timeZone)}
        value={timeZone}
        onChange={setTimeZone}
      />
      <TextField name="publicHost" label={t('workspace.public_host')} hint={t('workspace.public_host_hint', { host: location.host })} defaultValue={workspace.publicHost ?? ''} maxLength={253} autoComplete="off" isLatin />
    </Form>
  );
}

/** As people paste it, with or without what stands around the host; empty: none of one's own. */
function hostIn(typed: FormDataEntryValue | null): string | null {
  const text = typeof typed === 'string' ? typed.trim() : '';
  if (text === '') return null;
  return URL.canParse(text) && /^https?:/i.test(text) ? new URL(text).host : text.replace(/\/.*$/, '');
}
