import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { ACTION_TYPES, type ActionType } from '../../core/actions.ts';
import { MOST_ACTIONS } from '../../core/contract.ts';
import type { Names } from '../names.ts';
import { useAutomationText } from '../text.ts';
import { ActionFields } from './ActionFields.tsx';
import { isFinished, type Line, lineOf, moved, type Unfinished } from './draft.ts';

type ActionListProps = { lines: readonly Line[]; names: Names; showFaults: boolean; onChange: (lines: readonly Line[]) => void };

/** What a rule does, one thing after the other. */
export function ActionList({ lines, names, showFaults, onChange }: ActionListProps) {
  const t = useAutomationText();
  const adding = useRef<HTMLButtonElement>(null);
  // Without a webhook there is none to call, and without a field none to fill in.
  const offered = ACTION_TYPES.filter((type) => (type !== 'webhook' || names.choices('webhook').length > 0) && (type !== 'set_field' || names.choices('own_field').length > 0));
  const nameOf = ({ action }: Line) => t(`automation.action.${action.type}`);
  const put = (id: string, action: Unfinished) => onChange(lines.map((one) => (one.id === id ? { id, action } : one)));
  const add = (type: ActionType) => onChange([...lines, lineOf({ type })]);
  const remove = (gone: string) => {
    onChange(lines.filter(({ id }) => id !== gone));
    adding.current?.focus();
  };
  return (
    <div className="flex flex-col gap-3">
      {lines.length === 0 && (
        <p role={showFaults ? 'alert' : undefined} className={classes('text-13', showFaults ? 'text-danger-ink' : 'text-ink-soft')}>{t('automation.actions.none')}</p>
      )}
      {lines.length > 0 && (
        <OrderedList label={t('automation.actions')} items={lines} nameOf={nameOf} onMove={lines.length > 1 ? ({ id }, to) => onChange(moved(lines, id, to)) : null}>
          {(line) => (
            <div role="group" aria-label={nameOf(line)} className="flex min-w-0 flex-1 items-start gap-2 px-1.5">
              <div className="flex min-w-0 flex-1 flex-col gap-2 py-1">
                <span className="text-13 font-medium">{nameOf(line)}</span>
                <ActionFields action={line.action} names={names} onChange={(action) => put(line.id, action)} />
                {showFaults && !isFinished(line.action) && <p role="alert" className="text-13 text-danger-ink">{t('automation.fault.action')}</p>}
              </div>
              <IconButton icon={X} label={t('automation.actions.remove', { name: nameOf(line) })} onPress={() => remove(line.id)} />
            </div>
          )}
        </OrderedList>
      )}
      {lines.length < MOST_ACTIONS && (
        <Menu
          label={t('automation.actions.add')}
          trigger={<Button ref={adding} size="small" icon={Plus} className="self-start">{t('automation.actions.add')}</Button>}
          groups={[{ entries: offered.map((type) => ({ id: type, label: t(`automation.action.${type}`), onAction: () => add(type) })) }]}
        />
      )}
    </div>
  );
}
