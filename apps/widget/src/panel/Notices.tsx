import { useEffect, useState } from 'preact/hooks';
import { useWords } from './words.ts';

type Notice = { readonly id: string; readonly title: string; readonly text: string; readonly url: string };

/** Whoever opens the panel when something is wrong must not miss it because one answer did not come. */
const LONGEST_PAUSE_MS = 64_000;

async function noticesIn(language: string, signal: AbortSignal): Promise<readonly Notice[]> {
  // What was so some seconds ago is asked about once more: who has just heard of a fault looks here for it.
  const answer = await fetch(`/status/notices.json?${new URLSearchParams({ lang: language })}`, { signal, credentials: 'omit', cache: 'no-cache' });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json() as { items: Notice[] }).items;
}

/** What is wrong, planned or news at the moment, before anybody writes to us about it. */
export function Notices({ isShown }: { isShown: boolean }) {
  const { t, language } = useWords();
  const [known, setKnown] = useState<readonly Notice[]>([]);
  useEffect(() => {
    if (!isShown) return undefined;
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = (pause: number): void => {
      noticesIn(language, stop.signal).then(setKnown, () => {
        if (!stop.signal.aborted && pause <= LONGEST_PAUSE_MS) again = setTimeout(ask, pause, pause * 4);
      });
    };
    ask(1_000);
    return () => {
      clearTimeout(again);
      stop.abort();
    };
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
