import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { isBlank } from './drafts.ts';
import { draftKindOf, plainText } from './sending.ts';
import { draftsOf } from './use-draft.ts';
import { useWaiting, waitingOf } from './use-waiting.ts';
import type { Waiting } from './waiting.ts';

const MOST_SHOWN = 160;

/** What was sent on this ticket and has not arrived, above the place to write: it can be taken back, and what was refused is asked about. */
export function WaitingLetters({ ticketId }: { ticketId: string }) {
  const { me } = useDesk();
  return useWaiting(me.id).filter((one) => one.ticketId === ticketId).map((one) => <Letter key={one.id} one={one} personId={me.id} />);
}

function Letter({ one, personId }: { one: Waiting; personId: string }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const letters = waitingOf(personId);
  const { refusal, draft, mode } = one;
  const came = refusal?.unseen.at(-1);
  const writeOn = async () => {
    await letters.cancel(one.id);
    const [drafts, key] = [draftsOf(personId), { kind: draftKindOf(mode), ticketId: one.ticketId }];
    const begun = drafts.state(key).draft;
    drafts.restore(key, isBlank(begun) ? { ...draft, to: one.manner.to, cc: one.manner.cc } : { ...begun, html: `${draft.html}${begun.html}`, attachments: [...draft.attachments, ...begun.attachments] });
  };
  const words = plainText(draft.html).slice(0, MOST_SHOWN);
  return (
    <Banner
      shape="edge" tone={refusal ? 'danger' : 'warning'}
      action={
        <span className="flex flex-wrap gap-2">
          {came && <Button size="small" onPress={() => void letters.sendAnyway(one)}>{t('tickets.warning.send_anyway')}</Button>}
          <Button size="small" onPress={() => void writeOn()}>{t('tickets.waiting.write_on')}</Button>
        </span>
      }
    >
      <span className="block font-medium">{refusal ? t('tickets.waiting.refused_here') : t('tickets.waiting.here')}</span>
      {refusal && <span className="block">{came ? t(came.direction === 'in' ? 'tickets.unseen.from_customer' : 'tickets.unseen.from_colleague', { name: isolated(came.author) }) : errorText(new ApiError(refusal))}</span>}
      {came && <q dir="auto" className="block [overflow-wrap:anywhere]">{came.text.slice(0, MOST_SHOWN)}</q>}
      <span dir="auto" className="line-clamp-2 text-ink-soft [overflow-wrap:anywhere]">{words}</span>
    </Banner>
  );
}
