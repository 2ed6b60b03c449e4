import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { LONGEST_ITEM, MOST_ITEMS, TemplateView } from '../../core/contract.ts';
import { teamsQuery } from '../queries.ts';
import { useChecklistsText } from '../text.ts';

type TemplateDialogProps = { template: TemplateView | 'new' | null; onClose: () => void };

export function TemplateDialog({ template, onClose }: TemplateDialogProps) {
  const t = useChecklistsText();
  return (
    <Dialog isOpen={template !== null} onClose={onClose} title={template === 'new' || !template ? t('checklists.templates.new') : template.name} size="wide" isDismissable={false}>
      {template && <TemplateForm template={template === 'new' ? null : template} onClose={onClose} />}
    </Dialog>
  );
}

/** With a name that stays while it is moved. */
type Line = { readonly id: string; readonly text: string };
let made = 0;
const lineOf = (text: string): Line => ({ id: String(++made), text });
const ALL = 'all';

function TemplateForm({ template, onClose }: { template: TemplateView | null; onClose: () => void }) {
  const t = useChecklistsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: teams } = useQuery(teamsQuery);
  const [name, setName] = useState(template?.name ?? '');
  const [teamId, setTeamId] = useState(template?.teamId ?? null);
  const [lines, setLines] = useState<readonly Line[]>(() => (template?.items ?? ['']).map(lineOf));
  const items = lines.map(({ text }) => text.trim()).filter((text) => text !== '');
  const groups = teams?.items ?? [];
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), teamId, items };
      return template ? api.patch(`/checklist-templates/${template.id}`, body, TemplateView) : api.post('/checklist-templates', body, TemplateView);
    },
    onSuccess: () => {
      toast({ text: t('checklists.templates.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['checklists'] });
    },
  });
  return (
    <SaveForm
      verb={t('checklists.templates.save')} onSubmit={() => save.mutate()} isPending={save.isPending} isDisabled={items.length === 0} onCancel={onClose}
      errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('checklists.templates.name')} value={name} onChange={setName} maxLength={200} autoComplete="off" isRequired autoFocus={template === null} />
      {groups.length > 0 && (
        <Select
          label={t('checklists.templates.team')} className="max-w-80" value={teamId ?? ALL} onChange={(id) => setTeamId(id === ALL ? null : id)}
          options={[{ id: ALL, label: t('checklists.templates.everybody') }, ...groups.map((team) => ({ id: team.id, label: team.name }))]}
        />
      )}
      <Items lines={lines} onChange={setLines} />
    </SaveForm>
  );
}

/** One after the other; `Enter` goes on to the next. */
function Items({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: readonly Line[]) => void }) {
  const t = useChecklistsText();
  const adding = useRef<HTMLButtonElement>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const addAfter = (index: number) => {
    if (lines.length >= MOST_ITEMS) return;
    const line = lineOf('');
    setFresh(line.id);
    onChange(lines.toSpliced(index + 1, 0, line));
  };
  const remove = (gone: string) => {
    onChange(lines.filter(({ id }) => id !== gone));
    adding.current?.focus();
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('checklists.templates.items')}</legend>
      {lines.length > 0 && (
        <OrderedList label={t('checklists.templates.items')} items={lines} nameOf={({ text }) => text || t('checklists.templates.item_empty')}
          onMove={lines.length > 1 ? (line, to) => onChange(lines.filter(({ id }) => id !== line.id).toSpliced(to, 0, line)) : null}>
          {(line, index) => (
            <div className="flex min-w-0 flex-1 items-center gap-1">
              <TextField
                label={t('checklists.templates.item', { number: index + 1 })} labelHidden className="min-w-0 flex-1" value={line.text} maxLength={LONGEST_ITEM} autoComplete="off" autoFocus={fresh === line.id}
                onChange={(text) => onChange(lines.map((one) => (one.id === line.id ? { ...one, text } : one)))}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || line.text.trim() === '' || event.nativeEvent.isComposing) return;
                  event.preventDefault();
                  addAfter(index);
                }}
              />
              <IconButton size="normal" icon={X} label={t('checklists.templates.item_remove', { name: line.text || t('checklists.templates.item_empty') })} onPress={() => remove(line.id)} />
            </div>
          )}
        </OrderedList>
      )}
      <Button ref={adding} size="small" icon={Plus} className="self-start" isDisabled={lines.length >= MOST_ITEMS} onPress={() => addAfter(lines.length - 1)}>{t('checklists.templates.item_add')}</Button>
    </fieldset>
  );
}
