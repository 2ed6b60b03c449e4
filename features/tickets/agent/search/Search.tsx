import { type ComponentType, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useTypedAhead } from '../../../../platform/browser/typed-ahead.ts';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import type { TicketFilter } from '../../core/contract.ts';
import { useDesk, useMay } from '../desk.tsx';
import { SelectButton } from '../list/SelectButton.tsx';
import { TicketList } from '../list/TicketList.tsx';
import { useSelection } from '../list/use-selection.ts';
import { useTicketsText } from '../text.ts';
import { useStops } from './use-stops.ts';

type SearchProps = {
  query: string;
  onQuery: (text: string) => void;
  /** All tickets of one person, instead of those that contain the words. */
  customer: { readonly id: string; readonly name: string } | null;
  onCustomer: (customer: null) => void;
  /** Below the box, for what is being typed; it belongs to another room. */
  Hints: ComponentType<{ text: string; onText: (text: string) => void }>;
  /** In place of the list while nothing is asked. */
  Start: ComponentType<{ personId: string; onText: (text: string) => void }>;
  /** People and articles that were found; they belong to other rooms. */
  besides: ReactNode;
  /** Of the query, what stands in texts. */
  marked: string;
  chosenId: string | null;
};

const REST_MS = 200;

/** One box for everything: words in any form, numbers, names, addresses. */
export function Search({ query, onQuery, customer, onCustomer, Hints, Start, besides, marked, chosenId }: SearchProps) {
  const t = useTicketsText();
  const { goToTicket, me } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText, askAtOnce] = useTyped(query, onQuery);
  const put = (wanted: string) => {
    setText(wanted);
    input.current?.focus();
  };
  const { place, isAwaited, onBoxKey, onBoxLeft, onKey } = useStops(input, { query, text, askAtOnce });
  useTypedAhead((words) => put(text + words));
  const selection = useSelection(customer?.id ?? query, useMay('tickets.change'));
  const filter = filterOf(query, customer);
  useShortcut({ code: 'Slash', label: t('tickets.search'), group: t('tickets.shortcuts.list') }, () => input.current?.focus());

  return (
    <Pane
      level={chosenId === null ? 1 : 2}
      title={t('tickets.search')}
      isScrolling={false}
      actions={selection && filter && <SelectButton selection={selection} />}
      below={
        <div className="shrink-0 border-b border-hairline px-3 py-2.5">
          <div role="presentation" onKeyDown={onBoxKey}>
            <SearchField label={t('tickets.search.box')} placeholder={t('tickets.search.hint')} value={text} onChange={setText} onBlur={onBoxLeft} autoFocus={chosenId === null} inputRef={input} keys="/" />
          </div>
          <Hints text={text} onText={put} />
        </div>
      }
    >
      <title>{`${t('tickets.search')} · Rapport`}</title>
      <div ref={place} role="presentation" onKeyDown={onKey} className="flex min-h-0 flex-1 flex-col">
        {besides}
        {customer && (
          <div className="flex items-center gap-2 border-b border-hairline px-4 py-2 text-13 text-ink-soft">
            {t('tickets.search.of')}
            <TagList label={t('tickets.customer')} tags={[customer]} onRemove={() => onCustomer(null)} />
          </div>
        )}
        {!filter ? (
          <Start personId={me.id} onText={put} />
        ) : (
          <TicketList
            key={customer?.id ?? query}
            label={t('tickets.search.results')}
            filter={filter}
            chosenId={chosenId}
            onChoose={(id) => goToTicket(id)}
            onOpen={({ id, asideId }) => goToTicket(id, asideId)}
            empty={{ text: t('tickets.search.none') }}
            query={customer ? '' : marked}
            selection={selection}
            takesFocus={isAwaited}
            isSought
          />
        )}
      </div>
    </Pane>
  );
}

/** Null while nothing is asked for. */
function filterOf(query: string, customer: SearchProps['customer']): Partial<TicketFilter> | null {
  if (customer) return { customer: customer.id, status: 'all', sort: 'created' };
  return query.trim() === '' ? null : { q: query.trim() };
}

/** Asks when the hand rests, or at once where it is told to, and takes over what the address says when it changes by itself. */
function useTyped(query: string, onQuery: (text: string) => void): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(query);
  const [known, setKnown] = useState(query);
  const ask = (wanted: string) => {
    setKnown(wanted.trim());
    onQuery(wanted.trim());
  };
  const askLater = useEffectEvent(ask);
  if (query !== known) {
    setKnown(query);
    setText(query);
  }
  useEffect(() => {
    if (text.trim() === query) return undefined;
    const timer = setTimeout(() => askLater(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, query]);
  return [text, setText, () => ask(text)];
}
