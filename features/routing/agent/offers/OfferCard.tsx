import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { isGrave } from '../../../customers/core/flags.ts';
import type { OfferView } from '../../core/contract.ts';
import { useSecondsLeft } from '../countdown.ts';
import { refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { useSpanWords } from '../words.ts';

const TAKE = { code: 'KeyY' } as const;
const PASS = { code: 'KeyY', shift: true } as const;

type OfferCardProps = {
  offer: OfferView;
  /** By this machine's clock, in ms. */
  deadline: number;
  /** The keys answer one offer at a time: the oldest. */
  hasKeys: boolean;
  href: string;
  onAccepted: (ticketId: string) => void;
};

/** One offer: what it is, why it came here, and how long it stands. */
export function OfferCard({ offer, deadline, hasKeys, href, onAccepted }: OfferCardProps) {
  const t = useRoutingText();
  const say = useT();
  const words = useSpanWords();
  const { ticket, queue, why } = offer;
  const left = useSecondsLeft(deadline);
  const { take, pass, isPending } = useAnswer(offer, onAccepted);
  const group = t('routing.shortcuts');
  useShortcut({ ...TAKE, label: t('routing.offer.take'), group, disabled: !hasKeys || isPending }, take);
  useShortcut({ ...PASS, label: t('routing.offer.pass'), group, disabled: !hasKeys || isPending }, pass);
  const whole = (Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt)) / 1000;
  return (
    <article aria-label={t('routing.offer.one', { number: String(ticket.number) })} className="floats flex flex-col gap-2 overflow-hidden rounded-dialog border border-hairline bg-raised">
      <div className="flex flex-col gap-2 px-4 pt-3">
        <div className="flex items-center gap-2 text-12 text-ink-soft">
          <Badge tone="accent">{t('routing.offer')}</Badge>
          <bdi className="min-w-0 flex-1 truncate">{queue.name}</bdi>
          <span className="shrink-0 tabular-nums" role="timer">{words.short(left)}</span>
        </div>
        <Link look="bare" href={href} className="text-14 font-medium">
          <span dir="ltr" className="text-ink-faint tabular-nums">#{ticket.number}</span> <span dir="auto">{ticket.subject || t('routing.no_subject')}</span>
        </Link>
        {ticket.flags.length > 0 && <span className="flex flex-wrap gap-1">{ticket.flags.map((flag) => <Badge key={flag} tone={isGrave([flag]) ? 'danger' : 'warning'}>{say(`tickets.field.flag.${flag}`)}</Badge>)}</span>}
        {why.length > 0 && <p className="text-13 text-ink-soft">{why.map(({ text }) => text).join(' ')}</p>}
        <div className="flex flex-wrap gap-2 pb-3">
          <Button size="small" tone="primary" isPending={isPending} onPress={take} {...(hasKeys && { keys: keysText(TAKE) })}>{t('routing.offer.take')}</Button>
          <Button size="small" isDisabled={isPending} onPress={pass} {...(hasKeys && { keys: keysText(PASS) })}>{t('routing.offer.pass')}</Button>
        </div>
      </div>
      <div aria-hidden className="h-1 bg-sunken"><div className="h-full bg-accent transition-[width]" style={{ width: `${whole > 0 ? Math.min(100, (left / whole) * 100) : 0}%` }} /></div>
    </article>
  );
}

function useAnswer({ id, ticket }: OfferView, onAccepted: (ticketId: string) => void) {
  const errorText = useErrorText();
  const cache = useQueryClient();
  const settled = () => {
    void refresh(cache, 'offers');
    void refresh(cache, 'presence');
  };
  const failed = (error: unknown) => toast({ tone: 'failed', text: errorText(error) });
  const accept = useMutation({
    mutationFn: () => api.post(`/offers/${id}/acceptance`),
    onSuccess: () => onAccepted(ticket.id),
    onError: failed,
    onSettled: settled,
  });
  const refuse = useMutation({ mutationFn: () => api.post(`/offers/${id}/refusal`, {}), onError: failed, onSettled: settled });
  return { take: () => accept.mutate(), pass: () => refuse.mutate(), isPending: accept.isPending || refuse.isPending };
}
