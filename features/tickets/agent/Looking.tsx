import { PencilLine } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Face } from '../../../platform/browser/faces.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useFaces } from '../../../platform/browser/use-live.tsx';
import { classes } from '../../../ui/classes.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { announce } from '../../../ui/components/LiveRegion.tsx';
import { useDesk } from './desk.tsx';
import { useTicketsText } from './text.ts';

/** Colleagues who have the ticket open; those who write first, those who do nothing last. */
function useColleagues(ticketId: string): readonly Face[] {
  const { me } = useDesk();
  const rank = ({ writing, idle }: Face) => (writing ? 0 : idle ? 2 : 1);
  return useFaces(ticketId).filter(({ id }) => id !== me.id).toSorted((a, b) => rank(a) - rank(b));
}

/** In a row of the list, for the eye and at the end of what is read of it. */
export const RowLooking = ({ ticketId }: { ticketId: string }) => <Looking ticketId={ticketId} most={2} />;

/** On the ticket itself: somebody who comes, or begins to write, is also said, once each. */
export function TicketLooking({ ticketId }: { ticketId: string }) {
  const t = useTicketsText();
  const people = useColleagues(ticketId);
  const said = useRef({ ticketId, words: new Set<string>() });
  useEffect(() => {
    if (said.current.ticketId !== ticketId) said.current = { ticketId, words: new Set() };
    for (const { id, name, writing } of people) {
      const word = `${id} ${writing}`;
      if (said.current.words.has(word)) continue;
      said.current.words.add(word);
      announce(t(writing ? 'tickets.looking.writes' : 'tickets.looking.looks', { names: isolated(name), count: 1 }));
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- said once for each person and ticket, whatever the language
  }, [ticketId, people.map(({ id, writing }) => `${id} ${writing}`).join()]);
  return <Looking ticketId={ticketId} most={3} />;
}

function Looking({ ticketId, most }: { ticketId: string; most: number }) {
  const words = useWords();
  const people = useColleagues(ticketId);
  if (people.length === 0) return null;
  return (
    <span className="flex shrink-0 items-center" title={words(people)}>
      <span className="sr-only">{words(people)}</span>
      {people.slice(0, most).map((face) => <OneFace key={face.id} face={face} />)}
      {people.length > most && <span aria-hidden className="ms-1 text-12 text-ink-faint tabular-nums">+{people.length - most}</span>}
    </span>
  );
}

const OneFace = ({ face: { id, name, writing, idle } }: { face: Face }) => (
  <span className={classes('relative -ms-1 rounded-full ring-2 ring-surface first:ms-0', idle && 'opacity-45')}>
    <Avatar id={id} name={name} size="small" />
    {writing && (
      <span className="absolute -end-1 -bottom-1 flex size-3.5 items-center justify-center rounded-full bg-accent text-on-accent ring-1 ring-surface">
        <PencilLine aria-hidden size={9} strokeWidth={2.5} />
      </span>
    )}
  </span>
);

function useWords(): (people: readonly Face[]) => string {
  const t = useTicketsText();
  const format = useFormat();
  return (people) => {
    const [write, look] = [people.filter(({ writing }) => writing), people.filter(({ writing }) => !writing)];
    const said = (key: 'tickets.looking.writes' | 'tickets.looking.looks', those: readonly Face[]) =>
      (those.length === 0 ? [] : [t(key, { names: format.list(those.map(({ name }) => isolated(name))), count: those.length })]);
    return [...said('tickets.looking.writes', write), ...said('tickets.looking.looks', look)].join(' ');
  };
}
