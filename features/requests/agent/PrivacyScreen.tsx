import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { takeOut } from '../../../platform/browser/take-out.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import { PrivacyPage, type PrivacyRequestView } from '../core/privacy-contract.ts';
import { DecideDialog } from './DecideDialog.tsx';
import { useRequestsText } from './text.ts';

const MINUTE_MS = 60_000;
const listQuery = (state: 'open' | 'decided') => pagedQuery(['requests', 'privacy', state], '/privacy-requests', PrivacyPage, { state });

/** Who asked for a copy of their data or for its deletion, and by which day an answer is owed. */
export function PrivacyScreen({ hrefOf }: { hrefOf: (ticketId: string) => string }) {
  const t = useRequestsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [deciding, setDeciding] = useState<PrivacyRequestView | null>(null);
  const take = useMutation({
    mutationFn: ({ id, ticket }: PrivacyRequestView) => takeOut(`/api/v1/privacy-requests/${id}/export.json`, `data-${ticket.number}.json`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  const row = (request: PrivacyRequestView) => <Row key={request.id} request={request} href={hrefOf(request.ticket.id)} onTake={() => take.mutate(request)} onDecide={() => setDeciding(request)} />;
  return (
    <>
      <Section title={t('privacy.open')} description={t('privacy.why')}>
        <PagedRows query={useInfiniteQuery(listQuery('open'))} errorText={errorText} empty={<EmptyState icon={ShieldCheck}>{t('privacy.none')}</EmptyState>}>
          {(rows) => <RowList label={t('privacy.open')}>{rows.map(row)}</RowList>}
        </PagedRows>
      </Section>
      <Section title={t('privacy.decided')}>
        <PagedRows query={useInfiniteQuery(listQuery('decided'))} errorText={errorText} empty={<p className="text-14 text-ink-faint">{t('privacy.none_decided')}</p>}>
          {(rows) => <RowList label={t('privacy.decided')}>{rows.map(row)}</RowList>}
        </PagedRows>
      </Section>
      {deciding && <DecideDialog request={deciding} decide={(given) => api.post(`/privacy-requests/${deciding.id}/decision`, given)} onClose={() => setDeciding(null)} onDone={() => cache.invalidateQueries({ queryKey: ['requests', 'privacy'] })} />}
    </>
  );
}

type RowProps = { request: PrivacyRequestView; href: string; onTake: () => void; onDecide: () => void };

function Row({ request: { kind, ticket, address, proof, askedAt, dueAt, decision }, href, onTake, onDecide }: RowProps) {
  const t = useRequestsText();
  const format = useFormat();
  const isLate = useNow(MINUTE_MS) > new Date(dueAt);
  return (
    <ListRow
      title={<bdi dir="ltr">{address}</bdi>}
      badges={
        <>
          <Badge tone={kind === 'delete' ? 'danger' : 'neutral'}>{t(`privacy.kind.${kind}`)}</Badge>
          {decision ? <Badge tone={decision.outcome === 'done' ? 'good' : 'neutral'}>{t(`privacy.outcome.${decision.outcome}`)}</Badge> : isLate && <Badge tone="danger">{t('privacy.late')}</Badge>}
        </>
      }
      detail={
        <>
          {decision ? t('privacy.decided_by', { name: decision.byName, date: format.date(decision.at) }) : t('privacy.due', { asked: format.date(askedAt), due: format.date(dueAt) })}
          {' · '}{t(`privacy.proof.${proof}`)}{' · '}<Link href={href}>{t('privacy.ticket', { number: ticket.number })}</Link>
        </>
      }
      actions={!decision && (
        <>
          <IconButton icon={Download} label={t('privacy.export', { address })} onPress={onTake} />
          <Button size="small" aria-label={t('privacy.decide_one', { address })} onPress={onDecide}>{t('privacy.decide')}</Button>
        </>
      )}
    />
  );
}
