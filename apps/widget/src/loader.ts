import type { PageView, WidgetLook } from '../../../features/chat/core/visitor-contract.ts';
import type { FromPanel, ToPanel } from './between.ts';
import { LAUNCHER_CSS, launcherWords, speechBubble } from './launcher.ts';

/**
 * The only script that a company's page has to carry. Until somebody opens the chat it is a button and nothing else; the chat
 * itself is a page of ours in a frame, out of reach of the page's styles and scripts.
 */
type Call = [command: string, value?: unknown];
type Api = ((...call: Call) => void) & { q?: Call[] };
type World = Window & { Rapport?: Api };

const tag = document.currentScript as HTMLScriptElement | null;
const world = window as World;

function begin(origin: string, id: string, language: string): void {
  const words = launcherWords(language);
  const host = document.createElement('rapport-chat');
  // The page's own sheets may say anything about all elements; nothing of theirs may reach this one.
  for (const [name, value] of [['all', 'initial'], ['position', 'fixed'], ['z-index', '2147483000'], ['inset', 'auto']] as const) host.style.setProperty(name, value, 'important');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LAUNCHER_CSS);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.append(speechBubble());
  let frame: HTMLIFrameElement | undefined;
  let isReady = false;
  const waiting: ToPanel[] = [];
  let renew: (() => void) | undefined;

  /** Browsers that keep nothing for the frames of others keep it for the page, or nobody does. */
  const kept = (secret?: string): string | null => {
    const name = `rapport.chat.${id}`;
    try {
      if (secret !== undefined) localStorage.setItem(name, secret);
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const tell = (message: ToPanel): void => {
    if (isReady) frame?.contentWindow?.postMessage(message, origin);
    else waiting.push(message);
  };
  const label = (unread: number): void => {
    button.ariaLabel = frame && !frame.hidden ? words.close : unread > 0 ? `${words.open} (${unread})` : words.open;
    button.ariaExpanded = String(frame !== undefined && !frame.hidden);
    if (unread > 0) button.dataset['unread'] = String(Math.min(unread, 99));
    else delete button.dataset['unread'];
  };
  const page = (): PageView => ({ url: location.href.slice(0, 2_000), title: document.title.slice(0, 2_000), referrer: document.referrer.slice(0, 2_000) });
  const open = (): void => {
    if (!frame) {
      frame = document.createElement('iframe');
      frame.title = words.title;
      frame.src = `${origin}/widget/panel?${new URLSearchParams({ widget: id, lang: language })}`;
      frame.allow = 'clipboard-write';
      root.append(frame);
    }
    frame.hidden = false;
    tell({ rapport: 'opened', page: page() });
    frame.focus();
    label(0);
  };
  const close = (): void => {
    if (!frame) return;
    frame.hidden = true;
    tell({ rapport: 'closed' });
    label(0);
    button.focus();
  };
  const hear: { [K in FromPanel['rapport']]: (message: Extract<FromPanel, { rapport: K }>) => void } = {
    ready: () => {
      isReady = true;
      tell({ rapport: 'kept', secret: kept() });
      for (const message of waiting.splice(0)) tell(message);
    },
    close,
    unread: ({ count }) => label(count),
    expired: () => renew?.(),
    keep: ({ secret }) => kept(secret),
  };
  addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || source !== frame?.contentWindow || typeof data !== 'object' || data === null) return;
    const { rapport } = data as FromPanel;
    if (Object.hasOwn(hear, rapport)) hear[rapport](data as never);
  });
  button.addEventListener('click', () => { if (frame && !frame.hidden) close(); else open(); });

  const commands: Record<string, (value: unknown) => void> = {
    open, close,
    /** The token that the company's server signed for whoever is signed in; null when they sign out. */
    identify: (token) => tell({ rapport: 'identify', token: typeof token === 'string' ? token : null }),
    /** Called when the token has run out: fetch a new one, and say who it is again. */
    expired: (act) => { renew = act as () => void; },
    attributes: (attributes) => tell({ rapport: 'attributes', attributes: attributes as Record<string, string> }),
    page: () => tell({ rapport: 'page', page: page() }),
  };
  const call = (...[command, value]: Call): void => commands[command]?.(value);
  const early = world.Rapport?.q ?? [];
  world.Rapport = call;

  const dress = ({ colour, ink, position, offsetPixels }: WidgetLook): void => {
    host.style.setProperty('--colour', colour);
    host.style.setProperty('--ink', ink);
    host.style.setProperty('--offset', `${offsetPixels}px`);
    host.style.setProperty('direction', words.direction, 'important');
    host.dataset['position'] = position;
    label(0);
    root.append(button);
    (document.body ?? document.documentElement).append(host);
    for (const one of early) call(...one);
  };
  // 404: switched off. Whatever goes wrong here is no concern of the page's.
  fetch(`${origin}/api/v1/visitor/widgets/${encodeURIComponent(id)}`).then(async (answer) => { if (answer.ok) dress(await answer.json() as WidgetLook); }).catch(() => undefined);
}

const id = tag?.dataset['widget'];
if (tag && id && !document.querySelector('rapport-chat')) {
  const start = (): void => begin(new URL(tag.src).origin, id, (tag.dataset['language'] ?? document.documentElement.lang ?? navigator.language).slice(0, 2).toLowerCase());
  if (document.readyState === 'complete') start();
  else addEventListener('load', start);
}
