import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import type { TodayView } from '../core/contract.ts';
import { LoadTable } from './LoadTable.tsx';
import { today } from './queries.ts';
import { useReportsText } from './text.ts';

/** The day so far: what came, what went, who waits longest, who carries how much. */
export function TodayScreen({ ticketHref }: { ticketHref: (ticketId: string) => string }) {
  const t = useReportsText();
  const format = useFormat();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(today());

  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-8 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header>
          <h1 className="text-20 font-semibold">{t('reports.today')}</h1>
          {data && <p className="mt-1 text-13 text-ink-faint">{t('reports.since', { since: format.dateTime(data.since), asOf: format.time(data.asOf) })}</p>}
        </header>
        {data ? <Day day={data} ticketHref={ticketHref} /> : error ? <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState> : <DaySkeleton />}
      </div>
    </div>
  );
}

function Day({ day, ticketHref }: { day: TodayView; ticketHref: (ticketId: string) => string }) {
  const t = useReportsText();
  return (
    <>
      <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-dialog border border-hairline bg-hairline max-roomy:grid-cols-2">
        <Figure name={t('reports.in.messages')} value={day.in.messages} what={t('reports.in.messages.what')} />
        <Figure name={t('reports.in.tickets')} value={day.in.tickets} what={t('reports.in.tickets.what')} />
        <Figure name={t('reports.out.replies')} value={day.out.replies} what={t('reports.out.replies.what')} />
        <Figure name={t('reports.out.resolved')} value={day.out.resolved} what={t('reports.out.resolved.what')} />
      </dl>
      <Waiting waiting={day.waiting} ticketHref={ticketHref} />
      <section>
        <h2 className="mb-3 text-16 font-semibold">{t('reports.load')}</h2>
        <LoadTable load={day.load} />
        <p className="mt-2 text-12 text-ink-faint">{t('reports.load.what')}</p>
      </section>
    </>
  );
}

const Figure = ({ name, value, what }: { name: string; value: number; what: string }) => {
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1 bg-surface p-4">
      <dt className="text-13 text-ink-soft">{name}</dt>
      <dd className="text-32 leading-heading font-semibold tabular-nums">{format.number(value)}</dd>
      <dd className="text-12 text-ink-faint">{what}</dd>
    </div>
  );
};

function Waiting({ waiting: { tickets, oldest }, ticketHref }: { waiting: TodayView['waiting']; ticketHref: (ticketId: string) => string }) {
  const t = useReportsText();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <Card title={t('reports.waiting')}>
      <p className="text-14">{t('reports.waiting.count', { count: tickets })}</p>
      {oldest && (
        <p className="mt-1.5 text-14 text-ink-soft">
          {t('reports.waiting.oldest', { age: format.age(oldest.since, now) })}{' '}
          <Link href={ticketHref(oldest.ticketId)}><span dir="ltr" className="tabular-nums">#{oldest.number}</span> <bdi>{oldest.subject || t('reports.no_subject')}</bdi></Link>
        </p>
      )}
    </Card>
  );
}

const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="mb-2 text-16 font-semibold">{title}</h2>
    {children}
  </section>
);

const DaySkeleton = () => (
  <Loading>
    <div className="mb-8 grid grid-cols-4 gap-4 max-roomy:grid-cols-2">
      {[0, 1, 2, 3].map((index) => <div key={index} className="flex flex-col gap-3"><Skeleton className="w-24" /><Skeleton className="h-8 w-16" /></div>)}
    </div>
    {[0, 1, 2, 3].map((index) => <Skeleton key={index} className="mb-4 w-full" />)}
  </Loading>
);
