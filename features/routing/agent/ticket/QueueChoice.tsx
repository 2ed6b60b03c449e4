import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useActions } from '../../../../platform/browser/shortcuts.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { queuesPaged, ticketRouting } from '../queries.ts';
import { useRoutingText } from '../text.ts';

export type QueueChosen = {
  /** A queue or `none`, as somebody chose; null: the first that fits. */
  readonly choice: string | null;
  readonly choose: (choice: string | null) => void;
};

type Choice = { readonly id: string | null; readonly label: string };

/** In which queue a ticket is: the first that fits, or where somebody put it. In the menu of all commands too. */
export function QueueChoice({ ticketId, chosen, group }: { ticketId: string; chosen: QueueChosen | null; group: string }) {
  const t = useRoutingText();
  const { data } = useInfiniteQuery(queuesPaged);
  const { data: routing } = useQuery(ticketRouting(ticketId));
  const queues = data?.pages.flatMap(({ items }) => items) ?? [];
  if (queues.length === 0) return null;
  const here = routing?.queue?.name ?? t('routing.choice.none');
  const choices: Choice[] = [{ id: null, label: t('routing.choice.by_conditions') }, ...queues.map(({ id, name }) => ({ id, label: name })), { id: 'none', label: t('routing.choice.none') }];
  return (
    <section className="flex items-center justify-between gap-2 border-t border-hairline px-5 py-3">
      <h3 className="text-12 font-medium text-ink-faint">{t('routing.choice')}</h3>
      {chosen === null ? <span dir="auto" className="text-13">{here}</span> : <Choosing chosen={chosen} choices={choices} here={here} group={group} />}
    </section>
  );
}

function Choosing({ chosen, choices, here, group }: { chosen: QueueChosen; choices: readonly Choice[]; here: string; group: string }) {
  const t = useRoutingText();
  const label = t('routing.choice');
  const others = choices.filter(({ id }) => id !== chosen.choice);
  useActions(others.map((one) => ({ id: `queue ${one.id ?? 'conditions'}`, label: `${label}: ${one.label}`, group, run: () => chosen.choose(one.id) })));
  const how = chosen.choice === null ? null : t('routing.choice.by_hand');
  return (
    <Menu
      label={label} placement="bottom end"
      trigger={(
        <Button tone="quiet" size="small" aria-label={how === null ? `${label}: ${here}` : `${label}: ${here}, ${how}`} className="max-w-52 gap-1 px-1.5! font-normal" trailing={<ChevronDown aria-hidden size={11} className="shrink-0 text-ink-faint" />}>
          <span className="flex min-w-0 flex-col items-end"><span dir="auto" className="max-w-full truncate">{here}</span>{how && <span className="text-12 text-ink-faint">{how}</span>}</span>
        </Button>
      )}
      groups={[{ title: label, entries: choices.map((one) => ({ id: one.id ?? 'conditions', label: one.label, chosen: one.id === chosen.choice, onAction: () => chosen.choose(one.id) })) }]}
    />
  );
}
