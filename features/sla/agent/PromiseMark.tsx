import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTicking } from '../../../platform/browser/ticking.ts';
import { Button } from '../../../ui/components/Button.tsx';
import type { TicketView } from '../../tickets/core/contract.ts';
import type { UrgentView } from '../core/contract.ts';
import { BriefCountdown, useLook } from './Countdown.tsx';
import { ExplainDialog } from './explain/ExplainDialog.tsx';
import { urgentOf } from './queries.ts';
import { ofUrgent } from './standing.ts';
import { useSlaText } from './text.ts';
import { usePromiseWords } from './words.ts';

/** The promise that matters most now: a few characters in a row, and a button that explains it beside the facts. */
export function PromiseMark({ ticket, place, mayAgree = false }: { ticket: TicketView; place: 'row' | 'facts'; mayAgree?: boolean }) {
  const isActive = ticket.status !== 'resolved' && ticket.status !== 'closed' && ticket.deletedAt === null && ticket.mergedInto === null;
  const { data: urgent } = useQuery({ ...urgentOf(ticket.id), enabled: isActive });
  if (!isActive || !urgent) return null;
  return place === 'row' ? <RowMark urgent={urgent} /> : <FactsMark urgent={urgent} mayAgree={mayAgree} />;
}

function useDue({ metric, dueAt }: UrgentView): string {
  const t = useSlaText();
  const words = usePromiseWords();
  return useTicking((now) => (dueAt === null ? t(`sla.metric.${metric}`) : words.due(metric, dueAt, now)));
}

/** To those who do not see the sign it is told without what is left: that would be another name for the row each minute. */
function RowMark({ urgent }: { urgent: UrgentView }) {
  const t = useSlaText();
  const promised = useMemo(() => ofUrgent(urgent), [urgent]);
  const said = `${useDue(urgent)}, ${t(`sla.look.${useLook(promised)}`)}`;
  return (
    <span title={said} className="inline-flex shrink-0">
      <span className="sr-only">{said}</span>
      <BriefCountdown promised={promised} isForEyes />
    </span>
  );
}

function FactsMark({ urgent, mayAgree }: { urgent: UrgentView; mayAgree: boolean }) {
  const t = useSlaText();
  const [isOpen, setOpen] = useState(false);
  const promised = useMemo(() => ofUrgent(urgent), [urgent]);
  const look = t(`sla.look.${useLook(promised)}`);
  return (
    <>
      <Button tone="quiet" size="small" onPress={() => setOpen(true)} className="px-2! font-normal">
        <BriefCountdown promised={promised} />
        <span className="sr-only text-12 text-ink-soft @min-[56rem]:not-sr-only @min-[56rem]:ms-2">{useDue(urgent)}</span>
        <span className="sr-only">{`, ${look}. ${t('sla.why')}`}</span>
      </Button>
      <ExplainDialog mayAgree={mayAgree} ticketId={urgent.ticketId} metric={isOpen ? urgent.metric : null} onClose={() => setOpen(false)} />
    </>
  );
}
