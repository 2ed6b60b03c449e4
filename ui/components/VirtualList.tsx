import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useDeferredValue, useEffect, useId, useRef } from 'react';
import { classes } from '../classes.ts';

type VirtualListProps<T> = {
  label: string;
  items: readonly T[];
  idOf: (item: T) => string;
  /** Height of most rows, in px; rows that differ are measured. */
  rowHeight: number;
  render: (item: T, state: { isActive: boolean; isSelected: boolean }) => ReactNode;
  /** The row that keys act on; the list keeps it in sight. */
  activeId: string | null;
  onActive: (id: string) => void;
  /** Enter, or a click. */
  onOpen: (id: string) => void;
  /** Several rows at once; until it is given, the active row is the one that is selected. */
  selectedIds?: ReadonlySet<string>;
  /** Space, or a click with Ctrl or Command. Without it there is no selecting several. */
  onToggle?: (id: string) => void;
  /** Every click and Enter selects instead of opening: for fingers, which have no Ctrl. */
  isSelecting?: boolean;
  /** Called when the last rows come into sight: the time to fetch the next page. */
  onEndReached?: () => void;
  /** Told which rows are drawn, whenever these are others. */
  onSight?: (ids: readonly string[]) => void;
  /** As soon as there are rows, the first takes the keys: somebody has asked for them already. */
  takesFocus?: boolean;
  /** The list itself, for whoever gives it the focus. */
  listRef?: RefObject<HTMLDivElement | null>;
  /** Stands below the last row. */
  footer?: ReactNode;
  /** Stays in sight above the rows and is as wide as they are; rows say themselves what stands in them. */
  header?: ReactNode;
};

const NEAR_END = 8;
/** Drawn above and below what is in sight. */
const SPARE = 8;

/**
 * A long list of which only what is seen is drawn. Arrows, Home, End and Page keys move, Enter opens; keys that come to
 * it act on its first row, and an arrow that leads out of it is left to whoever holds the list.
 * Rows are options of one list box, so nothing inside them can be pressed by itself.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, idOf, rowHeight, render, activeId, onActive, onOpen, selectedIds, onToggle, isSelecting, onEndReached, onSight, takesFocus = false, listRef, footer, header } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroller = listRef ?? own;
  const listId = useId();
  const activeIndex = items.findIndex((item) => idOf(item) === activeId);
  const before = useDeferredValue(activeIndex);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items, index, idOf),
    overscan: SPARE,
    // Who scrolls far sees no bare place. A key that goes on by a row is answered by what it opens first: the rows for it are drawn already.
    useFlushSync: activeIndex === before || Math.abs(activeIndex - before) >= SPARE,
    initialRect: { width: 400, height: 800 },
  });
  const drawn = rows.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? -1;

  // Rows of another shape are measured anew.
  useEffect(() => { rows.measure(); }, [rowHeight, rows]);

  useEffect(() => {
    if (items.length > 0 && lastDrawn >= items.length - NEAR_END) onEndReached?.();
  }, [items.length, lastDrawn, onEndReached]);

  const sight = drawn.flatMap(({ index }) => (items[index] ? [idOf(items[index])] : [])).join(' ');
  useEffect(() => onSight?.(sight.split(' ')), [sight, onSight]);

  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, rows]);

  useEffect(() => {
    if (takesFocus) scroller.current?.focus();
  }, [takesFocus, scroller]);

  const onFocus = ({ currentTarget }: FocusEvent) => {
    const first = items[0];
    if (activeIndex < 0 && first && currentTarget.matches(':focus-visible')) onActive(idOf(first));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, activeIndex, items.length, Math.max(1, drawn.length - 2));
    const item = items[target ?? activeIndex];
    if (!item || isCombined(event) || (target === activeIndex && event.key.startsWith('Arrow'))) return;
    if (target !== null) onActive(idOf(item));
    else if (onToggle && selects(event.key, isSelecting)) onToggle(idOf(item));
    else if (event.key === 'Enter') onOpen(idOf(item));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, id: string) => {
    const isToggled = onToggle && (isSelecting || event.ctrlKey || event.metaKey);
    if (!isToggled || isSelecting) onActive(id);
    if (isToggled) onToggle(id);
    else onOpen(id);
  };

  return (
    <>
      {header && <div aria-hidden className={classes('shrink-0 overflow-hidden', STEADY)}>{header}</div>}
      <div
        ref={scroller}
        id={listId}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable={selectedIds ? true : undefined}
        aria-activedescendant={activeIndex >= 0 ? `${listId}-${activeId}` : undefined}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        className={classes('group h-full min-h-0 flex-1 overflow-auto overscroll-contain outline-none focus-visible:outline-none', header !== undefined && STEADY)}
      >
        <div role="presentation" className="relative w-full" style={{ height: rows.getTotalSize() }}>
          {drawn.map((row) => {
            const item = items[row.index];
            if (!item) return null;
            const id = idOf(item);
            const isActive = id === activeId;
            const isSelected = selectedIds?.has(id) ?? false;
            return (
              // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- the list box has focus and keys
              <div
                key={id}
                ref={rows.measureElement}
                data-index={row.index}
                id={`${listId}-${id}`}
                role="option"
                aria-selected={selectedIds ? isSelected : isActive}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
                onClick={(event) => onClick(event, id)}
                className={classes(
                  'absolute inset-x-0 top-0 cursor-default',
                  isActive && 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-focus',
                )}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {render(item, { isActive, isSelected })}
              </div>
            );
          })}
        </div>
        {footer}
      </div>
    </>
  );
}

const isCombined = ({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean => altKey || ctrlKey || metaKey;

/** With and without a bar to scroll by, what stands inside is equally wide. */
const STEADY = '[scrollbar-gutter:stable]';

function keyOf<T>(items: readonly T[], index: number, idOf: (item: T) => string): string | number {
  const item = items[index];
  return item ? idOf(item) : index;
}

const selects = (key: string, isSelecting = false): boolean => key === ' ' || (isSelecting && key === 'Enter');

/** The row to which a key leads; null when the key doesn't move. */
function targetOf(key: string, from: number, count: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = moves[key];
  return target === undefined ? null : Math.min(Math.max(target, 0), count - 1);
}
