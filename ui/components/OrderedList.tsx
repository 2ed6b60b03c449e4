import { GripVertical } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import { useUiText } from '../text.ts';
import { announce } from './LiveRegion.tsx';

type OrderedListProps<T> = {
  label: string;
  items: readonly T[];
  /** What a row is called when it is moved. */
  nameOf: (item: T) => string;
  /** Takes a row to another place, counted from 0 without the row itself. Null where the order is only read. */
  onMove: ((item: T, to: number) => void) | null;
  children: (item: T, index: number) => ReactNode;
};

type Drag = { readonly from: number; /** The gap that it would fall into: before the row of this number. */ readonly gap: number };

/** Rows in an order that counts, changed by dragging a handle or by the arrow keys on it. */
export function OrderedList<T extends { readonly id: string }>({ label, items, nameOf, onMove, children }: OrderedListProps<T>) {
  const t = useUiText();
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const move = (from: number, to: number) => {
    const item = items[from];
    if (!item || to === from || to < 0 || to >= items.length) return;
    onMove?.(item, to);
    announce(t('ui.moved', { name: nameOf(item), place: to + 1, count: items.length }));
  };
  const drop = () => {
    if (drag) move(drag.from, drag.gap > drag.from ? drag.gap - 1 : drag.gap);
    setDrag(null);
  };

  return (
    <ol ref={list} aria-label={label} className="rounded-control border border-hairline bg-surface">
      {items.map((item, index) => (
        <li key={item.id} className={classes('relative flex items-start gap-1 border-b border-hairline px-2 py-2 last:border-0', drag?.from === index && 'opacity-50')}>
          {drag && <DropMark at={drag.gap === index ? 'start' : drag.gap === items.length && index === items.length - 1 ? 'end' : null} />}
          {onMove && (
            <Handle
              label={t('ui.move', { name: nameOf(item) })}
              onStep={(step) => move(index, index + step)}
              onDrag={(y) => setDrag({ from: index, gap: gapAt(list.current, y) })}
              onDrop={drop}
              onLeave={() => setDrag(null)}
            />
          )}
          {children(item, index)}
        </li>
      ))}
    </ol>
  );
}

/** How many rows lie with their middles above this height of the window. */
const gapAt = (list: HTMLElement | null, y: number): number =>
  [...(list?.children ?? [])].filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;

const DropMark = ({ at }: { at: 'start' | 'end' | null }) =>
  at && <span aria-hidden className={classes('pointer-events-none absolute inset-x-0 h-0.5 bg-accent', at === 'start' ? '-top-px' : '-bottom-px')} />;

type HandleProps = { label: string; onStep: (step: 1 | -1) => void; onDrag: (y: number) => void; onDrop: () => void; onLeave: () => void };

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

function Handle({ label, onStep, onDrag, onDrop, onLeave }: HandleProps) {
  const holds = useRef(false);
  const end = (then: () => void) => {
    if (!holds.current) return;
    holds.current = false;
    then();
  };
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="inline-flex size-7 shrink-0 cursor-grab touch-none items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
      onKeyDown={(event: KeyboardEvent) => {
        const step = STEPS[event.key];
        if (event.key === 'Escape') end(onLeave);
        if (step === undefined) return;
        event.preventDefault();
        onStep(step);
      }}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        holds.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => { if (holds.current) onDrag(event.clientY); }}
      onPointerUp={() => end(onDrop)}
      onPointerCancel={() => end(onLeave)}
    >
      <GripVertical aria-hidden size={16} strokeWidth={1.75} />
    </button>
  );
}
