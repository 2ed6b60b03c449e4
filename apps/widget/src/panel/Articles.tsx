import { useEffect, useState } from 'preact/hooks';
import { useWords } from './words.ts';

type Article = { readonly title: string; readonly path: string };
const PAUSE_MS = 500;
const LEAST = 8;
const MOST_ASKED = 200;
const MOST_SHOWN = 3;

/** Before anybody has to wait: what the help centre says to the words that are being written. */
export function Articles({ text, isFirst }: { text: string; isFirst: boolean }) {
  const { t, language } = useWords();
  const [found, setFound] = useState<readonly Article[]>([]);
  const asked = text.trim().slice(-MOST_ASKED);
  const isAsked = isFirst && asked.length >= LEAST;
  useEffect(() => {
    if (!isAsked) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => {
      fetch(`/help/search.json?${new URLSearchParams({ q: asked, lang: language })}`, { signal: stop.signal, credentials: 'omit' })
        .then(async (answer) => setFound(answer.ok ? (await answer.json() as { items: Article[] }).items.slice(0, MOST_SHOWN) : []))
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [asked, isAsked, language]);
  return (
    <div role="status">
      {isAsked && found.length > 0 && (
        <div class="articles">
          <p>{t('panel.articles')}</p>
          <ul>{found.map(({ title, path }) => <li key={path}><a href={path} target="_blank" rel="noreferrer">{title} <span class="unseen">{t('panel.new_window')}</span></a></li>)}</ul>
        </div>
      )}
    </div>
  );
}
