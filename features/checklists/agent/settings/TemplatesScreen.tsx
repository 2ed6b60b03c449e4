import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, ListChecks, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { TemplateView } from '../../core/contract.ts';
import { teamsQuery, templatesPaged } from '../queries.ts';
import { useChecklistsText } from '../text.ts';
import { TemplateDialog } from './TemplateDialog.tsx';

/** What is to be done on tickets of a kind, kept for the next time. */
export function TemplatesScreen() {
  const t = useChecklistsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [search, setSearch] = useState('');
  const calmSearch = useDeferredValue(search.trim());
  const [edited, setEdited] = useState<TemplateView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<TemplateView | null>(null);
  const query = useInfiniteQuery(templatesPaged(calmSearch));
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/checklist-templates/${id}`), onSettled: () => cache.invalidateQueries({ queryKey: ['checklists'] }) });
  const isBare = calmSearch === '' && query.data?.pages[0]?.items.length === 0;
  const make = <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('checklists.templates.new')}</Button>;
  return (
    <>
      <p className="mb-4 max-w-reading text-13 text-ink-faint">{t('checklists.templates.why')}</p>
      {!isBare && (
        <div className="mb-4 flex flex-wrap items-center gap-2">
          <SearchField label={t('checklists.templates.find')} value={search} onChange={setSearch} className="min-w-48 flex-1 max-wide:basis-full" />
          {make}
        </div>
      )}
      <PagedRows query={query} errorText={errorText} empty={<EmptyState icon={ListChecks} action={isBare && make}>{t(isBare ? 'checklists.templates.empty' : 'checklists.templates.none_found')}</EmptyState>}>
        {(templates) => (
          <RowList label={t('checklists.templates')}>
            {templates.map((template) => <Row key={template.id} template={template} onEdit={() => setEdited(template)} onDelete={() => setDoomed(template)} />)}
          </RowList>
        )}
      </PagedRows>
      <TemplateDialog template={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('checklists.templates.delete_title', { name: isolated(doomed?.name ?? '') })} verb={t('checklists.templates.delete')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}
      >
        {t('checklists.templates.delete_why')}
      </ConfirmDialog>
    </>
  );
}

function Row({ template, onEdit, onDelete }: { template: TemplateView; onEdit: () => void; onDelete: () => void }) {
  const t = useChecklistsText();
  const { data: teams } = useQuery(teamsQuery);
  const label = t('checklists.templates.actions', { name: template.name });
  const team = template.teamId === null ? t('checklists.templates.everybody') : teams?.items.find(({ id }) => id === template.teamId)?.name;
  return (
    <ListRow
      title={template.name}
      detail={(
        <>
          <span className="block">{[team, t('checklists.templates.items_count', { count: template.items.length })].filter(Boolean).map((one) => isolated(one ?? '')).join(' · ')}</span>
          <span className="line-clamp-2">{template.items.map(isolated).join(' · ')}</span>
        </>
      )}
      actions={(
        <Menu
          label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[
            { entries: [{ id: 'edit', label: t('checklists.templates.edit'), onAction: onEdit }] },
            { entries: [{ id: 'delete', label: t('checklists.templates.delete'), tone: 'danger', onAction: onDelete }] },
          ]}
        />
      )}
    />
  );
}
