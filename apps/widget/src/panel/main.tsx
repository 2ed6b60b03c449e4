import { render } from 'preact';
import { isLanguage } from '../../../../kernel/languages.ts';
import type { FromPanel, ToPanel } from '../between.ts';
import { app, commandsOf } from './app.ts';
import { createChat } from './chat.ts';
import { keepFocus } from './focus.ts';
import { Panel } from './Panel.tsx';
import { loadWords, WordsContext } from './words.ts';
import './panel.css';

const place = document.getElementById('panel');
const widgetId = place?.dataset['widget'];
const language = isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'en';
const isAlone = parent === window;

async function begin(root: HTMLElement, id: string): Promise<void> {
  const words = await loadWords(language);
  document.title = words.t('panel.title');
  // Who may show this page is what `frame-ancestors` says, so whoever does may hear of it.
  const tellPage = (message: FromPanel): void => { if (isAlone) app()?.(JSON.stringify(message)); else parent.postMessage(message, '*'); };
  const chat = createChat({
    widgetId: id, language,
    tell: {
      unread: (count) => tellPage({ rapport: 'unread', count }), expired: () => tellPage({ rapport: 'expired' }), badge: (badge) => tellPage({ rapport: 'badge', badge }),
      quiet: (isQuiet) => tellPage({ rapport: 'quiet', isQuiet }), keep: (secret) => tellPage({ rapport: 'keep', secret }),
    },
  });
  const hear: { [K in ToPanel['rapport']]: (message: Extract<ToPanel, { rapport: K }>, site: string) => void } = {
    kept: ({ secret }) => chat.keeping.fromPage(secret),
    opened: ({ page, said, isAsked }, site) => { chat.comeTo(site, page); chat.opened(said, isAsked); },
    closed: () => chat.show(false),
    page: ({ page }, site) => chat.comeTo(site, page),
    identify: ({ token }) => chat.identify(token),
    attributes: ({ attributes }) => chat.describe(attributes),
    quiet: chat.quietLater,
  };
  addEventListener('message', ({ source, origin, data }: MessageEvent<ToPanel>) => {
    if (source !== parent || isAlone || typeof data !== 'object' || data === null || !Object.hasOwn(hear, data.rapport)) return;
    hear[data.rapport](data as never, origin);
  });
  const close = isAlone ? app() && (() => tellPage({ rapport: 'close' })) : () => tellPage({ rapport: 'close' });
  render(<WordsContext.Provider value={words}><Panel chat={chat} close={close} /></WordsContext.Provider>, root);
  keepFocus(root);
  tellPage({ rapport: 'ready' });
  if (isAlone) commandsOf(chat);
}

if (place && widgetId) void begin(place, widgetId);
