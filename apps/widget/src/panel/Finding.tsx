import { useEffect, useState } from 'preact/hooks';
import { ArticleLinks } from './ArticleLinks.tsx';
import type { Chat } from './chat.ts';
import { type Article, help } from './help.ts';
import { useWords, wordsIn } from './words.ts';

const MOST_WORDS = 200;

/** The help centre, for whoever would rather look than ask; only where there is something to find. What is looked for in vain goes along with what is written then. */
export function Finding({ chat }: { chat: Chat }) {
  const { t, language } = useWords();
  const [isThere, setThere] = useState(false);
  const [found, setFound] = useState<readonly Article[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    help('', language, stop).then(({ items }) => setThere(items.length > 0), () => undefined);
    return () => stop.abort();
  }, [language]);
  const look = async (words: string): Promise<void> => {
    if (words === '') return;
    const { items, searched } = await help(words, language, { isAsked: true }).catch(() => ({ items: [], searched: null }));
    setFound(items);
    if (searched === null) chat.sought.forget();
    else chat.sought.keep({ token: searched });
  };
  if (!isThere) return null;
  return (
    <form class="finding" role="search" aria-label={t('panel.find')} onSubmit={(event) => { event.preventDefault(); void look(wordsIn(new FormData(event.currentTarget), 'q')); }}>
      <input type="search" name="q" maxLength={MOST_WORDS} dir="auto" enterkeyhint="search" aria-label={t('panel.find')} placeholder={t('panel.find')} />
      <button type="submit" class="second">{t('panel.find_go')}</button>
      <div role="status" class="articles">{found !== null && (found.length > 0 ? <ArticleLinks chat={chat} items={found} /> : <p>{t('panel.find_none')}</p>)}</div>
    </form>
  );
}
