import { memo, type ReactNode, useMemo, useState } from 'react';
import { Link } from '../../../../ui/components/Link.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import type { TicketFilter } from '../../core/contract.ts';
import { filterOf } from '../../core/views.ts';
import { useDesk, useMay } from '../desk.tsx';
import type { SavedViewsSlot, SavedViewTask } from '../slots.ts';
import { type TicketsText, useTicketsText } from '../text.ts';
import { ListActions } from './ListActions.tsx';
import { TicketList } from './TicketList.tsx';
import { useSelection } from './use-selection.ts';
import { useSorting } from './use-sorting.ts';
import { useTable } from './use-table.ts';
import { useViews, ViewsNav } from './ViewsNav.tsx';

/** Whoever steps through the list changes nothing of these. */
const [Ways, Actions] = [memo(ViewsNav), memo(ListActions)];

type InboxProps = { view: string; hrefOf: (view: string) => string; chosenId: string | null; onView: (view: string) => void; onNew: () => void };

const EMPTY: Readonly<Record<string, TicketsText>> = {
  mine: 'tickets.empty.mine', unassigned: 'tickets.empty.unassigned', mentions: 'tickets.empty.mentions', followed: 'tickets.empty.followed', waiting: 'tickets.empty.waiting', done: 'tickets.empty.done', all: 'tickets.empty.all', snoozed: 'tickets.empty.snoozed', spam: 'tickets.empty.spam', deleted: 'tickets.empty.deleted',
};

/** The views and the rows of the one that is open. */
export function Inbox({ view, hrefOf, chosenId, onView, onNew }: InboxProps) {
  const t = useTicketsText();
  const { goToTicket, saved } = useDesk();
  const [task, setTask] = useState<SavedViewTask | null>(null);
  const title = useViews().find(({ id }) => id === view)?.label ?? t('tickets.view.active');
  const { filter, sorting } = useSorting(useMemo(() => inItsOrder(filterOf(view), saved), [view, saved]));
  const mayChange = useMay('tickets.change');
  const columns = useTable(saved, view, chosenId);
  const selection = useSelection(view, mayChange && view !== 'deleted');
  const nav = <Ways current={view} hrefOf={hrefOf} onTask={setTask} />;
  const isTable = columns.length > 0;
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-1">
      {isTable && <ViewsBeside>{nav}</ViewsBeside>}
      <Pane level={chosenId === null ? 1 : 2} title={title} isScrolling={false} actions={<Actions filter={filter} sorting={sorting} selection={selection} onNew={onNew} />} below={!isTable && nav}>
        <title>{`${title} · Rapport`}</title>
        <TicketList
          key={view}
          label={title}
          filter={filter}
          chosenId={chosenId}
          onChoose={(id) => goToTicket(id)}
          selection={selection}
          columns={columns}
          empty={{
            text: t(EMPTY[view] ?? 'tickets.empty.view'),
            action: view === 'mine' && <Link href={hrefOf('unassigned')}>{t('tickets.empty.mine.action')}</Link>,
          }}
        />
        {task && saved?.dialog({ open: task, onClose: () => setTask(null), onDone: (id) => onView(id === null ? 'active' : `view:${id}`) })}
      </Pane>
    </div>
  );
}

/** A table wants the height, and leaves the width. */
const ViewsBeside = ({ children }: { children: ReactNode }) => {
  const t = useTicketsText();
  return (
    <div className="flex w-60 shrink-0 flex-col overflow-auto border-e border-hairline bg-surface">
      <div aria-hidden className="flex min-h-13 shrink-0 items-center border-b border-hairline px-4 text-14 font-semibold">{t('tickets.views')}</div>
      {children}
    </div>
  );
};

/** A saved view has an order of its own. */
function inItsOrder(filter: Partial<TicketFilter>, saved: SavedViewsSlot | null): Partial<TicketFilter> {
  return filter.view === undefined ? filter : { ...filter, sort: saved?.views.find(({ id }) => id === filter.view)?.sort ?? 'queue' };
}
