import { Plus, X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { Closure } from '../../core/working-time.ts';
import { useCalendarText } from '../text.ts';

/** What stands in a line while it is written, with a name that stays. */
export type Line<T> = T & { readonly key: string };
type FieldsProps<T> = { lines: readonly Line<T>[]; onChange: (lines: Line<T>[]) => void };

let made = 0;
export const lineOf = <T extends object>(thing: T): Line<T> => ({ ...thing, key: String(++made) });

/** From one moment to another, whatever else is said. */
export function ClosureFields({ lines, onChange }: FieldsProps<Closure>) {
  const t = useCalendarText();
  const adding = useRef<HTMLButtonElement>(null);
  const put = (changed: Line<Closure>) => onChange(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <Lines title={t('calendars.closures')} hint={t('calendars.closures_hint')} verb={t('calendars.add_closure')} adding={adding} onAdd={() => onChange([...lines, lineOf({ from: '', to: '', reason: '' })])}>
      {lines.map((line) => (
        <div key={line.key} role="group" aria-label={line.reason || t('calendars.closure')} className="flex items-end gap-2 border-t border-hairline py-3 max-wide:flex-wrap">
          <TextField label={t('calendars.closed_from')} type="datetime-local" autoFocus={line.from === ''} value={line.from} onChange={(from) => put({ ...line, from })} isLatin isRequired className="w-52 max-wide:w-full" />
          <TextField
            label={t('calendars.closed_to')} type="datetime-local" value={line.to} onChange={(to) => put({ ...line, to })} isLatin isRequired className="w-52 max-wide:w-full"
            error={line.from !== '' && line.to !== '' && line.to <= line.from ? t('calendars.ends_first') : undefined}
          />
          <TextField label={t('calendars.reason')} value={line.reason} onChange={(reason) => put({ ...line, reason })} maxLength={200} autoComplete="off" optional className="min-w-40 flex-1" />
          <span className="flex h-control items-center"><Remove name={line.reason} adding={adding} onPress={() => onChange(lines.filter(({ key }) => key !== line.key))} /></span>
        </div>
      ))}
    </Lines>
  );
}

/** Afterwards the focus is where another one is added: what had it is gone. */
function Remove({ name, adding, onPress }: { name: string; adding: RefObject<HTMLButtonElement | null>; onPress: () => void }) {
  const t = useCalendarText();
  const remove = () => {
    onPress();
    adding.current?.focus();
  };
  return <IconButton icon={X} label={t('calendars.remove_line', { name })} onPress={remove} />;
}

type LinesProps = { title: string; hint: string; verb: string; adding: RefObject<HTMLButtonElement | null>; onAdd: () => void; children: ReactNode };

const Lines = ({ title, hint, verb, adding, onAdd, children }: LinesProps) => (
  <fieldset className="flex flex-col">
    <legend className="mb-1 text-13 font-medium">{title}</legend>
    <p className="mb-2 text-13 text-ink-faint">{hint}</p>
    {children}
    <Button ref={adding} size="small" icon={Plus} onPress={onAdd} className="mt-1 self-start">{verb}</Button>
  </fieldset>
);
