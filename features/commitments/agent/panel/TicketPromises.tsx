import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { CommitmentView } from '../../core/contract.ts';
import { make } from '../composer/pending.ts';
import { PromiseFields } from '../PromiseFields.tsx';
import { ticketCommitments } from '../queries.ts';
import type { PutIntoReply } from '../RenegotiateDialog.tsx';
import { useCommitmentsText } from '../text.ts';
import { usePromiseActions } from '../use-promise-actions.tsx';
import { useCommitmentWords, type Given } from '../words.ts';

type TicketPromisesProps = { ticketId: string; /** Null: they can only be read. */ meId: string | null; putIntoReply: PutIntoReply };

/** What is promised on this ticket and not done yet, with the time that is left. */
export function TicketPromises({ ticketId, meId, putIntoReply }: TicketPromisesProps) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const { data, error } = useQuery(ticketCommitments(ticketId));
  const actions = usePromiseActions({ meId, putIntoReply });
  return (
    <section className="border-t border-hairline px-5 py-4">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-12 font-medium text-ink-faint">{t('commitments.personal')}</h3>
        {actions.mayAct && <NewPromise ticketId={ticketId} />}
      </div>
      {error && !data && <p className="text-13 text-ink-faint">{errorText(error)}</p>}
      {!error && !data && <Loading><Skeleton className="mb-2 w-4/5" /><Skeleton className="w-3/5" /></Loading>}
      {data?.items.length === 0 && <p className="text-13 text-ink-faint">{t('commitments.none_here')}</p>}
      {data && data.items.length > 0 && (
        <ul aria-label={t('commitments.personal')} className="flex flex-col gap-3">
          {data.items.map((promise) => <Promised key={promise.id} promise={promise} actions={actions} />)}
        </ul>
      )}
      {actions.dialogs}
    </section>
  );
}

function Promised({ promise, actions }: { promise: CommitmentView; actions: ReturnType<typeof usePromiseActions> }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const now = useNow(30_000);
  const { word, tone } = words.state(promise, now);
  const label = t('commitments.actions', { what: promise.what });
  return (
    <li className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-start text-13 [overflow-wrap:anywhere]">{promise.kind === 'apology' ? t('commitments.apology', { what: promise.what }) : promise.what}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-12 text-ink-faint">
          {promise.state !== 'made' && <Badge tone={tone}>{word}</Badge>}
          <span className="tabular-nums">{words.due(promise)}</span>
          <span>·</span>
          <span>{words.left(promise, now)}</span>
          <span>·</span>
          <bdi>{promise.owner.name}</bdi>
          {promise.standsFor && <span>{t('commitments.stands_in', { name: isolated(promise.standsFor.name) })}</span>}
          {promise.previous && promise.toldAt === null && <span className="text-note-ink">{t('commitments.not_told')}</span>}
        </p>
      </div>
      {actions.mayAct && (
        <>
          <IconButton icon={Check} label={t('commitments.keep_one', { what: promise.what })} onPress={() => actions.keep(promise)} isDisabled={actions.isKeeping} />
          <Menu label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />} groups={actions.menuOf(promise)} />
        </>
      )}
    </li>
  );
}

const BLANK: Given = { what: '', kind: 'callback', date: '', time: '' };

/** For what was promised on the phone, or in words that were sent already. */
function NewPromise({ ticketId }: { ticketId: string }) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [given, setGiven] = useState(BLANK);
  const making = useMutation({
    mutationFn: () => make(ticketId, null, given),
    onSuccess: () => {
      setOpen(false);
      setGiven(BLANK);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['commitments'] }),
  });
  return (
    <Popover label={t('commitments.make')} placement="bottom end" isOpen={isOpen} onOpenChange={setOpen} trigger={<IconButton icon={Plus} label={t('commitments.make')} />}>
      <Form
        className="w-88 max-w-full"
        onSubmit={() => making.mutate()}
        problem={making.error && errorText(making.error)}
        footer={<Button type="submit" tone="primary" isPending={making.isPending}>{t('commitments.promise')}</Button>}
      >
        <PromiseFields given={given} onChange={setGiven} />
      </Form>
    </Popover>
  );
}
