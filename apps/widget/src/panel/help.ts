import type { ArticleOpened, Language } from '../../../../clients/visitor/src/types.ts';

export type Article = ArticleOpened & { readonly title: string; readonly path: string };
/** `searched`: of a search in vain, to be handed on with what is written then. */
type Found = { readonly items: readonly Article[]; readonly searched: string | null };

/** What the help centre says to these words; without any, what is new there. `isAsked`: somebody has searched, and does not only write. */
export async function help(q: string, language: Language, { isAsked = false, signal }: { isAsked?: boolean; signal?: AbortSignal } = {}): Promise<Found> {
  const answer = await fetch(`/help/search.json?${new URLSearchParams({ q, lang: language, ...(isAsked && { asked: '' }) })}`, { credentials: 'omit', ...(signal && { signal }) });
  return answer.ok ? await answer.json() as Found : { items: [], searched: null };
}
