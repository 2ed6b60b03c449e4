import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Skeleton } from '../../../ui/components/Skeleton.tsx';
import type { ClockView } from '../core/contract.ts';
import type { Metric } from '../core/metrics.ts';
import { Countdown, LookBadge } from './Countdown.tsx';
import { ExplainDialog } from './explain/ExplainDialog.tsx';
import { clocksOf } from './queries.ts';
import { PolicyChoice, type PolicyChosen } from './PolicyChoice.tsx';
import { ofClock } from './standing.ts';
import { useSlaText } from './text.ts';
import { usePromiseWords } from './words.ts';

/** Everything that was promised for a ticket, the most urgent first; a part of the panel beside it. */
export function PromisesPart({ ticketId, mayAgree, chosen, group }: { ticketId: string; mayAgree: boolean; /** Null where nobody may choose. */ chosen: PolicyChosen | null; /** Under which the commands stand. */ group: string }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const { data, error } = useQuery(clocksOf(ticketId));
  const [asked, setAsked] = useState<Metric | null>(null);
  return (
    <section className="border-t border-hairline px-5 py-4">
      <div className="mb-2 flex min-h-6 items-center justify-between gap-2">
        <h3 className="text-12 font-medium text-ink-faint">{t('sla.promises')}</h3>
        {chosen && <PolicyChoice chosen={chosen} group={group} />}
      </div>
      {!data && (error ? <p className="text-13 text-ink-faint">{errorText(error)}</p> : <Skeleton className="w-40" />)}
      {data?.items.length === 0 && <p className="text-13 text-ink-faint">{t('sla.promises.none')}</p>}
      {data && data.items.length > 0 && (
        <ul className="flex flex-col gap-2.5">
          {latestRounds(data.items).map((clock) => <PromiseLine key={clock.metric} clock={clock} onExplain={() => setAsked(clock.metric)} />)}
        </ul>
      )}
      <ExplainDialog mayAgree={mayAgree} ticketId={ticketId} metric={asked} onClose={() => setAsked(null)} />
    </section>
  );
}

/** Of promises that come again and again only the one that matters now; they come in that order. */
const latestRounds = (clocks: readonly ClockView[]): ClockView[] => [...new Map(clocks.toReversed().map((clock) => [clock.metric, clock])).values()].toReversed();

function PromiseLine({ clock, onExplain }: { clock: ClockView; onExplain: () => void }) {
  const t = useSlaText();
  const format = useFormat();
  const words = usePromiseWords();
  const promised = useMemo(() => ofClock(clock), [clock]);
  const metric = t(`sla.metric.${clock.metric}`);
  return (
    <li className="flex items-start gap-2 text-13">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{metric}</span>
          <LookBadge promised={promised} />
        </div>
        {clock.dueAt && <span className="text-ink-soft">{t('sla.due.plain', { when: format.dateTime(clock.dueAt) })}</span>}
        {clock.agreed && clock.endedAt === null && <span className="text-ink-soft">{t('sla.agreed.mark')}</span>}
        {clock.endedAt === null && <span className="text-ink-faint tabular-nums"><Countdown promised={promised} tell={words.inWords} /></span>}
      </div>
      <IconButton icon={CircleHelp} label={t('sla.why_one', { metric })} onPress={onExplain} />
    </li>
  );
}
