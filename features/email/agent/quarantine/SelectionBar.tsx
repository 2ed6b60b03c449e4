import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { foot } from '../../../../ui/components/foot.ts';
import { useEmailText } from '../text.ts';
import type { Verb } from './queries.ts';

type SelectionBarProps = {
  /** Null: all that match. */
  count: number | null;
  isDiscarded: boolean;
  isBusy: boolean;
  done: number;
  onAll: () => void;
  onNone: () => void;
  onAct: (verb: Verb) => void;
};

/** How many are selected, and what can be done with all of them at once. */
export function SelectionBar({ count, isDiscarded, isBusy, done, onAll, onNone, onAct }: SelectionBarProps) {
  const t = useEmailText();
  const format = useFormat();
  const isNothing = count === 0;
  const chosen = count === null ? t('quarantine.selected_all') : isNothing ? t('quarantine.selected_none') : t('quarantine.selected', { count: format.number(count) });
  const words = done > 0 ? t('quarantine.progress', { count: format.number(done) }) : chosen;
  return (
    <div ref={foot} className="flex flex-col gap-2 px-3 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 text-13">
        <span role="status" className="flex-auto text-ink-soft">
          {words}
          {isNothing && <span className="block text-12 text-ink-faint max-wide:hidden">{t('quarantine.hint')}</span>}
        </span>
        <span className="-me-2.5 ms-auto flex flex-wrap justify-end">
          {count !== null && <Button size="small" tone="quiet" isDisabled={isBusy} onPress={onAll}>{t('quarantine.select_all')}</Button>}
          {!isNothing && <Button size="small" tone="quiet" isDisabled={isBusy} onPress={onNone}>{t('quarantine.select_none')}</Button>}
        </span>
      </div>
      {!isNothing && (
        <div className="flex flex-wrap gap-2 *:flex-auto">
          <Button size="small" isPending={isBusy} onPress={() => onAct('release')}>{count === null ? t('quarantine.release_all') : t('quarantine.release_some', { count: format.number(count) })}</Button>
          {!isDiscarded && <Button size="small" tone="danger" isPending={isBusy} onPress={() => onAct('discard')}>{count === null ? t('quarantine.discard_all') : t('quarantine.discard_some', { count: format.number(count) })}</Button>}
        </div>
      )}
    </div>
  );
}
