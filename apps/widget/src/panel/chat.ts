import { createStore } from '../../../../clients/visitor/src/store.ts';
import { createVisitor, type Words } from '../../../../clients/visitor/src/visitor.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Said } from '../between.ts';
import { createKeeping } from './keeping.ts';

export type { View } from '../../../../clients/visitor/src/visitor.ts';
export type Chat = ReturnType<typeof createChat>;
type Tell = { unread(count: number): void; expired(): void; keep(secret: string): void; badge(badge: string | null): void; quiet(isQuiet: boolean): void };

/** A visitor in a browser: what it keeps, what it knows of its network, and what the page around it hears. */
export function createChat({ widgetId, language, tell }: { widgetId: string; language: Language; tell: Tell }) {
  const keeping = createKeeping(widgetId, tell.keep);
  const visitor = createVisitor({
    desk: location.origin, widget: widgetId, language, memory: keeping, isSeen: () => document.visibilityState === 'visible', onUnread: tell.unread, onExpired: tell.expired, onBadge: tell.badge,
  });
  /** What the page showed by itself, and the visitor came for. */
  const nudge = createStore<{ said: Said | null; isAnswered: boolean; /** Where it stands: behind this. */ seq: number }>({ said: null, isAnswered: false, seq: 0 });
  let isQuiet: boolean | undefined;
  let wantsQuiet = false;
  let mayFocus = parent === window;

  document.addEventListener('visibilitychange', visitor.looked);
  addEventListener('offline', () => visitor.network(false));
  addEventListener('online', () => visitor.network(true));
  visitor.follow(({ state }) => {
    if (!state) return;
    if (wantsQuiet) {
      wantsQuiet = false;
      if (!state.visitor.doNotDisturb) return void quiet(true);
    }
    if (state.visitor.doNotDisturb !== isQuiet) tell.quiet(isQuiet = state.visitor.doNotDisturb);
    const { said, isAnswered, seq } = nudge.get();
    if (said && seq === Infinity) nudge.set({ seq: state.seq });
    if (said?.choice !== undefined && !isAnswered) answer(said.choice);
  });
  const quiet = (wanted: boolean): Promise<void> => visitor.profile({ doNotDisturb: wanted }).catch(() => undefined);

  function answer(text: string, files: Words['files'] = []): void {
    const { availability, conversation } = visitor.get().state!;
    const { said, isAnswered } = nudge.get();
    const proactiveId = isAnswered ? undefined : said?.id;
    nudge.set({ isAnswered: true });
    // Nobody can take it now: it is a message for later, and need not wait in a queue.
    const isMessage = (!availability.isOpen || availability.isFull) && (conversation === null || conversation.state === 'ended');
    visitor.say({ text, files, isMessage, proactiveId });
  }

  return {
    ...visitor, language, keeping, nudge, say: answer, quiet,
    /** Whether somebody is here who asked for it, so that a field may take the focus. */
    mayFocus: (): boolean => mayFocus || document.hasFocus(),
    /** The page has opened the chat, perhaps because of what it said by itself; `choice` is the answer that was pressed. */
    opened(said: Said | null, isAsked: boolean): void {
      mayFocus = isAsked;
      if (said) nudge.set({ said, isAnswered: false, seq: visitor.get().state?.seq ?? Infinity });
      visitor.show(true);
      if (said?.choice !== undefined && visitor.get().state) answer(said.choice);
    },
    /** Wished on the page, before anybody was asked who they are. */
    quietLater(): void {
      if (visitor.get().state) void quiet(true);
      else wantsQuiet = true;
    },
  };
}
