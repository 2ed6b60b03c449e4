import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { WidgetView } from '../../core/contract.ts';
import { KEYS } from '../queries.ts';
import { useChatText } from '../text.ts';

/** One site a line, as people paste them: what stands behind the name of the host is left off. */
export const sitesIn = (text: FormDataEntryValue | null): string[] => (typeof text === 'string' ? text : '').split(/[\s,]+/).filter((part) => part !== '').map((part) => (part.includes('*') || !URL.canParse(part) ? part : new URL(part).origin));

export function NewWidgetDialog({ onClose, onMade }: { onClose: () => void; onMade: (widget: WidgetView) => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const make = useMutation({
    mutationFn: (values: FormData) => api.post('/chat/widgets', { name: values.get('name'), sites: sitesIn(values.get('sites')) }, WidgetView),
    onSuccess: async (widget) => {
      await cache.invalidateQueries({ queryKey: KEYS.widgets });
      onMade(widget);
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.new')}>
      <SaveForm verb={t('chat.make')} onSubmit={(values) => make.mutate(values)} isPending={make.isPending} onCancel={onClose} errors={fieldErrors(make.error)} problem={make.error && errorText(make.error)}>
        <TextField name="name" label={t('chat.name')} hint={t('chat.name.what')} maxLength={100} autoComplete="off" isRequired autoFocus />
        <TextArea name="sites" label={t('chat.sites')} hint={t('chat.sites.what')} rows={2} />
      </SaveForm>
    </Dialog>
  );
}
