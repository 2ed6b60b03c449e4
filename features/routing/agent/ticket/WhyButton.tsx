import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { type Format, useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import type { ReasonView, TicketRoutingView } from '../../core/contract.ts';
import { ticketRouting } from '../queries.ts';
import { useRoutingText } from '../text.ts';

/** Why did this come to me, or why does it wait: the answer in words, and how it came there. */
export function WhyButton({ ticketId }: { ticketId: string }) {
  const t = useRoutingText();
  return (
    <Popover label={t('routing.told')} placement="bottom end" className="w-96 max-w-[calc(100vw-2rem)]" trigger={<IconButton icon={Waypoints} label={t('routing.told')} />}>
      <Answer ticketId={ticketId} />
    </Popover>
  );
}

function Answer({ ticketId }: { ticketId: string }) {
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(ticketRouting(ticketId));
  if (data) return <Told routing={data} />;
  if (error) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  return <SkeletonRows count={2} />;
}

function Told({ routing }: { routing: TicketRoutingView }) {
  const t = useRoutingText();
  const format = useFormat();
  const { state, queue, offer, why, history } = routing;
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-14 font-semibold">{t(`routing.told.${state}`, { person: offer?.person.name ?? '' })}</h2>
      {queue && <p className="text-13 text-ink-soft"><Place routing={routing} queue={queue.name} format={format} /></p>}
      <Reasons why={why} />
      {history.length > 0 && (
        <section className="border-t border-hairline pt-3">
          <h3 className="mb-1.5 text-12 text-ink-faint">{t('routing.told.before')}</h3>
          <ol className="flex flex-col gap-2.5">
            {history.map(({ at, person, late, why: reasons }) => (
              <li key={`${at} ${person?.id}`} className="text-13">
                <span className="flex flex-wrap items-baseline gap-x-2 text-ink-soft">
                  <time dateTime={at} className="tabular-nums">{format.dateTime(at)}</time>
                  {person && <bdi className="font-medium text-ink">{person.name}</bdi>}
                  {late && <span>{t('routing.told.late')}</span>}
                </span>
                <Reasons why={reasons} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Place({ routing: { since, place, headStartSeconds }, queue, format }: { routing: TicketRoutingView; queue: string; format: Format }) {
  const t = useRoutingText();
  const now = useNow(30_000);
  const parts = [
    t('routing.told.queue', { queue: isolated(queue) }),
    place === null ? null : t('routing.told.place', { place }),
    since === null ? null : t('routing.told.since', { age: format.age(since, now) }),
    headStartSeconds > 0 ? t('routing.told.head_start', { minutes: Math.round(headStartSeconds / 60) }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

const Reasons = ({ why }: { why: readonly ReasonView[] }) => (
  <ul className="flex flex-col gap-1 text-14">
    {why.map(({ code, text }) => <li key={`${code} ${text}`} dir="auto">{text}</li>)}
  </ul>
);
