import { ArrowUp, Inbox } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useListFaces } from '../../../../platform/browser/use-live.tsx';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { isWide } from '../../../../platform/browser/wide.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { VirtualList } from '../../../../ui/components/VirtualList.tsx';
import type { TicketFilter, TicketView } from '../../core/contract.ts';
import { neighbour } from '../../core/held-list.ts';
import type { ListColumn } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import { ListSkeleton } from './ListSkeleton.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TABLE_ROW_HEIGHT, TableHead, TableRow } from './TicketTable.tsx';
import { ROW_HEIGHT, TicketRow } from './TicketRow.tsx';
import { useAhead, useSeeding } from './use-ahead.ts';
import { useHeldTickets } from './use-held-tickets.ts';
import { useSayArrived, useSayFound } from './use-saying.ts';
import { isSelectedIn, type Selection, selectionOf } from './use-selection.ts';

type TicketListProps = {
  label: string;
  filter: Partial<TicketFilter>;
  chosenId: string | null;
  onChoose: (ticketId: string) => void;
  /** Chosen by itself, not in passing; else like `onChoose`. */
  onOpen?: (ticket: TicketView) => void;
  empty: { text: string; action?: ReactNode };
  /** Its first row takes the keys as soon as it is there. */
  takesFocus?: boolean;
  /** Asked for by somebody who hears how many there are. */
  isSought?: boolean;
  query?: string;
  /** Several tickets at once, where somebody may do something with them. */
  selection?: Selection | undefined;
  /** What stands in columns, where the list has all the room; none: rows of two lines. */
  columns?: readonly ListColumn[];
};

const NONE: readonly ListColumn[] = [];

/** A list of tickets that stays where the reader left it while the world goes on. */
export function TicketList({ label, filter, chosenId, onChoose: choose, onOpen: open, empty, query = '', selection, columns = NONE, takesFocus = false, isSought }: TicketListProps) {
  const errorText = useErrorText();
  const now = useNow(30_000);
  const [isScrolled, setScrolled] = useState(false);
  const [activeId, setActiveId] = useState(chosenId);
  const list = useHeldTickets(filter, isScrolled || chosenId !== null, chosenId);
  const ids = list.rows.map(({ id }) => id);
  const onChoose = useSeeding(list.rows, choose);
  const onOpen = useSeeding(list.rows, (id) => {
    const row = open && list.rows.find((one) => one.id === id);
    if (row) open(row);
    else choose(id);
  });
  const { Row, ...shape } = shapeOf(columns, selection);

  const [chosenBefore, setChosenBefore] = useState(chosenId);
  if (chosenBefore !== chosenId) {
    setChosenBefore(chosenId);
    setActiveId(chosenId);
  }
  const listRef = useRef<HTMLDivElement>(null);
  const onFocus = () => listRef.current?.focus({ preventScroll: true });
  const onActive = (id: string) => {
    setActiveId(id);
    onFocus();
  };
  useStepping(ids, activeId, { onActive, onFocus, onChoose, onOpen, isOpening: columns.length === 0 });
  useSelecting(selection, activeId);
  useAhead(list.rows, activeId);
  useListFaces();
  useSayArrived(list.arrived, now);
  useSayFound(list, empty.text, isSought);

  if (list.error) return <ErrorState onRetry={list.retry} isRetrying={list.isRetrying}>{errorText(list.error)}</ErrorState>;
  if (list.isPending) return <ListSkeleton />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" onScrollCapture={(event) => setScrolled((event.target as HTMLElement).scrollTop > 8)}>
      {list.arrived > 0 && <Arrived count={list.arrived} onShow={list.showAll} />}
      {ids.length === 0 ? (
        <EmptyState icon={Inbox} action={empty.action}>{empty.text}</EmptyState>
      ) : (
        <VirtualList
          label={label}
          items={list.rows}
          idOf={({ id }) => id}
          {...shape}
          activeId={activeId}
          onActive={setActiveId}
          onOpen={onOpen}
          onEndReached={list.more}
          onSight={list.onSight}
          takesFocus={takesFocus}
          listRef={listRef}
          {...selectionOf(selection)}
          footer={list.isFetchingMore && <ListSkeleton count={2} />}
          render={(ticket) => <Row ticket={ticket} isChosen={ticket.id === chosenId} isSelected={isSelectedIn(selection, ticket.id)} now={now} query={query} columns={columns} />}
        />
      )}
      <SelectionBar selection={selection} isSpam={filter.status === 'spam'} everything={list.everything} />
    </div>
  );
}

/** Two lines for each, or one in columns. */
const shapeOf = (columns: readonly ListColumn[], selection: Selection | undefined) => (columns.length === 0 ? { Row: TicketRow, rowHeight: ROW_HEIGHT }
  : { Row: TableRow, rowHeight: TABLE_ROW_HEIGHT, header: <TableHead columns={columns} isSelecting={selection?.ids instanceof Set} /> });

type Stepping = { readonly [does in 'onActive' | 'onChoose' | 'onOpen']: (id: string) => void } & { readonly onFocus: () => void; readonly isOpening: boolean };

/** `j` and `k` walk, also when the focus is elsewhere, which comes along: Enter means the row then. Where there is room beside the list they open as they walk. */
function useStepping(ids: readonly string[], activeId: string | null, { onActive, onFocus, onChoose, onOpen, isOpening }: Stepping) {
  const t = useTicketsText();
  // Drawn as the active one once, together with what it opens.
  const opening = useRef<string | null>(null);
  useLayoutEffect(() => { opening.current = null; }, [activeId]);
  const step = (by: 1 | -1) => {
    const next = neighbour(ids, opening.current ?? activeId, by);
    if (next === null) return;
    if (isOpening && isWide()) {
      opening.current = next;
      onFocus();
      onChoose(next);
    } else onActive(next);
  };
  const group = t('tickets.shortcuts.list');
  useShortcut({ code: 'KeyJ', label: t('tickets.shortcut.next_row'), group }, () => step(1));
  useShortcut({ code: 'KeyK', label: t('tickets.shortcut.previous_row'), group }, () => step(-1));
  useShortcut({ code: 'Enter', label: t('tickets.shortcut.open'), group, disabled: activeId === null }, () => activeId !== null && onOpen(activeId));
}

/** `x` selects the row that keys act on, wherever the focus is. */
function useSelecting(selection: Selection | undefined, activeId: string | null) {
  const t = useTicketsText();
  useShortcut({ code: 'KeyX', label: t('tickets.select.row'), group: t('tickets.shortcuts.list'), disabled: !selection || activeId === null }, () => activeId !== null && selection?.toggle(activeId));
}

const Arrived = ({ count, onShow }: { count: number; onShow: () => void }) => {
  const t = useTicketsText();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
      <button
        type="button"
        onClick={onShow}
        className="pointer-events-auto inline-flex h-7 items-center gap-1.5 rounded-full pointer-coarse:h-11 pointer-coarse:px-4 bg-accent px-3 text-12 font-medium text-on-accent shadow-float hover:bg-accent-hover"
      >
        <ArrowUp aria-hidden size={13} strokeWidth={2} />
        {t('tickets.arrived', { count })}
      </button>
    </div>
  );
};
