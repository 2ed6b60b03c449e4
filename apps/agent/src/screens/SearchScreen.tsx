import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { CustomerResults } from '../../../../features/customers/agent/CustomerResults.tsx';
import { Completions } from '../../../../features/search/agent/Completions.tsx';
import { FoundBesides } from '../../../../features/search/agent/FoundBesides.tsx';
import { rememberSearch } from '../../../../features/search/agent/recent.ts';
import { SearchStart } from '../../../../features/search/agent/SearchStart.tsx';
import { wordsBesides, wordsToMark } from '../../../../features/search/core/completing.ts';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { Search } from '../../../../features/tickets/agent/search/Search.tsx';
import { TicketBeside } from './TicketBeside.tsx';
import { useDeskOf, useMe } from './use-desk-parts.tsx';

export function SearchScreen() {
  const router = useRouter();
  const me = useMe();
  const { ticketId = null } = useParams({ strict: false }) as { ticketId?: string };
  const { q = '' } = useSearch({ strict: false }) as { q?: string };
  const [customer, setCustomer] = useState<{ id: string; name: string } | null>(null);
  const query = q ? `?${new URLSearchParams({ q })}` : '';
  const desk = useDeskOf(me, useCallback((id: string) => `/search/${id}${query}`, [query]));
  return (
    <DeskProvider desk={desk}>
      <TicketBeside
        me={me}
        ticketId={ticketId}
        onClose={() => router.history.push(`/search${query}`)}
        list={
          <Search
            query={q}
            onQuery={(text) => {
              setCustomer(null);
              rememberSearch(me.id, text);
              router.history.replace(text ? `/search?${new URLSearchParams({ q: text })}` : '/search');
            }}
            customer={customer}
            onCustomer={setCustomer}
            Hints={Completions}
            Start={SearchStart}
            marked={wordsToMark(q)}
            besides={<>
              <FoundBesides query={q} searchHref={(words) => `/search?${new URLSearchParams({ q: words })}`} articleHref={(id) => `/articles/${id}`} />
              <CustomerResults query={wordsBesides(q)} chosenId={customer?.id ?? null} onChoose={(chosen) => setCustomer(chosen.id === customer?.id ? null : chosen)} />
            </>}
            chosenId={ticketId}
          />
        }
      />
    </DeskProvider>
  );
}
