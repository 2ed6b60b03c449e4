import { useQuery } from '@tanstack/react-query';
import { Tag } from 'lucide-react';
import { useRef, useState } from 'react';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { TicketView } from '../../core/contract.ts';
import { useTicketChange } from '../changes.ts';
import { tagsLike } from '../queries.ts';
import { useTicketsText } from '../text.ts';

/** Words put on a ticket: those in use are offered, a new one is typed. */
export function TagsEditor({ ticket, isFixed }: { ticket: TicketView; isFixed: boolean }) {
  const t = useTicketsText();
  const [isOpen, setOpen] = useState(false);
  const shown = ticket.tags.length === 0 ? t('tickets.tags') : ticket.tags.slice(0, 2).join(', ') + (ticket.tags.length > 2 ? ` +${ticket.tags.length - 2}` : '');
  useShortcut({ code: 'KeyT', label: t('tickets.tags.change'), group: t('tickets.shortcuts.ticket'), disabled: isFixed }, () => setOpen(true));
  if (isFixed) return ticket.tags.length > 0 && <span className="px-2 text-13 text-ink-soft"><bdi>{ticket.tags.join(', ')}</bdi></span>;
  return (
    <Popover
      label={t('tickets.tags')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button tone="quiet" size="small" icon={Tag} aria-label={`${t('tickets.tags')}: ${ticket.tags.join(', ') || t('tickets.tags.none')}`}
          className={classes('max-w-56 px-1.5! font-normal', ticket.tags.length === 0 && 'text-ink-faint')}>
          <bdi className="truncate wide:@max-[42rem]:hidden">{shown}</bdi>
        </Button>
      }
    >
      <Choice ticket={ticket} />
    </Popover>
  );
}

function Choice({ ticket }: { ticket: TicketView }) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { data } = useQuery(tagsLike(text.trim()));
  const has = (name: string) => ticket.tags.some((tag) => tag.toLocaleLowerCase() === name.toLocaleLowerCase());
  const offered = (data?.items ?? []).filter(({ name }) => !has(name)).slice(0, 8);
  const add = (name: string) => {
    const tag = name.trim().slice(0, 50);
    if (tag !== '' && !has(tag)) change({ tags: [...ticket.tags, tag] });
    setText('');
    input.current?.focus();
  };
  return (
    <form
      className="flex w-64 flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        add(text);
      }}
    >
      {ticket.tags.length > 0 && (
        <TagList label={t('tickets.tags')} tags={ticket.tags.map((name) => ({ id: name, name }))} onRemove={(gone) => change({ tags: ticket.tags.filter((tag) => tag !== gone) })} />
      )}
      <TextField label={t('tickets.tags.add')} labelHidden placeholder={t('tickets.tags.add')} value={text} onChange={setText} maxLength={50} autoFocus inputRef={input}
        trailing={<span className="px-1 text-12">{keysText({ code: 'Enter' })}</span>} />
      {offered.length > 0 && (
        <ul aria-label={t('tickets.tags.in_use')} className="flex flex-wrap gap-1">
          {offered.map(({ name }) => (
            <li key={name}>
              <button type="button" onClick={() => add(name)} className="inline-flex h-6 max-w-56 items-center rounded-[4px] bg-sunken px-1.5 text-12 text-ink-soft hover:bg-pressed hover:text-ink pointer-coarse:h-11">
                <span className="truncate" dir="auto">{name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
