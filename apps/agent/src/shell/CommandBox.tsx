import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTypedAhead } from '../../../../platform/browser/typed-ahead.ts';
import { classes } from '../../../../ui/classes.ts';
import { INPUT, LIST_BOX, OPTION } from '../../../../ui/components/field-style.ts';
import { Kbd } from '../../../../ui/components/Kbd.tsx';

export type Command = { readonly id: string; readonly label: string; readonly hint?: string; readonly keys?: string };

type CommandBoxProps = {
  label: string;
  /** What the list is of, for those who hear it. */
  listLabel: string;
  value: string;
  onChange: (value: string) => void;
  commands: readonly Command[];
  onChoose: (id: string) => void;
  /** Stands where the list would. */
  empty: string;
};

/** Type to narrow, arrows to walk, Enter to do: the focus stays in the box. */
export function CommandBox({ label, listLabel, value, onChange, commands, onChoose, empty }: CommandBoxProps) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  useTypedAhead(onChange);
  const active = Math.min(at, commands.length - 1);
  useEffect(() => { list.current?.children[active]?.scrollIntoView({ block: 'nearest' }); }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = targetOf(event.key, active, commands.length);
    const chosen = commands[active];
    if (next !== null) setAt(next);
    else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) onChoose(chosen.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex min-h-0 flex-col gap-2">
      <div className="relative flex items-center">
        <Search aria-hidden size={16} strokeWidth={1.75} className="pointer-events-none absolute start-2.5 text-ink-faint" />
        <input
          role="combobox" aria-label={label} aria-expanded={commands.length > 0} aria-controls={listId} aria-autocomplete="list"
          {...(active >= 0 && { 'aria-activedescendant': `${listId}-${active}` })}
          dir="auto" autoComplete="off" spellCheck={false} placeholder={label} value={value} className={classes(INPUT, 'h-control ps-8.5')}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is opened to type into this
          autoFocus
          onChange={(event) => { onChange(event.target.value); setAt(0); }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={listLabel} className={classes(LIST_BOX, 'max-h-[50vh] px-0', commands.length === 0 && 'hidden')}>
        {commands.map((command, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys act through the box, which keeps the focus
          <div
            tabIndex={-1} key={command.id} id={`${listId}-${index}`} role="option" aria-selected={index === active}
            className={classes(OPTION, index === active && 'bg-accent-tint text-on-accent-tint')}
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(command.id)}
            // The focus stays where one types.
            onMouseDown={(event) => event.preventDefault()}
          >
            <span dir="auto" className="min-w-0 flex-1 truncate">{command.label}</span>
            {command.hint && <span dir="auto" className={classes('max-w-2/5 shrink-0 truncate text-12', index !== active && 'text-ink-faint')}>{command.hint}</span>}
            {command.keys && <Kbd>{command.keys}</Kbd>}
          </div>
        ))}
      </div>
      {commands.length === 0 && <p role="status" className="px-2 py-3 text-13 text-ink-faint">{empty}</p>}
    </div>
  );
}

/** Round at both ends. */
function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  return key === 'PageDown' ? Math.min(at + 8, count - 1) : key === 'PageUp' ? Math.max(at - 8, 0) : null;
}
