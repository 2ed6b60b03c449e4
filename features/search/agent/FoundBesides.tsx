import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { Link } from '../../../ui/components/Link.tsx';
import type { Note } from '../core/contract.ts';
import { foundBesides } from './queries.ts';
import { useSearchText } from './text.ts';

type FoundBesidesProps = { query: string; searchHref: (query: string) => string; articleHref: (articleId: string) => string };

/** Above the tickets: articles, and what the searcher should know of how the words were understood. */
export function FoundBesides({ query, searchHref, articleHref }: FoundBesidesProps) {
  const t = useSearchText();
  const { data } = useQuery(foundBesides(query));
  if (query.trim() === '' || !data) return null;
  const articles = data.items.flatMap((item) => (item.type === 'article' ? [item] : []));
  return (
    <>
      {data.notes.map((note) => <p key={note.code + note.value} className="border-b border-hairline px-4 py-2 text-13 text-ink-soft"><Noted note={note} /></p>)}
      {data.correction && (
        <p className="border-b border-hairline px-4 py-2 text-13 text-ink-soft">
          {t('search.nothing_so')} <Link href={searchHref(data.correction.q)}>{t('search.did_you_mean', { words: data.correction.q })}</Link>
        </p>
      )}
      {articles.length > 0 && (
        <section aria-label={t('search.articles')} className="shrink-0 border-b border-hairline px-3 py-2">
          <ul className="flex flex-col">
            {articles.map(({ id, title }) => (
              <li key={id} className="flex min-h-7 items-center gap-2 px-1 text-13 pointer-coarse:min-h-11">
                <BookOpen aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-ink-faint" />
                <Link href={articleHref(id)}><bdi>{title}</bdi></Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Noted({ note: { code, value } }: { note: Note }) {
  const t = useSearchText();
  return code === 'nobody' ? t('search.note.nobody', { value }) : t('search.note.from_many', { value });
}
