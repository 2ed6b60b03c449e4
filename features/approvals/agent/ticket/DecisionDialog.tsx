import { type ReactNode, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { ApprovalView, MOST_REMARK } from '../../core/contract.ts';
import { useDecision } from '../decisions.ts';
import { useApprovalsText } from '../text.ts';

export type Doing = 'approve' | 'return' | 'mend' | 'read';
type Part = { approval: ApprovalView; onClose: () => void };

export function DecisionDialog({ approval, doing, onClose }: Part & { doing: Doing | null }) {
  const t = useApprovalsText();
  return (
    <Dialog isOpen={doing !== null} onClose={onClose} title={t(`approvals.title.${doing ?? 'approve'}`)} size="wide" isDismissable={doing === 'read'}>
      {doing === 'read' && <div className="flex flex-col gap-4"><Around approval={approval} /><Words approval={approval} /></div>}
      {doing !== null && doing !== 'read' && <Deciding approval={approval} doing={doing} onClose={onClose} />}
    </Dialog>
  );
}

const PLACES = { approve: 'approval', return: 'return', mend: 'resubmission' } as const;

function Deciding({ approval, doing, onClose }: Part & { doing: keyof typeof PLACES }) {
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
      <Around approval={approval} />
      {doing === 'return'
        ? <Words approval={approval} />
        : <TextArea label={t('approvals.words')} rows={8} maxLength={200_000} value={text} onChange={setText} {...(approval.html !== null && { hint: t('approvals.form_lost') })} autoFocus />}
      <TextArea label={t('approvals.remark')} rows={2} maxLength={MOST_REMARK} optional={doing !== 'return'} value={remark} onChange={setRemark} autoFocus={doing === 'return'} />
    </Form>
  );
}

const Words = ({ approval }: { approval: ApprovalView }) => (
  <p dir="auto" className="max-h-60 shrink-0 overflow-auto border-s-2 border-border ps-3 text-start text-14 whitespace-pre-wrap [overflow-wrap:anywhere]">{approval.text}</p>
);

/** What goes along with the words, and what was said of them before. */
function Around({ approval: { to, cc, sendAt, attachments, steps } }: { approval: ApprovalView }) {
  const t = useApprovalsText();
  const format = useFormat();
  const facts = [
    { id: 'to', shown: to.map(isolated).join(', ') },
    { id: 'cc', shown: cc.map(isolated).join(', ') },
    { id: 'leaves', shown: sendAt === null ? '' : format.dateTime(sendAt) },
  ] as const;
  const remarks = steps.filter(({ remark }) => remark !== '');
  const given = facts.filter(({ shown }) => shown !== '');
  if (given.length + attachments.length + remarks.length === 0) return null;
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-13 [overflow-wrap:anywhere] max-wide:grid-cols-1 max-wide:gap-y-0.5">
      {given.map(({ id, shown }) => <Fact key={id} name={t(`approvals.${id}`)}>{shown}</Fact>)}
      {attachments.length > 0 && (
        <Fact name={t('approvals.files')}>
          <ul>{attachments.map(({ id, name, url }) => <li key={id}><a href={url} target="_blank" rel="noopener noreferrer" className="text-accent-ink underline"><bdi>{name}</bdi></a></li>)}</ul>
        </Fact>
      )}
      {remarks.map(({ number, by, remark }) => <Fact key={number} name={t('approvals.remark_by', { name: isolated(by.name) })}><bdi className="whitespace-pre-wrap">{remark}</bdi></Fact>)}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-faint">{name}</dt>
    <dd className="min-w-0 text-ink">{children}</dd>
  </>
);
