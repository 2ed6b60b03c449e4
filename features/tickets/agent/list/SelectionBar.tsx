import { useMutation } from '@tanstack/react-query';
import { OctagonAlert, ShieldCheck } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { foot } from '../../../../ui/components/foot.ts';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { useSpamMarks } from './use-spam-marks.ts';
import type { Selection } from './use-selection.ts';

type SelectionBarProps = {
  selection: Selection | undefined;
  /** What is selected is spam already. */
  isSpam: boolean;
  /** Ids of the whole list, with what was not fetched yet. */
  everything: () => Promise<readonly string[]>;
};

/** How many tickets are selected, and what can be done with all of them at once; nothing while nobody selects. */
export const SelectionBar = ({ selection, ...props }: SelectionBarProps) => selection?.ids && <Bar selection={selection} {...props} />;

function Bar({ selection: { ids, choose, end }, isSpam, everything }: SelectionBarProps & { selection: Selection }) {
  const t = useTicketsText();
  const format = useFormat();
  const errorText = useErrorText();
  const marks = useSpamMarks(end);
  const all = useMutation({ mutationFn: everything, onError: (error) => toast({ tone: 'failed', text: errorText(error) }) });
  const chosen = [...ids ?? []];
  const { withSelected: WithSelected } = useDesk();
  return (
    <div ref={foot} role="group" aria-label={t('tickets.select')} className="flex shrink-0 flex-col gap-2 border-t border-hairline px-3 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 text-13">
        <span role="status" className="flex-auto text-ink-soft">{t('tickets.select.count', { count: format.number(chosen.length) })}</span>
        <span className="-me-2.5 ms-auto flex">
          <Button size="small" tone="quiet" isPending={all.isPending} isDisabled={marks.isPending} onPress={() => all.mutate(undefined, { onSuccess: choose })}>{t('tickets.select.all')}</Button>
          <Button size="small" tone="quiet" isDisabled={marks.isPending} onPress={end}>{t('tickets.select.end')}</Button>
        </span>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" icon={isSpam ? ShieldCheck : OctagonAlert} isDisabled={chosen.length === 0 || all.isPending} isPending={marks.isPending} onPress={() => marks.mark(chosen, !isSpam)} className="self-start">
          {t(isSpam ? 'tickets.spam.not' : 'tickets.spam.mark')}
        </Button>
        {WithSelected && !isSpam && <WithSelected ids={chosen} onDone={end} />}
      </div>
    </div>
  );
}
