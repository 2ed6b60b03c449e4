import { render } from 'preact';
import { isLanguage } from '../../../../kernel/languages.ts';
import type { FromPanel, ToPanel } from '../between.ts';
import { createChat } from './chat.ts';
import { Panel } from './Panel.tsx';
import { loadWords, WordsContext } from './words.ts';
import './panel.css';

const place = document.getElementById('panel');
const widgetId = place?.dataset['widget'];
const language = isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'en';

async function begin(root: HTMLElement, id: string): Promise<void> {
  const words = await loadWords(language);
  document.title = words.t('panel.title');
  // Who may show this page is what `frame-ancestors` says, so whoever does may hear of it.
  const tellPage = (message: FromPanel): void => { if (parent !== window) parent.postMessage(message, '*'); };
  const chat = createChat({ widgetId: id, language, tell: { unread: (count) => tellPage({ rapport: 'unread', count }), expired: () => tellPage({ rapport: 'expired' }), keep: (secret) => tellPage({ rapport: 'keep', secret }) } });
  const hear: { [K in ToPanel['rapport']]: (message: Extract<ToPanel, { rapport: K }>, site: string) => void } = {
    kept: ({ secret }) => chat.kept(secret),
    opened: ({ page }, site) => { chat.comeTo(site, page); chat.show(true); },
    closed: () => chat.show(false),
    page: ({ page }, site) => chat.comeTo(site, page),
    identify: ({ token }) => chat.identify(token),
    attributes: ({ attributes }) => chat.describe(attributes),
  };
  addEventListener('message', ({ source, origin, data }: MessageEvent<ToPanel>) => {
    if (source !== parent || parent === window || typeof data !== 'object' || data === null || !Object.hasOwn(hear, data.rapport)) return;
    hear[data.rapport](data as never, origin);
  });
  // Opened by itself, as in a mobile app's web view.
  if (parent === window) chat.comeTo(location.origin, { url: location.href.split('?')[0]!, title: document.title, referrer: '' });
  render(<WordsContext.Provider value={words}><Panel chat={chat} close={parent === window ? null : () => tellPage({ rapport: 'close' })} /></WordsContext.Provider>, root);
  tellPage({ rapport: 'ready' });
}

if (place && widgetId) void begin(place, widgetId);
