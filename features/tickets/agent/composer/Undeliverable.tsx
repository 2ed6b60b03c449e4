import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ticketRecipients } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import type { Recipients } from './use-recipients.ts';

/** Said before anybody writes in vain: mail to them came back, and it will be refused until that is lifted. */
export function Undeliverable({ ticketId, dead }: { ticketId: string; dead: Recipients['undeliverable'] }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const lift = useMutation({
    mutationFn: () => Promise.all(dead.map(({ id }) => api.delete(`/email/suppressions/${id}`))),
    onSettled: () => cache.invalidateQueries({ queryKey: ticketRecipients(ticketId).queryKey }),
  });
  if (dead.length === 0) return null;
  const addresses = format.list(dead.map(({ address }) => isolated(address)));
  const words = dead.find((one) => one.words !== '')?.words ?? '';
  return (
    <div className="px-3 pt-2">
      <Banner tone="warning" action={<Button size="small" isPending={lift.isPending} onPress={() => lift.mutate()}>{t('tickets.undeliverable.lift')}</Button>}>
        {t('tickets.undeliverable', { addresses, count: dead.length })}
        {words !== '' && <> {t('tickets.delivery.their_words', { words: isolated(words) })}</>}
        {lift.error && <> {errorText(lift.error)}</>}
      </Banner>
    </div>
  );
}
