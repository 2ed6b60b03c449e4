import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { IncidentView } from '../../core/contract.ts';
import { ENDS } from '../../core/standing.ts';
import { openIncidentsQuery, ticketIncidentsQuery } from '../queries.ts';
import { useStatusText } from '../text.ts';
import { INCIDENT_TONES, inOwnWords } from '../wording.ts';

/** What of the status page a ticket is about; nothing where nothing goes on. */
export function TicketIncidents({ ticketId, mayChange }: { ticketId: string; mayChange: boolean }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: about } = useQuery(ticketIncidentsQuery(ticketId));
  const { data: open } = useQuery(openIncidentsQuery);
  const take = useMutation({
    mutationFn: (incidentId: string) => api.delete(`/status-incidents/${incidentId}/tickets/${ticketId}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: () => cache.invalidateQueries({ queryKey: ['status'] }),
  });
  const attached = about?.items ?? [];
  const others = (open?.items ?? []).filter(({ id }) => !attached.some((one) => one.id === id));
  if (attached.length === 0 && (others.length === 0 || !mayChange)) return null;
  return (
    <section className="border-t border-hairline px-5 py-4">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-12 font-medium text-ink-faint">{t('statuspage.about')}</h3>
        {mayChange && others.length > 0 && <Adding ticketId={ticketId} incidents={others} />}
      </div>
      {attached.length === 0 ? <p className="text-13 text-ink-faint">{t('statuspage.about_none')}</p> : (
        <ul aria-label={t('statuspage.about')} className="flex flex-col gap-2">
          {attached.map((one) => (
            <li key={one.id} className="flex items-start gap-1">
              <Named incident={one} />
              {mayChange && !ENDS.has(one.state) && <IconButton icon={X} label={t('statuspage.about_remove', { title: inOwnWords(one.titles) })} onPress={() => take.mutate(one.id)} isDisabled={take.isPending} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Named({ incident: { titles, state } }: { incident: IncidentView }) {
  const t = useStatusText();
  return (
    <div className="min-w-0 flex-1 text-13">
      <p dir="auto" className="text-start [overflow-wrap:anywhere]">{inOwnWords(titles)}</p>
      <Badge tone={INCIDENT_TONES[state] ?? 'neutral'}>{t(`statuspage.step.${state}`)}</Badge>
    </div>
  );
}

function Adding({ ticketId, incidents }: { ticketId: string; incidents: readonly IncidentView[] }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [tell, setTell] = useState(true);
  const put = useMutation({
    mutationFn: (incidentId: string) => api.put(`/status-incidents/${incidentId}/tickets/${ticketId}${tell ? '?tell=1' : ''}`),
    onSuccess: () => { setOpen(false); toast({ text: t('statuspage.attached') }); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: () => cache.invalidateQueries({ queryKey: ['status'] }),
  });
  return (
    <Popover label={t('statuspage.about_add')} placement="bottom end" isOpen={isOpen} onOpenChange={setOpen} trigger={<IconButton icon={Plus} label={t('statuspage.about_add')} />}>
      <div className="flex w-80 max-w-full flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('statuspage.attach_why')}</p>
        <Checkbox isSelected={tell} onChange={setTell}>{t('statuspage.tell_now')}</Checkbox>
        <ul className="flex flex-col gap-1">
          {incidents.map((one) => (
            <li key={one.id}><Button tone="quiet" className="w-full justify-start text-start" isPending={put.isPending && put.variables === one.id} onPress={() => put.mutate(one.id)}><bdi className="line-clamp-2 whitespace-normal">{inOwnWords(one.titles)}</bdi></Button></li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
