import { useQuery } from '@tanstack/react-query';
import type { Editor as Tiptap } from '@tiptap/react';
import { Users } from 'lucide-react';
import { type Ref, useEffect, useId, useImperativeHandle, useState } from 'react';
import { classes } from '../../../../ui/classes.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { FLOAT } from '../../../../ui/components/field-style.ts';
import { namesLike } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { type Mentionable, mentionOf } from './mention.ts';

export type Wanted = { readonly text: string; readonly from: number; readonly to: number; readonly left: number; readonly top: number };
/** Takes the keys that choose while the list stands; false for all others. */
export type MentionKeys = (event: KeyboardEvent) => boolean;
type MentionListProps = { editor: Tiptap; wanted: Wanted; onClose: () => void; ref: Ref<MentionKeys> };

const WIDTH = 256;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Colleagues and teams whose name begins so, above where one writes; the focus stays in the text. */
export function MentionList({ editor, wanted, onClose, ref }: MentionListProps) {
  const t = useTicketsText();
  const id = useId();
  const { data: choices = [] } = useQuery(namesLike(wanted.text));
  const [at, setAt] = useState(0);
  const active = Math.min(at, choices.length - 1);
  const choose = (one: Mentionable) => {
    onClose();
    editor.chain().focus().insertContentAt({ from: wanted.from, to: wanted.to }, [mentionOf(one), { type: 'text', text: ' ' }]).run();
  };

  useImperativeHandle(ref, () => ({ key, isComposing }) => {
    const chosen = choices[active];
    if (isComposing || !chosen) return false;
    const step = STEPS[key];
    if (step !== undefined) setAt((active + step + choices.length) % choices.length);
    else if (key === 'Enter' || key === 'Tab') choose(chosen);
    else if (key === 'Escape') onClose();
    else return false;
    return true;
  });
  useListOf(editor, choices.length > 0 ? { list: id, option: `${id}${active}` } : null);

  if (choices.length === 0) return null;
  return (
    <div
      id={id} role="listbox" aria-label={t('tickets.mention')} className={classes(FLOAT, 'fixed z-20 max-h-64 overflow-y-auto p-1')}
      style={{ width: WIDTH, left: Math.max(8, Math.min(wanted.left, innerWidth - WIDTH - 8)), bottom: innerHeight - wanted.top + 6 }}
    >
      {choices.map((one, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are those of the text, which keeps the focus
        <div
          key={one.id} id={`${id}${index}`} role="option" aria-selected={index === active} onMouseEnter={() => setAt(index)}
          onMouseDown={(event) => event.preventDefault()} onClick={() => choose(one)}
          className={classes('flex min-h-9 cursor-default items-center gap-2 rounded-[4px] px-2 text-14 pointer-coarse:min-h-11', index === active && 'bg-accent-tint text-on-accent-tint')}
        >
          {one.kind === 'team' ? <Users aria-hidden size={20} strokeWidth={1.75} className="shrink-0" /> : <Avatar id={one.id} name={one.name} size="small" />}
          <span dir="auto" className="truncate">{one.name}</span>
          {one.kind === 'team' && <span className="ms-auto shrink-0 text-12 opacity-80">{t('tickets.mention.team')}</span>}
        </div>
      ))}
    </div>
  );
}

/** Says to those who do not see it that the text has a list, and which of it is chosen. */
function useListOf(editor: Tiptap, shown: { list: string; option: string } | null): void {
  const [list, option] = [shown?.list, shown?.option];
  useEffect(() => {
    const { dom } = editor.view;
    if (list === undefined || option === undefined) return undefined;
    dom.setAttribute('aria-controls', list);
    dom.setAttribute('aria-activedescendant', option);
    return () => {
      dom.removeAttribute('aria-controls');
      dom.removeAttribute('aria-activedescendant');
    };
  }, [editor, list, option]);
}
