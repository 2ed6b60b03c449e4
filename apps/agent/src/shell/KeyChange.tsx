import { useState } from 'react';
import { useT } from '../../../../platform/browser/i18n.ts';
import { isCharacter, isMovable, ownKeys } from '../../../../platform/browser/own-keys.ts';
import { changeKeys, keysText, type Shortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Kbd } from '../../../../ui/components/Kbd.tsx';
import { useAppText } from '../text.ts';
import { clashOf } from './all-keys.ts';

/** The key of a shortcut; a letter or digit can be changed by pressing another one there. */
export function KeyChange({ shortcut }: { shortcut: Shortcut }) {
  const t = useAppText();
  const words = useT();
  const [isAsking, setAsking] = useState(false);
  const [taken, setTaken] = useState<string | null>(null);
  const shown = keysText(shortcut) || t('app.keys.off');
  const key = <><Kbd>{shown}</Kbd><span className="sr-only">{shown}</span></>;
  if (!isMovable(shortcut)) return key;

  const move = (place: string | null) => {
    const { keys, ...rest } = ownKeys();
    changeKeys({ ...rest, keys: { ...keys, [shortcut.code]: place } });
    setAsking(false);
    setTaken(null);
  };
  const press = (code: string) => {
    const other = clashOf(shortcut.code, code);
    if (other) setTaken(t('app.keys.taken', { what: words(other.label) }));
    else move(code);
  };
  return (
    <span className="flex flex-col items-end">
      <button
        type="button"
        aria-label={t('app.keys.change', { what: shortcut.label, key: shown })}
        className="-me-1 inline-flex min-h-6 min-w-6 items-center justify-center rounded-[4px] px-1 text-12 hover:bg-hover aria-pressed:bg-accent-tint aria-pressed:text-on-accent-tint pointer-coarse:min-h-11"
        aria-pressed={isAsking}
        onClick={() => setAsking(!isAsking)}
        onBlur={() => { setAsking(false); setTaken(null); }}
        onKeyDown={(event) => {
          if (!isAsking || event.code === 'Tab') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.code === 'Backspace' || event.code === 'Delete') move(null);
          else if (isCharacter(event.code)) press(event.code);
          else setAsking(false);
        }}
      >
        {isAsking ? t('app.keys.press') : key}
      </button>
      <span role="status" className={classes('text-12 text-danger', taken !== null && 'mt-1')}>{taken}</span>
    </span>
  );
}
