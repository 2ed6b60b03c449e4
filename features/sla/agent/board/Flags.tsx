import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import type { FlagView } from '../../core/contract.ts';
import { flagsQuery, KEYS } from '../queries.ts';
import { useSlaText } from '../text.ts';

/** Replies that only hold, and tickets put off again and again; nothing where there are none. */
export function Flags({ mayReview, ticketHref }: { mayReview: boolean; ticketHref: (ticketId: string) => string }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const flags = useInfiniteQuery(flagsQuery);
  const seen = useMutation({
    mutationFn: (id: string) => api.delete(`/sla/flags/${id}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.flags }),
  });
  if (!flags.data?.pages.some(({ items }) => items.length > 0)) return null;
  return (
    <Section title={t('sla.flags.title')} description={t('sla.flags.why')}>
      <PagedRows query={flags} errorText={errorText} empty={null}>
        {(items) => (
          <RowList label={t('sla.flags.title')}>
            {items.map((flag) => <FlagRow key={flag.id} flag={flag} href={ticketHref(flag.ticket.id)} isBusy={seen.isPending} onSeen={mayReview ? () => seen.mutate(flag.id) : null} />)}
          </RowList>
        )}
      </PagedRows>
    </Section>
  );
}

function FlagRow({ flag: { ticket, kind, count, person, at }, href, isBusy, onSeen }: { flag: FlagView; href: string; isBusy: boolean; onSeen: (() => void) | null }) {
  const t = useSlaText();
  const format = useFormat();
  const when = format.dateTime(at);
  return (
    <ListRow
      title={<Link href={href}><span dir="ltr" className="tabular-nums">#{ticket.number}</span> <bdi>{ticket.subject || t('sla.board.no_subject')}</bdi></Link>}
      detail={<>{t(`sla.flags.${kind}`, { count })} · <bdi>{person ? t('sla.flags.by', { person: person.name, when }) : when}</bdi></>}
      actions={onSeen && <Button size="small" isDisabled={isBusy} onPress={onSeen} aria-label={t('sla.flags.seen_one', { number: ticket.number })}>{t('sla.flags.seen')}</Button>}
    />
  );
}
