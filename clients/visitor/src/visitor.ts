import { createApi, Refused } from './api.ts';
import { type Draft, lastSeq, merged, stillToSend, unread } from './conversation.ts';
import { inTurn } from './in-turn.ts';
import { createLine } from './line.ts';
import { type Memory, memoryIn } from './memory.ts';
import { createOutbox, newClientId } from './outbox.ts';
import { createStore } from './store.ts';
import type { Answers, ArticleOpened, Attributes, CallTime, FirstAnswers, IntakeStep, Kind, Language, MessageView, PageView, ProfilePatch, ServerFrame, SessionView, VisitorState, WidgetLook } from './types.ts';

const RETRY_MS = 3_000;
const MOST_RETRY_MS = 60_000;
const TYPING_MS = 6_000;
const SAY_TYPING_MS = 2_000;
const PAGE = 50;

export type View = {
  readonly look: WidgetLook | null; readonly state: VisitorState | null; readonly messages: readonly MessageView[]; readonly drafts: readonly Draft[];
  readonly isUp: boolean; readonly isShown: boolean; readonly typing: string | null; readonly hasEarlier: boolean;
  /** The code with which the server does not let this visitor in; null: it does, or is still asked. */
  readonly refusal: string | null;
};
export type Visitor = ReturnType<typeof createVisitor>;
type Around = { readonly site: string | null; readonly page: PageView };

export type VisitorOptions = {
  /** Where the desk is: https://desk.example */
  readonly desk: string;
  readonly widget: string;
  /** Of what the desk says by itself. */
  readonly language: Language;
  /** Where the guest's secret and what is not sent yet are kept; without it, until the program ends. */
  readonly memory?: Memory;
  /** Whether somebody looks at this moment: only then what is shown counts as read. */
  readonly isSeen?: () => boolean;
  readonly onUnread?: (count: number) => void;
  /** The token has run out: get another from your server, and `identify` again. */
  readonly onExpired?: () => void;
  /** What `GET /visitor/unread` wants; null: nobody is there any more. */
  readonly onBadge?: (badge: string | null) => void;
};

export type Words = { readonly text: string; readonly files?: Draft['files']; /** Nobody needs to answer at once. */ readonly isMessage?: boolean; readonly proactiveId?: string | undefined; /** While `state.asksFirst`. */ readonly intake?: FirstAnswers | undefined; /** The token of a search of the help centre that found nothing. */ readonly searched?: string | undefined };

/** One conversation as this program knows it: who the visitor is, what was said, and what is still to be sent. */
export function createVisitor({ desk: address, widget: widgetId, language, memory = memoryIn(null, 'rapport'), isSeen = () => true, onUnread, onExpired, onBadge }: VisitorOptions) {
  const desk = address.replace(/\/+$/, '');
  const server = createApi(desk);
  const outbox = createOutbox(memory);
  const store = createStore<View>({ look: null, state: null, messages: [], drafts: [], isUp: false, isShown: true, typing: null, hasEarlier: false, refusal: null });
  let around: Around | null = null;
  let token: string | null = null;
  let attributes: Attributes | undefined;
  let session: { secret: string; visitorId: string } | null = null;
  /** Sessions that were asked for before the newest one are nobody's any more. */
  let round = 0;
  let retry = RETRY_MS;
  let underway: string | null = null;
  let readSeq = 0;
  let typedAt = 0;
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const line = createLine({
    url: `${desk.replace(/^http/, 'ws')}/api/v1/visitor/socket`,
    hello: () => ({ type: 'hello', secret: session?.secret ?? '-', since: lastSeq(store.get().messages) || null }),
    hear: (frame) => hear(frame),
    down(why) {
      underway = null;
      store.set({ isUp: false, typing: null });
      if (why === 'banned') store.set({ refusal: 'visitor.banned' });
      else if (why === 'session_over') void renew();
    },
  });

  function renew(): Promise<void> {
    if (token === null) return begin();
    token = null;
    session = null;
    store.set({ refusal: 'visitor.session_over' });
    onExpired?.();
    return Promise.resolve();
  }

  /** Guests keep their secret in this browser; what a token opened is forgotten with the page. */
  async function enter(): Promise<SessionView> {
    const given = { widget: widgetId, language, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone, ...(around && { page: around.page, ...(around.site !== null && { site: around.site }) }), ...(attributes && { attributes }) };
    if (token !== null) return server.session({ ...given, token });
    const asGuest = async (): Promise<SessionView> => {
      const secret = memory.get('secret');
      const opened = await server.session({ ...given, ...(secret && { secret }) });
      memory.set('secret', opened.secret);
      return opened;
    };
    // Two tabs that are opened together are one visitor.
    return inTurn(`rapport.${widgetId}`, asGuest);
  }

  async function begin(): Promise<void> {
    const mine = ++round;
    clearTimeout(retrying);
    line.stop();
    try {
      const { secret, badge, look, state } = await enter();
      if (mine !== round) return;
      if (session && session.visitorId !== state.visitor.id) store.set({ messages: [], hasEarlier: false });
      if (!session) for (const draft of store.get().drafts) outbox.keep(state.visitor.id, draft); // said before it was known by whom
      session = { secret, visitorId: state.visitor.id };
      readSeq = state.readSeq;
      retry = RETRY_MS;
      store.set({ look, refusal: null, drafts: outbox.load(state.visitor.id), ...known(state) });
      onBadge?.(badge);
      line.start();
    } catch (error) {
      if (mine === round) refused(error);
    }
  }

  function refused(error: unknown): void {
    const isFinal = error instanceof Refused && [401, 403, 404].includes(error.status);
    store.set({ refusal: isFinal ? error.code : 'unreachable' });
    if (isFinal) return;
    retrying = setTimeout(() => void begin(), retry);
    retry = Math.min(retry * 2, MOST_RETRY_MS);
  }

  const known = (state: VisitorState): Partial<View> => {
    readSeq = Math.max(readSeq, state.readSeq);
    return { state };
  };

  function take(items: readonly MessageView[]): void {
    const messages = merged(store.get().messages, items);
    const drafts = stillToSend(store.get().drafts, items);
    for (const { clientId } of items) if (clientId !== null && session) outbox.forget(session.visitorId, clientId);
    store.set({ messages, drafts, ...(items.some(({ from }) => from === 'agent') && { typing: null }) });
    sawAll();
  }

  /** Only what stands before somebody's eyes is read. */
  function sawAll(): void {
    const { isShown, messages } = store.get();
    const seq = lastSeq(messages);
    if (isShown && isSeen() && seq > readSeq && line.say({ type: 'read', seq })) readSeq = seq;
    onUnread?.(isShown ? 0 : unread(messages, readSeq));
  }

  async function fetchAgain(): Promise<void> {
    const known = lastSeq(store.get().messages);
    const { items, hasMore } = await withSecret((secret) => server.messages(secret, `limit=${PAGE}`));
    // What came by the socket meanwhile may be newer than what was fetched.
    store.set({ messages: store.get().messages.filter(({ seq }) => seq > known), hasEarlier: hasMore });
    take(items);
  }

  function typing(name: string, isTyping: boolean): void {
    clearTimeout(typingEnds);
    if (isTyping) typingEnds = setTimeout(() => store.set({ typing: null }), TYPING_MS);
    store.set({ typing: isTyping ? name : null });
  }

  function ready(state: VisitorState): void {
    const { messages } = store.get();
    store.set({ isUp: true, ...known(state), ...(messages.length === 0 && { hasEarlier: state.seq > 100 }) });
    flush();
  }

  function notTaken({ clientId, code, retryAfter }: Extract<ServerFrame, { type: 'refused' }>): void {
    underway = null;
    if (code === 'visitor.too_fast') {
      setTimeout(flush, (retryAfter ?? 5) * 1000);
      return;
    }
    change(clientId, { problem: code });
    flush();
  }

  function hear(frame: ServerFrame): void {
    if (frame.type === 'ready') ready(frame.state);
    else if (frame.type === 'messages') take(frame.items);
    else if (frame.type === 'sent') {
      underway = null;
      take([frame.message]);
      flush();
    } else if (frame.type === 'state') store.set(known(frame.state));
    else if (frame.type === 'typing') typing(frame.name, frame.isTyping);
    else if (frame.type === 'refused') notTaken(frame);
    else if (frame.type === 'gap' || frame.type === 'changed') void fetchAgain().catch(() => undefined);
  }

  function change(clientId: string, what: Partial<Draft>): void {
    store.set({ drafts: store.get().drafts.map((draft) => (draft.clientId === clientId ? { ...draft, ...what } : draft)) });
  }

  /** One after the other, so that they stand in the order in which they were written. */
  function flush(): void {
    if (underway !== null || !store.get().isUp) return;
    const next = store.get().drafts.find(({ problem }) => problem === null);
    if (!next) return;
    const { clientId, text, files, isMessage, proactiveId, intake, searched } = next;
    if (line.say({ type: 'message', message: { clientId, text, fileIds: files.map(({ id }) => id), ...(isMessage && { isMessage }), ...(proactiveId !== undefined && { proactiveId }), ...(intake && { intake }), ...(searched !== undefined && { searched }) } })) underway = clientId;
  }

  const withSecret = async <T>(act: (secret: string) => Promise<T>): Promise<T> => {
    if (!session) throw new Refused(401, 'visitor.session_over');
    const { secret, visitorId } = session;
    const answer = await act(secret);
    // Somebody else sits here by now: what was asked for one is shown to nobody else.
    if (session?.visitorId !== visitorId) throw new Refused(401, 'visitor.session_over');
    return answer;
  };
  const asking = async (act: (secret: string) => Promise<VisitorState>): Promise<void> => { store.set(known(await withSecret(act))); };

  return {
    /** What is known now, and who wants to hear when it is another. */
    get: store.get, follow: store.follow,
    show(isShown: boolean): void { store.set({ isShown }); sawAll(); },
    /** Somebody looks again. */
    looked: sawAll,
    network: line.network,
    /** Where the visitor is; `site` is the page's origin, as a browser says it, and null in a program. The first time, it begins. */
    comeTo(site: string | null, page: PageView): void {
      const isFirst = around === null;
      around = { site, page };
      if (isFirst) void begin();
      else line.say({ type: 'page', page });
    },
    /** The token that the company's server signed for whoever is signed in; null when they sign out. */
    identify(given: string | null): void {
      // Once a token has run out, its end is said too: whoever signs out then is a guest again.
      if (given === token && store.get().refusal !== 'visitor.session_over') return;
      const before = session;
      const wasProven = token !== null;
      token = given;
      if (around === null) return;
      session = null;
      onBadge?.(null);
      store.set({ messages: [], drafts: [], state: null, hasEarlier: false });
      if (wasProven && given === null && before) void server.signOut(before.secret).catch(() => undefined).then(begin);
      else void begin();
    },
    describe(given: Attributes): void {
      attributes = { ...attributes, ...given };
      if (session) void server.profile(session.secret, { attributes: given }).catch(() => undefined);
    },
    /** Kept until the server has it, however long that takes. */
    say({ text, files = [], isMessage = false, proactiveId, intake, searched }: Words): void {
      const draft: Draft = { clientId: newClientId(), text, files, isMessage, at: new Date().toISOString(), problem: null, ...(proactiveId !== undefined && { proactiveId }), ...(intake && { intake }), ...(searched !== undefined && { searched }) };
      if (session) outbox.keep(session.visitorId, draft);
      store.set({ drafts: [...store.get().drafts, draft] });
      typedAt = 0;
      flush();
    },
    sayAgain(clientId: string): void { change(clientId, { problem: null }); flush(); },
    discard(clientId: string): void {
      if (session) outbox.forget(session.visitorId, clientId);
      store.set({ drafts: store.get().drafts.filter((draft) => draft.clientId !== clientId) });
    },
    typing(isTyping: boolean): void {
      const at = performance.now();
      if (isTyping ? typedAt > 0 && at - typedAt < SAY_TYPING_MS : typedAt === 0) return;
      typedAt = isTyping ? at : 0;
      line.say({ type: 'typing', isTyping });
    },
    async earlier(): Promise<void> {
      const first = store.get().messages[0]?.seq;
      if (first === undefined) return;
      const { items, hasMore } = await withSecret((secret) => server.messages(secret, `before=${first}&limit=${PAGE}`));
      store.set({ messages: merged(store.get().messages, items), hasEarlier: hasMore });
    },
    upload: (file: Blob, name: string) => withSecret((secret) => server.upload(secret, file, name)),
    profile: (patch: ProfilePatch) => asking((secret) => server.profile(secret, patch)),
    end: () => asking(server.end),
    rate: (score: number, comment: string) => asking((secret) => server.rate(secret, score, comment)),
    transcript: () => withSecret(server.transcript),
    /** What is asked first about this kind, by the answers so far. */
    questions: (kind: Kind, answers: Answers): Promise<IntakeStep> => withSecret((secret) => server.intake(secret, kind, { answers, language })),
    /** An article of the help centre was opened from here: those who answer see what was read before. */
    readArticle: (article: ArticleOpened): Promise<void> => withSecret((secret) => server.opened(secret, article)),
    callTimes: (): Promise<CallTime[]> => withSecret(server.callTimes),
    /** The wish of one `clientId` is one wish, so a failed one can be tried again with it. */
    askForCall: async (wish: { clientId: string; phone: string; from: string; text: string; intake?: FirstAnswers | undefined; searched?: string | undefined }): Promise<void> => { take([await withSecret((secret) => server.call(secret, wish))]); },
    /** Where a file of a message is fetched. */
    addressOf: (file: { readonly url: string }): string => desk + file.url,
    stop(): void {
      round += 1;
      clearTimeout(retrying);
      clearTimeout(typingEnds);
      line.stop();
    },
  };
}
