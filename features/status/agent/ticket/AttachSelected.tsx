import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { AttachResult } from '../../core/contract.ts';
import { openIncidentsQuery } from '../queries.ts';
import { useStatusText } from '../text.ts';
import { inOwnWords } from '../wording.ts';

const AT_ONCE = 100;

/** Lets all selected tickets be about an incident that goes on; nothing while none does. */
export function AttachSelected({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data } = useQuery(openIncidentsQuery);
  const attach = useMutation({
    mutationFn: async (incidentId: string) => {
      let attached = 0;
      for (let from = 0; from < ids.length; from += AT_ONCE) attached += (await api.post(`/status-incidents/${incidentId}/attachments`, { ticketIds: ids.slice(from, from + AT_ONCE), tell: true }, AttachResult)).attached;
      return attached;
    },
    onSuccess: (count) => { toast({ text: t('statuspage.attached_many', { count }) }); onDone(); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: () => cache.invalidateQueries({ queryKey: ['status'] }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Menu
      label={t('statuspage.about_add')}
      trigger={<Button size="small" icon={Activity} isDisabled={ids.length === 0} isPending={attach.isPending}>{t('statuspage.about_add')}</Button>}
      groups={[{ entries: data.items.map(({ id, titles }) => ({ id, label: inOwnWords(titles), onAction: () => attach.mutate(id) })) }]}
    />
  );
}
