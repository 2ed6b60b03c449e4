import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { ApprovalView, NeedView } from '../../core/contract.ts';
import { useDecision } from '../decisions.ts';
import { approvalNeed, ticketApprovals } from '../queries.ts';
import { useApprovalsText } from '../text.ts';
import { DecisionDialog, type Doing } from './DecisionDialog.tsx';

type Props = {
  ticketId: string; meId: string;
  /** Words that were taken back go where they were written; null for who may not reply. */
  putIntoReply: ((ticketId: string, text: string) => void) | null;
};

/** More would leave no room for the talk; the rest follows when these are decided. */
const SHOWN = 2;

/** What waits on this ticket for a second person: for them to decide, for who wrote it to know. */
export function TicketApprovals({ ticketId, meId, putIntoReply }: Props) {
  const { data } = useQuery(ticketApprovals(ticketId));
  const { data: need } = useQuery(approvalNeed(ticketId));
  const open = (data?.items ?? []).filter(({ state }) => state === 'waiting' || state === 'returned')
    .map((approval) => ({ approval, isMine: approval.writer.id === meId })).toSorted((a, b) => Number(isForMe(b)) - Number(isForMe(a)));
  return (
    <>
      {open.slice(0, SHOWN).map(({ approval, isMine }) => <Waiting key={approval.id} approval={approval} isMine={isMine} putIntoReply={putIntoReply} />)}
      {need?.needed && open.length === 0 && <Needed ticketId={ticketId} need={need} />}
    </>
  );
}

type Concern = { readonly approval: ApprovalView; readonly isMine: boolean };
/** Whether I am the one who does something about it. */
const isForMe = ({ approval, isMine }: Concern): boolean => approval.mayDecide || (isMine && approval.state === 'returned');

function Needed({ ticketId, need: { reasons, demands } }: { ticketId: string; need: NeedView }) {
  const t = useApprovalsText();
  const format = useFormat();
  const change = useDecision();
  const mine = demands.filter(({ mayLift }) => mayLift);
  return (
    <Banner shape="edge">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-48 flex-1">{t('approvals.needed', { reasons: format.list(reasons.map(isolated)) })}</p>
        {mine.map(({ id, name }) => (
          <Button key={id} size="small" isPending={change.isPending} onPress={() => change.mutate(() => api.delete(`/tickets/${ticketId}/approval-demands/${id}`))}>
            {mine.length === 1 ? t('approvals.lift') : t('approvals.lift_one', { name: isolated(name) })}
          </Button>
        ))}
      </div>
    </Banner>
  );
}

function Waiting({ approval, isMine, putIntoReply }: Concern & Pick<Props, 'putIntoReply'>) {
  const t = useApprovalsText();
  const [doing, setDoing] = useState<Doing | null>(null);
  const returned = approval.state === 'returned' ? approval.steps.findLast(({ what }) => what === 'returned') : undefined;
  const state = `approvals.${approval.state === 'returned' ? 'returned' : 'waiting'}${isMine ? '.own' : ''}` as const;
  return (
    <div className="border-b border-hairline">
      <Banner shape="edge" tone={isForMe({ approval, isMine }) ? 'warning' : 'info'}>
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{t(state, { name: isolated(approval.writer.name), reason: isolated(approval.reason) })}</p>
          {returned && <p className="text-start">{t('approvals.remark_by', { name: isolated(returned.by.name) })} <bdi>{returned.remark}</bdi></p>}
          <div className="border-s-2 border-current/25 ps-2.5"><p dir="auto" className="line-clamp-3 text-start whitespace-pre-line">{approval.text.replaceAll(/\n\s*\n/g, '\n')}</p></div>
          <Decisions approval={approval} isMine={isMine} putIntoReply={putIntoReply} onDo={setDoing} />
        </div>
      </Banner>
      <DecisionDialog approval={approval} doing={doing} onClose={() => setDoing(null)} />
    </div>
  );
}

function Decisions({ approval, isMine, putIntoReply, onDo }: Concern & Pick<Props, 'putIntoReply'> & { onDo: (doing: Doing) => void }) {
  const t = useApprovalsText();
  const takeBack = useDecision(() => {
    if (!isMine || approval.kind !== 'reply' || putIntoReply === null) return;
    putIntoReply(approval.ticket.id, approval.text);
    toast({ text: t('approvals.taken_back') });
  });
  // Nobody would change what comes back to a rule.
  const ofRule = approval.writer.id === null;
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {approval.mayDecide && <Button size="small" tone="primary" onPress={() => onDo('approve')}>{t('approvals.review')}</Button>}
      {approval.mayDecide && !ofRule && <Button size="small" onPress={() => onDo('return')}>{t('approvals.return')}</Button>}
      {isMine && <Button size="small" onPress={() => onDo('mend')}>{t('approvals.mend')}</Button>}
      {(isMine || (approval.mayDecide && ofRule)) && <Button size="small" isPending={takeBack.isPending} onPress={() => takeBack.mutate(() => api.delete(`/approvals/${approval.id}`))}>{t('approvals.take_back')}</Button>}
      {!approval.mayDecide && !isMine && <Button size="small" onPress={() => onDo('read')}>{t('approvals.read')}</Button>}
    </div>
  );
}
