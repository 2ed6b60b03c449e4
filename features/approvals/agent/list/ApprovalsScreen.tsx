import { useInfiniteQuery } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { Tabs } from '../../../../ui/components/Tabs.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { ApprovalView } from '../../core/contract.ts';
import { approvalsList } from '../queries.ts';
import { useApprovalsText } from '../text.ts';
import { DecisionDialog, type Doing } from '../ticket/DecisionDialog.tsx';

type List = 'mine' | 'written';
type ApprovalsScreenProps = { ticketHref: (ticketId: string) => string };

/** Answers that wait for me, the longest waiting first, and my own that wait or came back. */
export function ApprovalsScreen({ ticketHref }: ApprovalsScreenProps) {
  const t = useApprovalsText();
  const [list, setList] = useState<List>('mine');
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header>
          <h1 className="text-20 font-semibold">{t('approvals.list')}</h1>
          <p className="mt-1 max-w-reading text-13 text-ink-faint">{t('approvals.list.why')}</p>
        </header>
        <Tabs
          label={t('approvals.list')} value={list} onChange={setList}
          tabs={(['mine', 'written'] as const).map((id) => ({ id, label: t(`approvals.list.${id}`), content: <Rows list={id} ticketHref={ticketHref} /> }))}
        />
      </div>
    </div>
  );
}

function Rows({ list, ticketHref }: ApprovalsScreenProps & { list: List }) {
  const t = useApprovalsText();
  const [asked, setAsked] = useState<{ approval: ApprovalView; doing: Doing } | null>(null);
  const query = useInfiniteQuery(approvalsList(list));
  return (
    <>
      <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={Stamp}>{t(`approvals.list.${list}.empty`)}</EmptyState>}>
        {(approvals) => (
          <RowList label={t(`approvals.list.${list}`)}>
            {approvals.map((approval) => <Row key={approval.id} approval={approval} list={list} href={ticketHref(approval.ticket.id)} onDo={(doing) => setAsked({ approval, doing })} />)}
          </RowList>
        )}
      </PagedRows>
      {asked && <DecisionDialog key={asked.approval.id} approval={asked.approval} doing={asked.doing} onClose={() => setAsked(null)} />}
    </>
  );
}

function Row({ approval, list, href, onDo }: { approval: ApprovalView; list: List; href: string; onDo: (doing: Doing) => void }) {
  const t = useApprovalsText();
  const { ticket, writer, reason, state, text, askedAt } = approval;
  const format = useFormat();
  const now = useNow(60_000);
  const isReturned = state === 'returned';
  const remark = isReturned ? approval.steps.findLast(({ what }) => what === 'returned') : undefined;
  return (
    <ListRow
      title={<Link href={href}><span dir="ltr" className="tabular-nums">#{ticket.number}</span> <bdi>{ticket.subject || t('approvals.no_subject')}</bdi></Link>}
      badges={list === 'written' && <Badge tone={isReturned ? 'warning' : 'neutral'}>{t(isReturned ? 'approvals.state.returned' : 'approvals.state.waiting')}</Badge>}
      detail={(
        <>
          <span className="block">{list === 'mine' ? t('approvals.list.by', { name: isolated(writer.name), reason: isolated(reason) }) : isolated(reason)} · <RelativeTime at={askedAt} inFull={format.inFull(askedAt)}>{format.relative(askedAt, now)}</RelativeTime></span>
          {remark && <span className="block text-note-ink">{t('approvals.remark_by', { name: isolated(remark.by.name) })} <bdi>{remark.remark}</bdi></span>}
          <span dir="auto" className="line-clamp-2 text-start text-ink">{text}</span>
        </>
      )}
      actions={<Doings approval={approval} list={list} onDo={onDo} />}
    />
  );
}

function Doings({ approval: { ticket, writer }, list, onDo }: { approval: ApprovalView; list: List; onDo: (doing: Doing) => void }) {
  const t = useApprovalsText();
  const named = (doing: string): string => t('approvals.of_ticket', { doing, number: String(ticket.number) });
  if (list === 'written') return <Button size="small" aria-label={named(t('approvals.mend'))} onPress={() => onDo('mend')}>{t('approvals.mend')}</Button>;
  return (
    <div className="flex flex-wrap justify-end gap-2 max-wide:flex-col">
      <Button size="small" tone="primary" aria-label={named(t('approvals.review'))} onPress={() => onDo('approve')}>{t('approvals.review')}</Button>
      {/* Nobody would change what comes back to a rule. */}
      {writer.id !== null && <Button size="small" aria-label={named(t('approvals.return'))} onPress={() => onDo('return')}>{t('approvals.return')}</Button>}
    </div>
  );
}
