import type { Draft } from '../../../../clients/visitor/src/conversation.ts';
import { createStore } from '../../../../clients/visitor/src/store.ts';
import { createVisitor, type Words } from '../../../../clients/visitor/src/visitor.ts';
import type { Answers, FirstAnswers, Kind, VisitorState, WidgetLook } from '../../../../clients/visitor/src/types.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Said } from '../between.ts';
import { createKeeping } from './keeping.ts';
import { createUnsaid } from './unsaid.ts';

export type { View } from '../../../../clients/visitor/src/visitor.ts';
export type Chat = ReturnType<typeof createChat>;
/** With these codes the server says that the questions were not answered as they are asked now. */
const ASK_AGAIN = new Set(['visitor.questions_first', 'intake.incomplete']);
/** Of the questions that come first, as far as they were answered or passed over. */
export type GivenAnswers = { readonly kind: Kind; readonly answers: Answers; readonly passed: readonly string[] };
type Held = { readonly text: string; readonly files: Words['files'] };
type Tell = { unread(count: number): void; expired(): void; keep(secret: string): void; badge(badge: string | null): void; quiet(isQuiet: boolean): void };

/** A visitor in a browser: what it keeps, what it knows of its network, and what the page around it hears. */
export function createChat({ widgetId, language, tell }: { widgetId: string; language: Language; tell: Tell }) {
  const keeping = createKeeping(widgetId, tell.keep);
  const visitor = createVisitor({
    desk: location.origin, widget: widgetId, language, memory: keeping, isSeen: () => document.visibilityState === 'visible', onUnread: tell.unread, onExpired: tell.expired, onBadge: tell.badge,
  });
  /** What the page showed by itself, and the visitor came for. */
  const nudge = createStore<{ said: Said | null; isAnswered: boolean; /** Where it stands: behind this. */ seq: number }>({ said: null, isAnswered: false, seq: 0 });
  /** What is asked before a matter begins: what was answered, and what was said too early and waits for it. */
  const first = createStore<{ isDone: boolean; intake: FirstAnswers | null; held: Held | null; isAgain: boolean }>({ isDone: false, intake: null, held: null, isAgain: false });
  const whose = (): string | undefined => visitor.get().state?.visitor.id;
  const [given, early, introduced] = [createUnsaid<GivenAnswers>(keeping, 'answers', whose), createUnsaid<Held>(keeping, 'early', whose), createUnsaid<{ isDone: true }>(keeping, 'introduced', whose)];
  /** The token of what was looked for in the help centre in vain. */
  const sought = createUnsaid<{ token: string }>(keeping, 'sought', whose);
  let isQuiet: boolean | undefined;
  let wantsQuiet = false;
  let mayFocus = parent === window;

  document.addEventListener('visibilitychange', visitor.looked);
  addEventListener('offline', () => visitor.network(false));
  addEventListener('online', () => visitor.network(true));
  visitor.follow(({ state, drafts }) => {
    if (!state) return;
    // The next matter is asked about anew.
    if (!state.asksFirst && state.conversation !== null && first.get().isDone) {
      first.set({ isDone: false, intake: null });
      given.forget();
      introduced.forget();
    }
    restore(state);
    const refused = drafts.find(({ problem }) => ASK_AGAIN.has(problem ?? ''));
    if (refused) return askAgain(refused);
    noticed(state);
  });
  /** Said too early, on the page before. */
  function restore({ asksFirst, conversation }: VisitorState): void {
    const held = first.get().held === null ? early.get() : null;
    if (!held) return;
    const { profile, intake } = asks();
    if (profile || intake) first.set({ held });
    else if (!asksFirst && conversation !== null) early.forget();
  }
  /** What was refused for want of answers waits for them, with what waits already. */
  function askAgain({ clientId, text, files }: Draft): void {
    const before = first.get().held ?? { text: '', files: [] };
    const held = { text: `${before.text}\n\n${text}`.trim(), files: [...before.files ?? [], ...files] };
    // Given once more, they would be refused once more.
    given.forget();
    early.keep(held);
    first.set({ isDone: false, intake: null, held, isAgain: true });
    visitor.discard(clientId);
  }
  function noticed(state: VisitorState): void {
    if (wantsQuiet) {
      wantsQuiet = false;
      if (!state.visitor.doNotDisturb) return void quiet(true);
    }
    if (state.visitor.doNotDisturb !== isQuiet) tell.quiet(isQuiet = state.visitor.doNotDisturb);
    const { said, isAnswered, seq } = nudge.get();
    if (said && seq === Infinity) nudge.set({ seq: state.seq });
    if (said?.choice !== undefined && !isAnswered) answer(said.choice);
  }
  const quiet = (wanted: boolean): Promise<void> => visitor.profile({ doNotDisturb: wanted }).catch(() => undefined);

  /** Whoever the visitor is, and what it is about: unless that is known, or on its way. */
  function asks(): { profile: boolean; intake: boolean } {
    const { look, state, drafts } = visitor.get();
    const isOpen = look !== null && state !== null && !first.get().isDone && drafts.length === 0;
    return { profile: isOpen && state.conversation === null && questionsOfProfile(look, state).length > 0, intake: isOpen && state.asksFirst && look.intakeKinds.length > 0 };
  }

  function answer(text: string, files: Words['files'] = []): void {
    const wants = asks();
    if (wants.profile || wants.intake) {
      early.keep({ text, files });
      return first.set({ held: { text, files } });
    }
    const { availability, conversation, asksFirst } = visitor.get().state!;
    const { said, isAnswered } = nudge.get();
    const proactiveId = isAnswered ? undefined : said?.id;
    nudge.set({ isAnswered: true });
    // Nobody can take it now: it is a message for later, and need not wait in a queue.
    const isMessage = (!availability.isOpen || availability.isFull) && (conversation === null || conversation.state === 'ended');
    visitor.say({ text, files, isMessage, proactiveId, ...begins(), ...(!asksFirst && { intake: undefined }) });
    sought.forget();
  }

  /** What goes along with whatever begins a matter. */
  const begins = (): Pick<Words, 'intake' | 'searched'> => ({ intake: first.get().intake ?? undefined, searched: sought.get()?.token });

  return {
    ...visitor, language, keeping, nudge, say: answer, quiet, first, asks, begins, given, introduced, sought,
    /** All that is asked first is answered: what waits for it goes out. */
    answered(intake: FirstAnswers | null): void {
      const { held } = first.get();
      early.forget();
      first.set({ isDone: true, intake, held: null, isAgain: false });
      if (held) answer(held.text, held.files);
    },
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

/** Of whom the company's server vouches for, name and address are known. */
export const questionsOfProfile = ({ preChat }: WidgetLook, { visitor }: VisitorState): WidgetLook['preChat'] => preChat.filter(({ key }) => !visitor.isProven || (key !== 'name' && key !== 'email'));
