import type { PageView, UnreadView, WidgetLook } from '../../../features/chat/core/visitor-contract.ts';
import type * as nudges from './nudge.ts';
import type { FromPanel, Said, ToPanel } from './between.ts';
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
/** Where the frame covers the page it opens by a press alone. */
const NARROW = '(max-width:480px)';

function begin(origin: string, id: string, language: string): void {
  const words = launcherWords(language);
  const host = document.createElement('rapport-chat');
  // The page's own sheets may say anything about all elements; nothing of theirs may reach this one.
  for (const [name, value] of [['all', 'initial'], ['position', 'fixed'], ['z-index', '2147483000'], ['inset', 'auto']] as const) host.style.setProperty(name, value, 'important');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  button.type = 'button';
  button.append(speechBubble());
  let frame: HTMLIFrameElement | undefined;
  let isReady = false;
  let isTalking = false;
  const waiting: ToPanel[] = [];
  let renew: (() => void) | undefined;
  let attributes: Record<string, string> = {};
  let moved: (() => void) | undefined;

  /** What the page keeps: for browsers that keep nothing for the frames of others, and for what is asked before there is a frame. Or nobody does. */
  const kept = (key: string, value?: string | null, store: 'localStorage' | 'sessionStorage' = 'localStorage'): string | null => {
    const name = `rapport.chat.${id}${key}`;
    try {
      if (value === null) world[store].removeItem(name);
      else if (value !== undefined) world[store].setItem(name, value);
      return world[store].getItem(name);
    } catch {
      return null;
    }
  };
  const tell = (message: ToPanel): void => {
    if (isReady) frame?.contentWindow?.postMessage(message, origin);
    else waiting.push(message);
  };
  const isOpen = (): boolean => frame !== undefined && !frame.hidden;
  const label = (unread: number): void => {
    button.ariaLabel = isOpen() ? words.close : unread > 0 ? `${words.open} (${unread})` : words.open;
    button.ariaExpanded = String(isOpen());
    // A frame that says nothing cannot close itself.
    host.toggleAttribute('data-open', isReady && isOpen());
    if (unread > 0) button.dataset['unread'] = String(Math.min(unread, 99));
    else delete button.dataset['unread'];
  };
  const page = (): PageView => ({ url: location.href.slice(0, 2_000), title: document.title.slice(0, 2_000), referrer: document.referrer.slice(0, 2_000) });
  const show = (isAsked: boolean, said: Said | null = null): void => {
    if (!frame) {
      frame = document.createElement('iframe');
      frame.title = words.title;
      frame.src = `${origin}/widget/panel?${new URLSearchParams({ widget: id, lang: language })}`;
      frame.allow = 'clipboard-write';
      root.append(frame);
    }
    frame.hidden = false;
    kept('.open', '', 'sessionStorage');
    tell({ rapport: 'opened', page: page(), said, isAsked });
    label(0);
    moved?.();
  };
  const open = (said?: Said): void => {
    show(true, said);
    frame!.focus();
  };
  const close = (): void => {
    if (!frame) return;
    frame.hidden = true;
    kept('.open', null, 'sessionStorage');
    tell({ rapport: 'closed' });
    label(0);
    button.focus();
  };
  const hear: { [K in FromPanel['rapport']]: (message: Extract<FromPanel, { rapport: K }>) => void } = {
    ready: () => {
      isReady = true;
      label(0);
      tell({ rapport: 'kept', secret: kept('') });
      for (const message of waiting.splice(0)) tell(message);
    },
    close,
    unread: ({ count }) => label(count),
    expired: () => renew?.(),
    keep: ({ secret }) => kept('', secret),
    badge: ({ badge }) => kept('.badge', badge),
    quiet: ({ isQuiet }) => kept('.quiet', isQuiet ? '' : null),
  };
  addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || source !== frame?.contentWindow || typeof data !== 'object' || data === null) return;
    const { rapport } = data as FromPanel;
    if (Object.hasOwn(hear, rapport)) hear[rapport](data as never);
  });
  button.addEventListener('click', () => { if (isOpen()) close(); else open(); });

  const commands: Record<string, (value: unknown) => void> = {
    open: () => open(), close,
    /** The token that the company's server signed for whoever is signed in; null when they sign out. */
    identify: (token) => tell({ rapport: 'identify', token: typeof token === 'string' ? token : null }),
    /** Called when the token has run out: fetch a new one, and say who it is again. */
    expired: (act) => { renew = act as () => void; },
    attributes: (more) => {
      attributes = { ...attributes, ...more as typeof attributes };
      tell({ rapport: 'attributes', attributes });
      moved?.();
    },
    page: () => {
      tell({ rapport: 'page', page: page() });
      moved?.();
    },
  };
  const call = (...[command, value]: Call): void => commands[command]?.(value);
  const early = world.Rapport?.q ?? [];
  world.Rapport = call;

  /** Whoever has written here before: how many answers wait. Anybody else costs nothing. */
  const ask = async (): Promise<void> => {
    const badge = kept('.badge');
    if (badge === null || frame) return;
    const answer = await fetch(`${origin}/api/v1/visitor/unread?${new URLSearchParams({ badge })}`);
    if (answer.status === 404) kept('.badge', null);
    if (!answer.ok || frame) return;
    const { count, againSeconds } = await answer.json() as UnreadView;
    isTalking = againSeconds !== null;
    label(count);
    if (isTalking) setTimeout(() => { if (document.hidden) addEventListener('visibilitychange', soon, { once: true }); else soon(); }, againSeconds! * 1000);
  };
  const soon = (): void => { ask().catch(() => undefined); };

  const dress = async (look: WidgetLook): Promise<void> => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LAUNCHER_CSS);
    root.adoptedStyleSheets = [sheet];
    for (const [name, value] of Object.entries({ colour: look.colour, ink: look.ink, offset: `${look.offsetPixels}px` })) host.style.setProperty(`--${name}`, value);
    host.style.setProperty('direction', words.direction, 'important');
    host.dataset['position'] = look.position;
    label(0);
    root.append(button);
    (document.body ?? document.documentElement).append(host);
    for (const one of early) call(...one);
    if (kept('.open', undefined, 'sessionStorage') !== null && !matchMedia(NARROW).matches) show(false);
    soon();
    if (look.proactive.length === 0 || kept('.quiet') !== null) return;
    const since = Date.now();
    await new Promise((done) => { setTimeout(done, Math.min(...look.proactive.map(({ afterSeconds }) => afterSeconds)) * 1000); });
    // As the page's own script would: the bundler's way of it needs a helper that cannot be imported.
    const address = `${origin}/widget/NAME-OF-THE-NUDGES`;
    const { createNudges } = await import(/* @vite-ignore */ address) as typeof nudges;
    moved = createNudges({ root, sheet, look, language, since, attributes: () => attributes, kept, isBusy: () => isTalking || isOpen(), open, quiet: () => tell({ rapport: 'quiet' }), focus: () => button.focus() });
  };
  // 404: switched off. Whatever goes wrong here is no concern of the page's.
  fetch(`${origin}/api/v1/visitor/widgets/${encodeURIComponent(id)}`).then(async (answer) => { if (answer.ok) await dress(await answer.json() as WidgetLook); }).catch(() => undefined);
}

const id = tag?.dataset['widget'];
if (tag && id && !document.querySelector('rapport-chat')) {
  const start = (): void => begin(new URL(tag.src).origin, id, (tag.dataset['language'] ?? document.documentElement.lang ?? navigator.language).slice(0, 2).toLowerCase());
  if (document.readyState === 'complete') start();
  else addEventListener('load', start);
}
