import { useEffect, useState } from 'preact/hooks';
import { useWords } from './words.ts';

type Notice = { readonly id: string; readonly title: string; readonly text: string; readonly url: string };

/** What is wrong, planned or news at the moment, before anybody writes to us about it. */
export function Notices({ isShown }: { isShown: boolean }) {
  const { t, language } = useWords();
  const [known, setKnown] = useState<readonly Notice[]>([]);
  useEffect(() => {
    if (!isShown) return undefined;
    const stop = new AbortController();
    fetch(`/status/notices.json?${new URLSearchParams({ lang: language })}`, { signal: stop.signal, credentials: 'omit' })
      .then(async (answer) => { if (answer.ok) setKnown((await answer.json() as { items: Notice[] }).items); })
      .catch(() => undefined);
    return () => stop.abort();
  }, [isShown, language]);
  return (
    <div role="status">
      {known.length > 0 && (
        <ul class="notices" aria-label={t('panel.notices')}>
          {known.map(({ id, title, text, url }) => (
            <li key={id}>
              <details>
                <summary dir="auto">{title}</summary>
                <p dir="auto">{text}</p>
                <a href={url} target="_blank" rel="noreferrer">{t('panel.notice_more')} <span class="unseen">{t('panel.new_window')}</span></a>
              </details>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
