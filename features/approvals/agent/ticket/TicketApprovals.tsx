import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ApprovalView, MOST_REMARK } from '../../core/contract.ts';
import { approvalNeed, ticketApprovals } from '../queries.ts';
import { useApprovalsText } from '../text.ts';

type Props = { ticketId: string; meId: string };

/** What waits on this ticket for a second person: for them to decide, for who wrote it to know. */
export function TicketApprovals({ ticketId, meId }: Props) {
  const t = useApprovalsText();
  const { data } = useQuery(ticketApprovals(ticketId));
  const { data: need } = useQuery(approvalNeed(ticketId));
  const open = (data?.items ?? []).filter(({ state }) => state === 'waiting' || state === 'returned');
  const change = useDecision();
  return (
    <>
      {open.map((approval) => <Waiting key={approval.id} approval={approval} isMine={approval.writer.id === meId} />)}
      {need?.needed && open.length === 0 && (
        <Banner shape="edge" action={need.demands.filter(({ mayLift }) => mayLift).map(({ id }) => (
          <Button key={id} size="small" tone="quiet" isPending={change.isPending} onPress={() => change.mutate(() => api.delete(`/tickets/${ticketId}/approval-demands/${id}`))}>{t('approvals.lift')}</Button>
        ))}
        >
          {t('approvals.needed', { reasons: need.reasons.map(isolated).join(', ') })}
        </Banner>
      )}
    </>
  );
}

function useDecision(onDone: () => void = () => undefined) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: onDone,
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => Promise.all([cache.invalidateQueries({ queryKey: ['approvals'] }), cache.invalidateQueries({ queryKey: ['tickets'] })]),
  });
}

type Doing = 'approve' | 'return' | 'mend' | null;

function Waiting({ approval, isMine }: { approval: ApprovalView; isMine: boolean }) {
  const t = useApprovalsText();
  const [doing, setDoing] = useState<Doing>(null);
  const remark = approval.steps.findLast(({ what }) => what === 'returned')?.remark;
  const isReturned = approval.state === 'returned';
  return (
    <Banner shape="edge" tone={isReturned || approval.mayDecide ? 'warning' : 'info'}>
      <div className="flex flex-col gap-2">
        <p className="font-medium">{t(isReturned ? 'approvals.returned' : 'approvals.waiting', { name: isolated(approval.writer.name), reason: isolated(approval.reason) })}</p>
        {isReturned && remark && <p dir="auto" className="text-start">{remark}</p>}
        <p dir="auto" className="max-h-24 overflow-auto text-start whitespace-pre-wrap">{approval.text}</p>
        <Decisions approval={approval} isMine={isMine} onDo={setDoing} />
      </div>
      <Dialog isOpen={doing !== null} onClose={() => setDoing(null)} title={t(`approvals.title.${doing ?? 'approve'}`)} size="wide">
        {doing !== null && <Deciding approval={approval} doing={doing} onClose={() => setDoing(null)} />}
      </Dialog>
    </Banner>
  );
}

function Decisions({ approval, isMine, onDo }: { approval: ApprovalView; isMine: boolean; onDo: (doing: Doing) => void }) {
  const t = useApprovalsText();
  const takeBack = useDecision();
  return (
    <div className="flex flex-wrap gap-2">
      {approval.mayDecide && <Button size="small" tone="primary" onPress={() => onDo('approve')}>{t('approvals.review')}</Button>}
      {approval.mayDecide && <Button size="small" onPress={() => onDo('return')}>{t('approvals.return')}</Button>}
      {isMine && <Button size="small" onPress={() => onDo('mend')}>{t('approvals.mend')}</Button>}
      {isMine && <Button size="small" tone="quiet" isPending={takeBack.isPending} onPress={() => takeBack.mutate(() => api.delete(`/approvals/${approval.id}`))}>{t('approvals.take_back')}</Button>}
    </div>
  );
}

const PLACES = { approve: 'approval', return: 'return', mend: 'resubmission' } as const;

function Deciding({ approval, doing, onClose }: { approval: ApprovalView; doing: NonNullable<Doing>; onClose: () => void }) {
  const t = useApprovalsText();
  const [text, setText] = useState(approval.text);
  const [remark, setRemark] = useState('');
  // What was read when this was opened is what is decided.
  const [version] = useState(approval.version);
  const decide = useDecision(onClose);
  const isEdited = text.trim() !== approval.text.trim();
  const cannot = doing === 'return' ? remark.trim() === '' : text.trim() === '' || (doing === 'mend' && !isEdited);
  const words = doing === 'mend' || isEdited ? { text } : {};
  return (
    <Form
      onSubmit={() => decide.mutate(() => api.post(`/approvals/${approval.id}/${PLACES[doing]}`, { version, remark: remark.trim(), ...(doing !== 'return' && words) }, ApprovalView))}
      footer={<><Button type="submit" tone="primary" isPending={decide.isPending} isDisabled={cannot}>{t(`approvals.verb.${doing}`)}</Button><Button onPress={onClose}>{t('approvals.cancel')}</Button></>}
    >
      {doing === 'return'
        ? <p dir="auto" className="max-h-60 overflow-auto text-start text-14 whitespace-pre-wrap">{approval.text}</p>
        : <TextArea label={t('approvals.words')} rows={8} maxLength={200_000} value={text} onChange={setText} {...(approval.html !== null && { hint: t('approvals.form_lost') })} autoFocus />}
      <TextArea label={t('approvals.remark')} rows={2} maxLength={MOST_REMARK} optional={doing !== 'return'} value={remark} onChange={setRemark} autoFocus={doing === 'return'} />
    </Form>
  );
}
