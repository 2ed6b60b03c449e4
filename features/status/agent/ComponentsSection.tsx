import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { currentLanguage, LANGUAGE_NAMES } from '../../../platform/browser/i18n.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Menu } from '../../../ui/components/Menu.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import { COMPONENT_STATES, type ComponentState, type ComponentView, type Texts } from '../core/contract.ts';
import { componentsQuery } from './queries.ts';
import { useStatusText } from './text.ts';
import { inOwnWords, written } from './wording.ts';

/** What the page lists, and how each of it stands. */
export function ComponentsSection() {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const components = useQuery(componentsQuery);
  const [isAdding, setIsAdding] = useState(false);
  const [doomed, setDoomed] = useState<ComponentView | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['status'] });
  const set = useMutation({
    mutationFn: ({ id, state }: { id: string; state: ComponentState }) => api.patch(`/status-components/${id}`, { state }, z.unknown()),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/status-components/${id}`), onSettled: refresh });
  const options = COMPONENT_STATES.map((id) => ({ id, label: t(`statuspage.state.${id}`) }));

  return (
    <Section
      title={t('statuspage.components')}
      description={<>{t('statuspage.components_why')} <Link href="/status" target="_blank">{t('statuspage.open')}</Link></>}
      actions={<Button icon={Plus} onPress={() => setIsAdding(true)}>{t('statuspage.add')}</Button>}
    >
      {components.isError && <ErrorState onRetry={() => void components.refetch()} isRetrying={components.isFetching}>{errorText(components.error)}</ErrorState>}
      {components.isPending && <SkeletonRows count={3} />}
      {components.data?.items.length === 0 && <EmptyState icon={Activity}>{t('statuspage.empty')}</EmptyState>}
      {components.data && components.data.items.length > 0 && (
        <RowList label={t('statuspage.components')}>
          {components.data.items.map((one) => {
            const name = inOwnWords(one.names);
            const label = t('statuspage.actions', { name });
            return (
              <ListRow
                key={one.id} title={name}
                actions={
                  <>
                    <Select
                      label={t('statuspage.state_of', { name })} labelHidden className="w-52 max-wide:w-40" options={options}
                      value={set.isPending && set.variables.id === one.id ? set.variables.state : one.state} onChange={(state) => set.mutate({ id: one.id, state })}
                    />
                    <Menu
                      label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />}
                      groups={[{ entries: [{ id: 'remove', label: t('statuspage.remove'), tone: 'danger', onAction: () => setDoomed(one) }] }]}
                    />
                  </>
                }
              />
            );
          })}
        </RowList>
      )}
      <Dialog isOpen={isAdding} onClose={() => setIsAdding(false)} title={t('statuspage.add')} isDismissable={false}>
        {isAdding && <NameForm onClose={() => setIsAdding(false)} onSaved={refresh} />}
      </Dialog>
      <ConfirmDialog
        isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('statuspage.remove_title', { name: doomed ? inOwnWords(doomed.names) : '' })} verb={t('statuspage.remove')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}
      >
        {t('statuspage.remove_why')}
      </ConfirmDialog>
    </Section>
  );
}

function NameForm({ onClose, onSaved }: { onClose: () => void; onSaved: () => Promise<void> }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const [names, setNames] = useState<Texts>({});
  const [chosen, setChosen] = useState<Language | null>(null);
  const save = useMutation({
    mutationFn: () => api.post('/status-components', { names: written(names) }, z.unknown()),
    onSuccess: () => {
      toast({ text: t('statuspage.saved') });
      onClose();
      return onSaved();
    },
  });
  return (
    <SaveForm verb={t('statuspage.save')} onSubmit={() => save.mutate()} isPending={save.isPending} isDisabled={Object.keys(written(names)).length === 0} onCancel={onClose} problem={save.error && errorText(save.error)}>
      <LanguageTabs label={t('statuspage.name')} names={LANGUAGE_NAMES} value={chosen ?? currentLanguage()} onChange={setChosen} isWritten={(language) => Boolean(names[language]?.trim())}>
        {(language) => <TextField label={t('statuspage.name')} value={names[language] ?? ''} onChange={(text) => setNames({ ...names, [language]: text })} maxLength={100} autoComplete="off" autoFocus={chosen === null} />}
      </LanguageTabs>
    </SaveForm>
  );
}
