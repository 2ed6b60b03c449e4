import type { Attributes } from '../../../../clients/visitor/src/types.ts';
import type { Chat } from './chat.ts';

type Hears = { postMessage(text: string): void };
type World = Window & {
  /** Android (`addJavascriptInterface`), React Native, iOS (`WKScriptMessageHandler`): whichever of them shows this page. */
  RapportApp?: Hears; ReactNativeWebView?: Hears; webkit?: { messageHandlers?: { rapport?: Hears } };
  /** An app may call before this page is ready. */
  Rapport?: { q?: [command: string, value?: unknown][] } | ((command: string, value?: unknown) => void);
};
const world = window as World;

/** The app whose web view shows this page by itself, if it listens. */
export function app(): ((text: string) => void) | null {
  const hears = world.RapportApp ?? world.ReactNativeWebView ?? world.webkit?.messageHandlers?.rapport;
  return hears ? (text) => hears.postMessage(text) : null;
}

/** What an app may say to this page, in the words that a site says to its loader. */
export function commandsOf(chat: Chat): void {
  const here = { url: location.href.split('?')[0]!, title: document.title, referrer: '' };
  const commands: Record<string, (value: unknown) => void> = {
    open: () => chat.show(true), close: () => chat.show(false),
    identify: (token) => chat.identify(typeof token === 'string' ? token : null),
    attributes: (attributes) => chat.describe(attributes as Attributes),
    page: (page) => chat.comeTo(location.origin, { ...here, ...page as object }),
  };
  const call = (command: string, value?: unknown): void => { if (Object.hasOwn(commands, command)) commands[command]!(value); };
  const early = typeof world.Rapport === 'object' ? world.Rapport.q ?? [] : [];
  world.Rapport = call;
  for (const [command, value] of early) call(command, value);
  chat.comeTo(location.origin, here);
}
