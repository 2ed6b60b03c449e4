import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { failureOf } from '../../../tickets/core/failure.ts';
import type { OutboxDetail } from '../../core/contract.ts';
import { MissingMail } from '../MissingMail.tsx';
import { useEmailText } from '../text.ts';
import { STATE_TONES } from './tones.ts';
import { outboxOne, retryMail } from './queries.ts';

type OutboxMailProps = { mailId: string; onBack: () => void; ticketHref: (ticketId: string) => string };

/** One mail as it leaves, and what became of it. */
export function OutboxMail({ mailId, onBack, ticketHref }: OutboxMailProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const query = useQuery(outboxOne(mailId));
  const { data: mail } = query;
  const retry = useMutation({ mutationFn: () => retryMail(mailId), onSettled: () => cache.invalidateQueries({ queryKey: ['email', 'outbox'] }) });

  const back = { label: t('outbox.back'), onBack };
  if (!mail) return <MissingMail query={query} title={t('outbox.title')} back={back} />;
  return (
    <Pane
      level={1}
      title={mail.subject || t('outbox.no_subject')}
      back={back}
      actions={mail.state === 'failed' && <Button size="small" icon={RotateCw} isPending={retry.isPending} onPress={() => retry.mutate()}>{t('outbox.retry')}</Button>}
    >
      <div className="flex flex-col gap-5 px-6 py-5 max-wide:px-4">
        {retry.error && <Banner tone="danger">{errorText(retry.error)}</Banner>}
        <Facts mail={mail} ticketHref={ticketHref} />
        <div dir="auto" className="written max-w-reading border-t border-hairline pt-5 whitespace-pre-wrap">{mail.text}</div>
        {mail.text.includes(HIDDEN) && <p className="max-w-reading text-13 text-ink-soft">{t('outbox.hidden')}</p>}
      </div>
    </Pane>
  );
}

/** What the server puts in the place of secrets. */
const HIDDEN = '[…]';

const Facts = ({ mail, ticketHref }: { mail: z.infer<typeof OutboxDetail>; ticketHref: (ticketId: string) => string }) => {
  const t = useEmailText();
  const format = useFormat();
  const goesOn = mail.state === 'queued' || mail.state === 'sending';
  return (
    <dl className="grid grid-cols-[minmax(0,max-content)_minmax(60%,1fr)] gap-x-6 gap-y-1.5 text-13">
      <Line name={t('outbox.line.state')}><Badge tone={STATE_TONES[mail.state]}>{t(`outbox.state.${mail.state}`)}</Badge></Line>
      <Line name={t('outbox.line.from')}><bdi dir="ltr">{mail.from}</bdi></Line>
      <Line name={t('outbox.line.to')}><bdi dir="ltr">{mail.to.join(', ')}</bdi></Line>
      <Line name={t('outbox.line.made')}>{format.dateTime(mail.createdAt)}</Line>
      {mail.acceptedAt && <Line name={t('outbox.line.accepted')}>{format.dateTime(mail.acceptedAt)}</Line>}
      {mail.nextAttemptAt && goesOn && <Line name={t('outbox.line.next')}>{format.dateTime(mail.nextAttemptAt)}</Line>}
      {mail.attempts > 0 && <Line name={t('outbox.line.attempts')}>{format.number(mail.attempts)}</Line>}
      {mail.state === 'failed' && mail.response && <Line name={t('outbox.line.why')}>{t(`outbox.why.${failureOf(mail.response)}`)}</Line>}
      {mail.response && <Line name={t('outbox.line.response')}><span dir="auto" className="written">{mail.response}</span></Line>}
      {mail.ticketId && <Line name={t('outbox.line.ticket')}><Link href={ticketHref(mail.ticketId)}>{t('outbox.open_ticket')}</Link></Line>}
    </dl>
  );
};

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-faint">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);
