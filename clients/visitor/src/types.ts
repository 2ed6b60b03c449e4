/** The shapes of the visitors' API, written out so that this package needs nothing else. `types.test.ts` holds them equal to the server's. */
export type Language = 'en' | 'bg' | 'pl' | 'ru' | 'ar';
export type Texts = { [K in Language]?: string };
export type Attributes = Record<string, string | number | boolean>;
/** Where the visitor is, on a site or in an app. */
export type PageView = { url: string; title: string; referrer: string };

export type Proactive = {
  id: string; isOn: boolean; text: Texts; pageContains: string[]; afterSeconds: number; attributes: { key: string; is: string }[]; everyHours: number; choices: Texts[];
};
export type Question = { key: string; type: 'text' | 'email' | 'choice'; label: Texts; required: boolean; options: { value: string; label: Texts }[] };
export type Kind = 'question' | 'information_request' | 'service_request' | 'claim' | 'complaint' | 'suggestion' | 'praise';
/** By the key of the question; what is empty is left out. */
export type Answers = Record<string, string | number | string[]>;
/** What is asked first, and goes with the message that begins a matter. */
export type FirstAnswers = { kind: Kind; answers?: Answers | undefined };
export type IntakeAsk = { answers?: Answers | undefined; language?: Language | undefined };
/** Every question that is asked by the answers so far, in the visitor's words, with what is wrong with its answer. */
export type IntakeStep = {
  questions: {
    key: string; type: 'text' | 'number' | 'money' | 'date' | 'choice' | 'tree' | 'link' | 'person'; text: string; hint: string; required: boolean; options: { key: string; text: string }[]; unit: string | null; wrong: 'missing' | 'wrong' | null;
  }[];
  isComplete: boolean;
};
export type WidgetLook = {
  id: string; name: string; colour: string; ink: '#fff' | '#000'; position: 'end' | 'start'; offsetPixels: number; greeting: Texts; choices: Texts[]; offersCalls: boolean;
  preChat: Question[]; proactive: Proactive[]; intakeKinds: Kind[]; allowsGuests: boolean;
};

/** Never a promise that nothing supports: each is null when nobody can say. */
export type Availability = { isOpen: boolean; opensAt: string | null; isAttended: boolean; replySeconds: number | null; place: number | null; isFull: boolean };
export type Conversation = {
  id: string; number: number; state: 'waiting' | 'active' | 'ended'; isMessage: boolean; /** `face`: a path on the desk's host. */ agent: { id: string; name: string; face: string | null } | null; endedBy: 'visitor' | 'agent' | 'idle' | null; rating: number | null; startedAt: string;
};
export type VisitorState = {
  visitor: { id: string; name: string; email: string | null; isProven: boolean; doNotDisturb: boolean };
  conversation: Conversation | null; availability: Availability;
  /** How far our side has come with the visitor's messages. */
  marks: { delivered: number; read: number };
  /** The next message begins a matter: the questions of `look.intakeKinds` come first. */
  asksFirst: boolean;
  seq: number; readSeq: number;
};

export type SessionCreate = {
  widget: string; secret?: string | undefined; token?: string | undefined; site?: string | undefined; language?: Language | undefined;
  page?: { url: string; title?: string | undefined; referrer?: string | undefined } | undefined; attributes?: Attributes | undefined;
  timeZone?: string | undefined;
};
export type SessionView = { secret: string; expiresAt: string | null; badge: string; look: WidgetLook; state: VisitorState };

export type Span = { text: string; href?: string | undefined };
export type FileView = { id: string; name: string; contentType: string; size: number; url: string };
export type MessageView = {
  id: string; seq: number; conversationId: string; clientId: string | null; from: 'visitor' | 'agent' | 'system'; author: string; face: string | null; text: string; body: Span[][]; files: FileView[]; via: 'chat' | 'email';
  choices: string[];
  /** What a line from `system` is about, such as `joined` or `outside_hours`; others may come. Its `text` says it in the visitor's language. */
  notice: string | null; at: string;
};
export type MessageCreate = { clientId: string; text?: string | undefined; fileIds?: string[] | undefined; isMessage?: boolean | undefined; proactiveId?: string | undefined; intake?: FirstAnswers | undefined; searched?: string | undefined };
export type MessagePage = { items: MessageView[]; hasMore: boolean };
export type ProfilePatch = { name?: string | undefined; email?: string | null | undefined; attributes?: Attributes | undefined; doNotDisturb?: boolean | undefined };
export type CallTime = { from: string; to: string };
export type CallCreate = { clientId: string; phone: string; from: string; text?: string | undefined; intake?: FirstAnswers | undefined; searched?: string | undefined };
/** An article of the help centre, by what its search says of it. */
export type ArticleOpened = { number: number; language: Language };

export type VisitorFrame =
  | { type: 'hello'; secret: string; since: number | null } | { type: 'ping' } | { type: 'message'; message: MessageCreate } | { type: 'read'; seq: number }
  | { type: 'typing'; isTyping: boolean } | { type: 'page'; page: { url: string; title?: string | undefined; referrer?: string | undefined } };
export type ServerFrame =
  | { type: 'ready'; state: VisitorState } | { type: 'messages'; items: MessageView[] } | { type: 'gap'; seq: number } | { type: 'sent'; clientId: string; message: MessageView }
  | { type: 'refused'; clientId: string; code: string; detail: string; retryAfter?: number } | { type: 'state'; state: VisitorState } | { type: 'typing'; name: string; isTyping: boolean }
  | { type: 'changed'; ids: string[] } | { type: 'pong' };
