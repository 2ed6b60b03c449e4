import { useEffect, useState } from 'preact/hooks';
import { ArticleLinks } from './ArticleLinks.tsx';
import type { Chat } from './chat.ts';
import { type Article, help } from './help.ts';
import { useWords } from './words.ts';

const PAUSE_MS = 500;
const LEAST = 8;
const MOST_ASKED = 200;
const MOST_SHOWN = 3;

/** Before anybody has to wait: what the help centre says to the words that are being written. */
export function Articles({ chat, text, isFirst }: { chat: Chat; text: string; isFirst: boolean }) {
  const { t, language } = useWords();
  const [found, setFound] = useState<readonly Article[]>([]);
  const asked = text.trim().slice(-MOST_ASKED);
  const isAsked = isFirst && asked.length >= LEAST;
  useEffect(() => {
    if (!isAsked) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => {
      help(asked, language, stop).then(({ items }) => setFound(items.slice(0, MOST_SHOWN)), () => undefined);
    }, PAUSE_MS);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [asked, isAsked, language]);
  return (
    <div role="status">
      {isAsked && found.length > 0 && (
        <div class="articles">
          <p>{t('panel.articles')}</p>
          <ArticleLinks chat={chat} items={found} />
        </div>
      )}
    </div>
  );
}
