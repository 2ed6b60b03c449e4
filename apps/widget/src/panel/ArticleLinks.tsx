import type { Chat } from './chat.ts';
import type { Article } from './help.ts';
import { useWords } from './words.ts';

/** Each opens beside the chat; whoever answers sees what was read before. */
export function ArticleLinks({ chat, items }: { chat: Chat; items: readonly Article[] }) {
  const { t } = useWords();
  return (
    <ul>
      {items.map(({ title, path, number, language }) => (
        <li key={path}><a href={path} target="_blank" rel="noreferrer" onClick={() => void chat.readArticle({ number, language }).catch(() => undefined)}>{title} <span class="unseen">{t('panel.new_window')}</span></a></li>
      ))}
    </ul>
  );
}
