import { useQuery } from '@tanstack/react-query';
import { useT } from '../../../platform/browser/i18n.ts';
import { completions, type Completion, type Names } from '../core/completing.ts';
import { typedAt, type Operator } from '../core/query.ts';
import { peopleToName, tagsLike, teamsToName } from './queries.ts';
import { useSearchText } from './text.ts';

type CompletionsProps = { text: string; onText: (text: string) => void };

/** Below the box: what the part that is being typed could become. */
export function Completions({ text, onText }: CompletionsProps) {
  const t = useSearchText();
  const labelOf = useValueLabels();
  const offered = completions(text, useNames(text));
  if (offered.length === 0) return null;
  return (
    <ul aria-label={t('search.completions')} className="mt-2 flex flex-wrap gap-1">
      {offered.map((one) => (
        <li key={one.query} className="max-w-full">
          <button type="button" onClick={() => onText(one.query)} className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-[4px] border border-hairline bg-surface px-1.5 text-12 hover:bg-hover pointer-coarse:min-h-11">
            <bdi dir="ltr" className="truncate font-medium text-ink">{`${one.operator}:${one.value ?? ''}`}</bdi>
            <span className="truncate text-ink-faint">{labelOf(one)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the operator that is being typed may name. */
function useNames(text: string): Names {
  const part = typedAt(text, text.length);
  const [operator, beginning] = [part?.operator ?? null, part?.beginning ?? ''];
  return {
    assignee: namesIn(useQuery(peopleToName(operator === 'assignee')).data),
    team: namesIn(useQuery(teamsToName(operator === 'team')).data),
    tag: namesIn(useQuery(tagsLike(beginning, operator === 'tag')).data),
  };
}

const namesIn = (page: { readonly items: readonly { readonly name: string }[] } | undefined): string[] => page?.items.map(({ name }) => name) ?? [];

const KNOWN: readonly Operator[] = ['status', 'kind', 'channel', 'priority'];

/** What an operator is for, or what its value is called on the screens. */
function useValueLabels(): (completion: Completion) => string {
  const t = useSearchText();
  const words = useT();
  return ({ operator, value }) => {
    if (value === null) return t(`search.operator.${operator}`);
    if (value === 'active' || value === 'done' || value === 'spam' || value === 'trash') return t(`search.value.${value}`);
    return KNOWN.includes(operator) ? words(`tickets.${operator}.${value}`) : '';
  };
}
