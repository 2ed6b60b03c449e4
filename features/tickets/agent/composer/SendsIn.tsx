import { useFormat } from '../../../../platform/browser/format.ts';
import { serverMachineNow } from '../../../../platform/browser/server-clock.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Counting } from '../../../../ui/components/Counting.tsx';
import { useTicketsText } from '../text.ts';

/** "Sends in 9 s", counting; for later moments the moment. */
export function SendsIn({ until }: { until: string }) {
  const t = useTicketsText();
  const format = useFormat();
  const now = useNow(500, serverMachineNow);
  const seconds = Math.ceil((Date.parse(until) - now.getTime()) / 1000);
  if (seconds <= 0) return t('tickets.sent');
  if (seconds > 60) return t('tickets.delivery.later', { at: format.dateTime(until) });
  return <Counting>{t('tickets.delivery.undoable', { seconds })}</Counting>;
}
