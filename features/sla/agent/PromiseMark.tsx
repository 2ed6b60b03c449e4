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
export function PromiseMark({ ticket, place }: { ticket: TicketView; place: 'row' | 'facts' }) {
  const isActive = ticket.status !== 'resolved' && ticket.status !== 'closed' && ticket.deletedAt === null && ticket.mergedInto === null;
  const { data: urgent } = useQuery({ ...urgentOf(ticket.id), enabled: isActive });
  if (!isActive || !urgent) return null;
  return place === 'row' ? <RowMark urgent={urgent} /> : <FactsMark urgent={urgent} />;
}

/** For those who do not see the sign. What is left is not in it: that would be another name each minute. */
function useSaid({ metric, dueAt }: UrgentView, look: ReturnType<typeof useLook>): string {
  const t = useSlaText();
  const words = usePromiseWords();
  const due = useTicking((now) => (dueAt === null ? t(`sla.metric.${metric}`) : words.due(metric, dueAt, now)));
  return `${due}, ${t(`sla.look.${look}`)}`;
}

export function RowMark({ urgent }: { urgent: UrgentView }) {
  const promised = useMemo(() => ofUrgent(urgent), [urgent]);
  const said = useSaid(urgent, useLook(promised));
  return (
    <span title={said} className="inline-flex shrink-0">
      <span className="sr-only">{said}</span>
      <BriefCountdown promised={promised} />
    </span>
  );
}

function FactsMark({ urgent }: { urgent: UrgentView }) {
  const t = useSlaText();
  const words = usePromiseWords();
  const [isOpen, setOpen] = useState(false);
  const promised = useMemo(() => ofUrgent(urgent), [urgent]);
  const said = useSaid(urgent, useLook(promised));
  const { dueAt, metric, ticketId } = urgent;
  const due = useTicking((now) => (dueAt === null ? t(`sla.metric.${metric}`) : words.due(metric, dueAt, now)));
  return (
    <>
      <Button tone="quiet" size="small" aria-label={`${said}. ${t('sla.why')}`} onPress={() => setOpen(true)} className="gap-1.5 px-2! font-normal">
        <BriefCountdown promised={promised} />
        <span className="ms-1 hidden text-12 text-ink-soft @min-[56rem]:inline">{due}</span>
      </Button>
      <ExplainDialog ticketId={ticketId} metric={isOpen ? metric : null} onClose={() => setOpen(false)} />
    </>
  );
}
