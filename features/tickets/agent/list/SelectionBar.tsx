import { useMutation } from '@tanstack/react-query';
import { OctagonAlert, ShieldCheck } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
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

/** Selecting is begun by a key as well; while nobody does, there is nothing to see. */
export const SelectionBar = ({ selection, ...props }: SelectionBarProps) => selection && <Selecting selection={selection} {...props} />;

function Selecting({ selection, everything, ...props }: SelectionBarProps & { selection: Selection }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const all = useMutation({ mutationFn: everything, onError: (error) => toast({ tone: 'failed', text: errorText(error) }) });
  const chooseAll = () => all.mutate(undefined, { onSuccess: selection.choose });
  useShortcut({ code: 'KeyA', shift: true, label: t('tickets.select.all'), group: t('tickets.shortcuts.list'), disabled: all.isPending }, chooseAll);
  return selection.ids && <Bar selection={selection} isChoosing={all.isPending} onAll={chooseAll} {...props} />;
}

type BarProps = Pick<SelectionBarProps, 'isSpam'> & { selection: Selection; isChoosing: boolean; onAll: () => void };

/** How many tickets are selected, and what can be done with all of them at once. */
function Bar({ selection: { ids, end }, isSpam, isChoosing, onAll }: BarProps) {
  const t = useTicketsText();
  const format = useFormat();
  const marks = useSpamMarks(end);
  const chosen = [...ids ?? []];
  const { withSelected: WithSelected } = useDesk();
  const group = t('tickets.shortcuts.list');
  const marking = t(isSpam ? 'tickets.spam.not' : 'tickets.spam.mark');
  const mark = () => marks.mark(chosen, !isSpam);
  const mayMark = chosen.length > 0 && !isChoosing && !marks.isPending;
  useShortcut({ code: 'KeyJ', shift: true, label: marking, group, disabled: !mayMark }, mark);
  useShortcut({ code: 'Escape', label: t('tickets.select.end'), group, disabled: marks.isPending }, end);
  return (
    <div ref={foot} role="group" aria-label={t('tickets.select')} className="flex shrink-0 flex-col gap-2 border-t border-hairline px-3 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 text-13">
        <span role="status" className="flex-auto text-ink-soft">{t('tickets.select.count', { count: format.number(chosen.length) })}</span>
        <span className="-me-2.5 ms-auto flex">
          <Button size="small" tone="quiet" isPending={isChoosing} isDisabled={marks.isPending} onPress={onAll}>{t('tickets.select.all')}</Button>
          <Button size="small" tone="quiet" isDisabled={marks.isPending} onPress={end}>{t('tickets.select.end')}</Button>
        </span>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" icon={isSpam ? ShieldCheck : OctagonAlert} isDisabled={chosen.length === 0 || isChoosing} isPending={marks.isPending} onPress={mark} className="self-start">
          {marking}
        </Button>
        {WithSelected && !isSpam && <WithSelected ids={chosen} onDone={end} />}
      </div>
    </div>
  );
}
