import { Clock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/components/Button.tsx';
import { OPERATORS } from '../core/query.ts';
import { forgetSearches } from './forgetting.ts';
import { recentSearches } from './recent.ts';
import { useSearchText } from './text.ts';

type SearchStartProps = { personId: string; onText: (text: string) => void };

/** Before anything is asked: what was asked lately, and what can be. */
export function SearchStart({ personId, onText }: SearchStartProps) {
  const t = useSearchText();
  const [recent, setRecent] = useState(() => recentSearches(personId));
  return (
    <div className="min-h-0 flex-1 overflow-auto px-4 py-4">
      <p className="mb-4 max-w-prose text-13 text-ink-soft">{t('search.start')}</p>
      {recent.length > 0 && (
        <section aria-labelledby="search-recent" className="mb-5">
          <div className="mb-1 flex items-center gap-2">
            <h2 id="search-recent" className="min-w-0 flex-1 text-13 font-semibold">{t('search.recent')}</h2>
            <Button tone="quiet" size="small" onPress={() => { forgetSearches(personId); setRecent([]); }}>{t('search.recent.forget')}</Button>
          </div>
          <ul>
            {recent.map((one) => (
              <li key={one}>
                <button type="button" onClick={() => onText(one)} className="flex min-h-8 w-full items-center gap-2 rounded-[4px] px-2 text-start text-13 hover:bg-hover pointer-coarse:min-h-11">
                  <Clock aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-ink-faint" />
                  <bdi className="truncate">{one}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="search-operators">
        <h2 id="search-operators" className="mb-1 text-13 font-semibold">{t('search.operators')}</h2>
        <ul>
          {OPERATORS.map((operator) => (
            <li key={operator}>
              <button type="button" onClick={() => onText(`${operator}:`)} className="flex min-h-8 w-full items-center gap-3 rounded-[4px] px-2 py-1 text-start text-13 hover:bg-hover pointer-coarse:min-h-11">
                <bdi dir="ltr" className="w-20 shrink-0 font-medium">{`${operator}:`}</bdi>
                <span className="text-ink-soft">{t(`search.operator.${operator}`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="mt-3 max-w-prose px-2 text-13 text-ink-faint">{t('search.phrases')}</p>
      </section>
    </div>
  );
}
