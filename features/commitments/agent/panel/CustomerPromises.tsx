import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { CommitmentView } from '../../core/contract.ts';
import { customerCommitments } from '../queries.ts';
import { useCommitmentsText } from '../text.ts';
import { useCommitmentWords } from '../words.ts';

type CustomerPromisesProps = { customerId: string; ticketHref: (ticketId: string) => string };

/** What is promised to somebody, whatever the ticket, and not done yet. */
export function CustomerPromises({ customerId, ticketHref }: CustomerPromisesProps) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const { data, error } = useQuery(customerCommitments(customerId));
  if (error && !data) return <p className="text-13 text-ink-faint">{errorText(error)}</p>;
  if (!data) return <Loading><Skeleton className="mb-2 w-4/5" /><Skeleton className="w-3/5" /></Loading>;
  if (data.items.length === 0) return <p className="text-13 text-ink-faint">{t('commitments.none_here')}</p>;
  return <ul aria-label={t('commitments.personal')} className="flex flex-col gap-3">{data.items.map((promise) => <Promised key={promise.id} promise={promise} href={ticketHref(promise.ticket.id)} />)}</ul>;
}

function Promised({ promise, href }: { promise: CommitmentView; href: string }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const now = useNow(30_000);
  const { word, tone } = words.state(promise, now);
  return (
    <li className="min-w-0">
      <Link href={href} className="text-start text-13 [overflow-wrap:anywhere]"><bdi>{promise.kind === 'apology' ? t('commitments.apology', { what: promise.what }) : promise.what}</bdi></Link>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-12 text-ink-faint">
        {promise.state !== 'made' && <Badge tone={tone}>{word}</Badge>}
        <span className="tabular-nums">{words.due(promise)}</span>
        <span>·</span>
        <bdi>{promise.owner.name}</bdi>
        <span>·</span>
        <bdi dir="ltr" className="tabular-nums">#{promise.ticket.number}</bdi>
      </p>
    </li>
  );
}
