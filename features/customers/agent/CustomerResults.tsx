import { useQuery } from '@tanstack/react-query';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { customersLike } from './queries.ts';
import { useCustomersText } from './text.ts';

type CustomerResultsProps = { query: string; onChoose: (customer: { id: string; name: string }) => void; chosenId: string | null };

/** People whom a search found, above the tickets; nothing when there are none. */
export function CustomerResults({ query, onChoose, chosenId }: CustomerResultsProps) {
  const t = useCustomersText();
  const { data } = useQuery(customersLike(query.trim()));
  const people = query.trim() === '' ? [] : (data?.items ?? []).slice(0, 4);
  if (people.length === 0) return null;
  return (
    <section aria-label={t('customers.found')} className="shrink-0 border-b border-hairline px-3 py-2">
      <ul className="flex flex-wrap gap-1.5">
        {people.map((person) => {
          const name = person.name || person.email || t('customers.nameless');
          return (
            <li key={person.id} className="max-w-full">
              <button
                type="button"
                aria-pressed={person.id === chosenId}
                onClick={() => onChoose({ id: person.id, name })}
                className="inline-flex h-8 max-w-full items-center gap-2 rounded-full border border-hairline ps-1.5 pe-3 text-13 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:text-on-accent-tint pointer-coarse:h-11"
              >
                <Avatar id={person.id} name={name} size="small" />
                <bdi className="truncate">{name}</bdi>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
