import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { isGrave } from '../../../customers/core/flags.ts';
import type { ExpectedWaitView, QueueView, WaitingView } from '../../core/contract.ts';
import { expectedWait, waitingIn } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { Staffing } from './Staffing.tsx';

type QueueDetailsProps = { queue: QueueView | null; /** Who plans, sees how many people it takes. */ mayShare: boolean; ticketHref: (ticketId: string) => string; onClose: () => void };

/** One queue: how its waits are worked out, how right that was, and who waits, with the reason. */
export function QueueDetails({ queue, mayShare, ticketHref, onClose }: QueueDetailsProps) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={queue !== null} onClose={onClose} title={queue?.name ?? t('routing.here.queues')} size="wide">
      {queue && (
        <div className="flex flex-col gap-6">
          <Expected queueId={queue.id} />
          <Part title={t('routing.here.who_waits')}>
            <Waiting queueId={queue.id} ticketHref={ticketHref} onClose={onClose} />
          </Part>
          {mayShare && (
            <details>
              <summary className="w-fit cursor-pointer py-0.75 text-14 font-semibold">{t('routing.staffing')}</summary>
              <div className="flex flex-col gap-4 pt-2"><Staffing queueId={queue.id} /></div>
            </details>
          )}
        </div>
      )}
    </Dialog>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-2">
    <h3 className="text-14 font-semibold">{title}</h3>
    {children}
  </section>
);

function Expected({ queueId }: { queueId: string }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(expectedWait(queueId));
  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data) return <SkeletonRows count={2} />;
  return (
    <>
      <Part title={t('routing.wait')}><Range range={data.wait} formula={t('routing.wait.formula')} /></Part>
      <Part title={t('routing.wait.reply')}><Range range={data.reply} formula={t('routing.wait.reply.formula')} /></Part>
    </>
  );
}

type RangeView = NonNullable<z.infer<typeof ExpectedWaitView>['wait']>;

const INPUTS = { ahead: 'routing.wait.input.ahead', tickets: 'routing.wait.input.tickets', answers: 'routing.wait.input.answers' } as const;

function Range({ range, formula }: { range: RangeView | null; formula: string }) {
  const t = useRoutingText();
  const format = useFormat();
  const now = useNow(30_000);
  if (!range) return <p className="text-13 text-ink-soft">{t('routing.here.expected_unknown')}</p>;
  const { text, from, to, inputs, trend, accuracy: { checked, inside } } = range;
  return (
    <>
      <p className="text-20 leading-heading font-semibold tabular-nums" dir="auto">{text}</p>
      {from !== null && to !== null && <p className="text-13 text-ink-soft">{t('routing.wait.moments', { from: format.due(from, now), to: format.due(to, now) })}</p>}
      <p className="text-13 text-ink-soft">
        {checked === 0 ? t('routing.wait.unchecked') : t('routing.wait.accuracy', { checked, inside: format.number(inside), share: format.percent(inside / checked) })}
      </p>
      {trend !== null && <p className="text-13 text-ink-soft">{t(`routing.wait.trend.${trend}`)}</p>}
      <details className="text-13">
        <summary className="w-fit cursor-pointer py-0.75 text-ink-soft">{t('routing.wait.how')}</summary>
        <p className="my-2 rounded-control bg-sunken px-3 py-2 text-13 [overflow-wrap:anywhere]">{formula}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {Object.entries(inputs).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name in INPUTS ? t(INPUTS[name as keyof typeof INPUTS]) : name}</dt>
              <dd className="tabular-nums">{format.number(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

function Waiting({ queueId, ticketHref, onClose }: { queueId: string; ticketHref: (ticketId: string) => string; onClose: () => void }) {
  const t = useRoutingText();
  return (
    <PagedRows query={useInfiniteQuery({ ...waitingIn(queueId), staleTime: 0 })} errorText={useErrorText()} empty={<p className="text-13 text-ink-soft">{t('routing.here.none_wait')}</p>}>
      {(items) => (
        <RowList label={t('routing.here.who_waits')}>
          {items.map((one) => <WaitingRow key={one.ticket.id} one={one} href={ticketHref(one.ticket.id)} onClose={onClose} />)}
        </RowList>
      )}
    </PagedRows>
  );
}

function WaitingRow({ one: { ticket, since, offeredTo, why }, href, onClose }: { one: WaitingView; href: string; onClose: () => void }) {
  const t = useRoutingText();
  const format = useFormat();
  const say = useT();
  const now = useNow(30_000);
  const words = [t('routing.told.since', { age: format.age(since, now) }), offeredTo ? t('routing.told.offered', { person: isolated(offeredTo.name) }) : ''].filter(Boolean).join(' · ');
  return (
    <ListRow
      title={
        <Link look="bare" href={href} onPress={onClose}>
          <span dir="ltr" className="text-ink-faint tabular-nums">#{ticket.number}</span> <span dir="auto">{ticket.subject || t('routing.no_subject')}</span>
        </Link>
      }
      badges={ticket.flags.map((flag) => <Badge key={flag} tone={isGrave([flag]) ? 'danger' : 'warning'}>{say(`tickets.field.flag.${flag}`)}</Badge>)}
      detail={
        <>
          <span className="block">{words}</span>
          {why.map(({ code, text }) => <span key={`${code} ${text}`} dir="auto" className="block">{text}</span>)}
        </>
      }
    />
  );
}
