import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { IntakeAnswers, IntakeStep } from '../../intake/core/contract.ts';
import { Kind } from '../../tickets/core/contract.ts';

/** What visitors and their programs say and hear. Every address here begins with /api/v1/visitor. */
export const MAX_TEXT = 8_000;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_FILES = 10;
const words = (most: number) => z.string().trim().max(most).regex(PLAIN);
const ShortText = z.string().max(2_000);

/** Where the visitor is on the company's site. */
export const PageView = z.strictObject({ url: ShortText, title: ShortText.default(''), referrer: ShortText.default('') });
export type PageView = z.infer<typeof PageView>;
/** PUT /visitor/articles → 204: the visitor has opened an article of the help centre. 404 for what they may not read. */
export const ArticleOpened = z.strictObject({ number: z.int().min(1).max(999_999_999), language: LanguageCode });
/** What the visitor looked for in the help centre in vain, before they wrote (`GET /help/search.json?asked`). Counts for what begins a matter. */
const Searched = z.string().min(1).max(1_000).optional();
/** What the site says of a visitor. Shown to agents as not proven, unless it stands in a signed token. */
export const Attributes = z.record(z.string().regex(/^[A-Za-z][\w.-]{0,49}$/), z.union([words(500), z.number(), z.boolean()])).refine((given) => Object.keys(given).length <= 30, { message: 'At most 30 attributes.' });
export type Attributes = z.infer<typeof Attributes>;

/** Translated by whoever keeps the widget; English or any other when a language is missing. */
export const Texts = z.partialRecord(LanguageCode, z.string().trim().min(1).max(500));
export type Texts = z.infer<typeof Texts>;

/** Buttons: what is pressed is said as any other words. */
export const Choices = z.array(z.partialRecord(LanguageCode, z.string().trim().min(1).max(80))).max(6);

export const QUESTION_TYPES = ['text', 'email', 'choice'] as const;
/** Who the visitor is, asked before a chat begins; what it is about is asked by `intakeKinds`. Answers come in `attributes` under `key`; those to `name` and `email` are the profile's. */
export const PreChatQuestion = z.strictObject({
  key: z.string().regex(/^[A-Za-z][\w.-]{0,49}$/), type: z.enum(QUESTION_TYPES), label: Texts, required: z.boolean().default(false),
  options: z.array(z.strictObject({ value: words(100).min(1), label: Texts })).max(20).default([]),
});

/** A message that the widget shows by itself. All conditions have to hold (`dueProactive` in core/proactive.ts). */
export const Proactive = z.strictObject({
  id: Id, isOn: z.boolean().default(true), text: Texts,
  /** Each must stand in the page's address; empty: every page. */
  pageContains: z.array(words(300).min(1)).max(10).default([]),
  /** On this page for so long. */
  afterSeconds: z.int().min(0).max(3_600).default(10),
  attributes: z.array(z.strictObject({ key: words(50).min(1), is: words(500) })).max(10).default([]),
  /** Not again to the same visitor for so long; it is never shown during a chat, or to whoever wants no messages. */
  everyHours: z.int().min(1).max(24 * 365).default(24),
  /** Answers as buttons below it. */
  choices: Choices.default([]),
});
export type Proactive = z.infer<typeof Proactive>;

export const POSITIONS = ['end', 'start'] as const;
/** GET /visitor/widgets/:id: how the widget looks, for any page; holds no secret. 404 when it is switched off. */
export const WidgetLook = z.object({
  id: Id, name: z.string(), colour: z.string(), /** What can be read on it. */ ink: z.enum(['#fff', '#000']), position: z.enum(POSITIONS), offsetPixels: z.int(),
  /** Said above the first message. */
  greeting: Texts,
  /** Below the greeting, until something is said. */
  choices: Choices,
  /** Visitors may ask for a call (`GET /visitor/call-times`). */
  offersCalls: z.boolean(),
  preChat: z.array(PreChatQuestion), proactive: z.array(Proactive),
  /** What can be asked about: with several the visitor chooses one. The questions of it come before the first message (`POST /visitor/intake/:kind`). None: nothing is asked first. */
  intakeKinds: z.array(Kind),
  /** Who is not signed in with a token may chat. */
  allowsGuests: z.boolean(),
});
export type WidgetLook = z.infer<typeof WidgetLook>;

/** Never a promise that nothing supports: each is null when nobody can say. */
export const AvailabilityView = z.object({
  isOpen: z.boolean(),
  /** When somebody is there again; null: open now, or never. */
  opensAt: Timestamp.nullable(),
  /** Somebody who takes chats is online. */
  isAttended: z.boolean(),
  /** Usual time to the first reply: the median of the last 7 days in office hours. Null: fewer than five chats to say it by. */
  replySeconds: z.int().nullable(),
  /** The visitor's own place in the queue, from 1; null when they do not wait. */
  place: z.int().nullable(),
  /** The queue is full: only a message can be left. */
  isFull: z.boolean(),
});
export type AvailabilityView = z.infer<typeof AvailabilityView>;

/** `waiting`: nobody has it yet; `active`: somebody has; `ended`: over, the next message begins it anew or a new one. */
export const CONVERSATION_STATES = ['waiting', 'active', 'ended'] as const;
export const ConversationView = z.object({
  id: Id, number: z.int(), state: z.enum(CONVERSATION_STATES),
  /** A message for later: it began outside hours, or the visitor did not want to wait. */
  isMessage: z.boolean(),
  /** `face`: a path on this server, for a picture; null where they show none. */
  agent: z.object({ id: Id, name: z.string(), face: z.string().nullable() }).nullable(),
  endedBy: z.enum(['visitor', 'agent', 'idle']).nullable(),
  /** 1 to 5; can be given once it has ended, and changed. */
  rating: z.int().nullable(),
  startedAt: Timestamp,
});
export type ConversationView = z.infer<typeof ConversationView>;

export const VisitorView = z.object({
  id: Id, name: z.string(),
  /** As the visitor typed it, or as the token said it. */
  email: z.string().nullable(),
  /** By a token of the company's. What is typed proves nothing. */
  isProven: z.boolean(),
  /** No messages by themselves. */
  doNotDisturb: z.boolean(),
});
export type VisitorView = z.infer<typeof VisitorView>;

/** How far the other side has come with the visitor's own messages: both are sequence numbers. */
export const Marks = z.object({ delivered: z.int(), read: z.int() });
export type Marks = z.infer<typeof Marks>;

/** GET /visitor/state. */
export const VisitorState = z.object({
  visitor: VisitorView, conversation: ConversationView.nullable(), availability: AvailabilityView, marks: Marks,
  /** The next message begins a matter: the questions come first, and their answers with it (`intake`). */
  asksFirst: z.boolean(),
  /** The last message there is, and the last that this visitor said to have read. */
  seq: z.int(), readSeq: z.int(),
});
export type VisitorState = z.infer<typeof VisitorState>;

/**
 * POST /visitor/session → 201. `secret` is what came back the last time (absent, unknown or over: a new visitor), `token` the
 * JWT of the company's server (HS256 or ES256; `aud` the widget's id, `sub`, `iat`, `exp` within the hour; `name`, `email`,
 * `language` and `attributes` as wanted). `site` is the origin of the page around a widget, as its browser says it.
 */
export const SessionCreate = z.strictObject({
  widget: Id, secret: z.string().max(100).optional(), token: z.string().max(8_000).optional(), site: z.string().max(300).optional(),
  language: LanguageCode.optional(), page: PageView.optional(), attributes: Attributes.optional(),
  /** Such as Europe/Sofia: by this clock times are told. One that nobody knows is passed over. */
  timeZone: z.string().max(60).optional(),
});
export type SessionCreate = z.infer<typeof SessionCreate>;
export const SessionView = z.object({
  /** 128 bits. Sent as `Authorization: Bearer …` and in the socket's first frame, and kept by nobody else. */
  secret: z.string(),
  /** With a token: when the next one is needed (401 `visitor.session_over`). Null: as long as it is used. */
  expiresAt: Timestamp.nullable(),
  /** For the page around: opens nothing but the number of answers that wait (`GET /visitor/unread`). */
  badge: z.string(),
  look: WidgetLook, state: VisitorState,
});
export type SessionView = z.infer<typeof SessionView>;

/** GET /visitor/unread?badge= → how many of our answers wait unseen, and whether it is worth to ask again (null: not on this page). 404 once it is over. */
export const UnreadQuery = z.strictObject({ badge: z.string().min(1).max(600) });
export const UnreadView = z.object({ count: z.int().min(0).max(100), againSeconds: z.int().min(10).nullable() });
export type UnreadView = z.infer<typeof UnreadView>;

/** A text is paragraphs of spans, so that nobody has to trust or parse HTML. `href` is http, https, mailto or tel. */
export const Span = z.object({ text: z.string(), href: z.string().optional() });
export const Paragraph = z.array(Span);
export const FileView = z.object({ id: Id, name: z.string(), contentType: z.string(), size: z.int(), url: z.string() });
/** What a line from `system` is about; its `text` says it in the visitor's language. */
export const NOTICES = [
  'outside_hours', 'waiting_longer', 'leave_address', 'joined', 'transferred', 'still_there', 'ended_idle', 'ended_by_agent', 'ended_by_visitor', 'sent_by_mail',
  'address_left', 'transcript_sent', 'nobody_here', 'still_busy', 'call_asked',
] as const;
export const MessageView = z.object({
  id: Id,
  /** One count for everything a visitor sees, without gaps that matter; only ever grows. */
  seq: z.int(),
  conversationId: Id,
  /** What the visitor's program called it; null for everybody else's. */
  clientId: z.string().nullable(),
  from: z.enum(['visitor', 'agent', 'system']),
  author: z.string(),
  /** Of an agent who shows a face: a path on this server. */
  face: z.string().nullable(),
  text: z.string(), body: z.array(Paragraph), files: z.array(FileView),
  /** How it came: an answer by mail stands in the same order. */
  via: z.enum(['chat', 'email']),
  /** Answers as buttons, in the visitor's language; of use as long as nothing was said after it. */
  choices: z.array(z.string()),
  notice: z.enum(NOTICES).nullable(),
  at: Timestamp,
});
export type MessageView = z.infer<typeof MessageView>;

/** Of all answers together. */
const MAX_ANSWERS = 20_000;
const Answers = IntakeAnswers.refine((given) => JSON.stringify(given).length <= MAX_ANSWERS, { message: `Answer in ${MAX_ANSWERS} characters at most.` });
/** POST /visitor/intake/:kind → IntakeStep: what is asked by the answers so far, and what is wrong with them. 404 where this chat does not ask about that kind. */
export const IntakeParams = z.strictObject({ kind: Kind });
export const IntakeAsk = z.strictObject({ answers: Answers.default({}), language: LanguageCode.optional() });
export type IntakeAsk = z.infer<typeof IntakeAsk>;
export { IntakeStep };
/** Goes with the message that begins a matter; counts for nothing later. 400 `visitor.questions_first` without a kind of this chat, `intake.incomplete` while something is missing. */
const FirstAnswers = z.strictObject({ kind: Kind, answers: Answers.default({}) });

/** Names one intent: sent again after a cut, it is the same message and answers with it. */
const ClientId = z.string().regex(/^[\w-]{8,64}$/);
/** POST /visitor/messages → 201, and 200 for one that is there already. `isMessage`: nobody needs to answer at once. */
export const MessageCreate = z.strictObject({
  clientId: ClientId, text: z.string().max(MAX_TEXT).default(''), fileIds: z.array(Id).max(MAX_FILES).default([]),
  isMessage: z.boolean().optional(), proactiveId: Id.optional(), intake: FirstAnswers.optional(), searched: Searched,
}).refine(({ text, fileIds }) => text.trim() !== '' || fileIds.length > 0, { message: 'Give text or files.' });
export type MessageCreate = z.infer<typeof MessageCreate>;
/** GET /visitor/messages?after=: those behind `after`, oldest first; `before`: those just before it. */
export const MessageQuery = z.strictObject({ after: z.coerce.number().int().min(0).optional(), before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });
export const MessagePage = z.object({ items: z.array(MessageView), hasMore: z.boolean() });
/** PUT /visitor/read → 204. Everything up to here was on the screen. */
export const ReadMark = z.strictObject({ seq: z.int().min(0) });
/** PUT /visitor/typing → 204; forgotten after some seconds. */
export const Typing = z.strictObject({ isTyping: z.boolean() });
/** POST /visitor/files?name= (application/octet-stream, 10 MB) → 201; used by one message within the day. 422 `visitor.file_type` for programs. */
export const FileQuery = z.strictObject({ name: z.string().min(1).max(255) });
export const UploadedFile = FileView.omit({ url: true });
/** PATCH /visitor/profile → VisitorState. An address is where answers go when the visitor is away, and proves nothing. Refused (409) for who is proven by a token. */
export const ProfilePatch = z.strictObject({ name: words(200).optional(), email: MailAddress.nullable().optional(), attributes: Attributes.optional(), doNotDisturb: z.boolean().optional() });
export type ProfilePatch = z.infer<typeof ProfilePatch>;
/** POST /visitor/ending → VisitorState. PUT /visitor/rating → VisitorState (409 `visitor.nothing_to_rate`). */
export const Rating = z.strictObject({ score: z.int().min(1).max(5), comment: z.string().trim().max(1_000).default('') });
/** POST /visitor/transcripts → 202: to the visitor's address, once somebody has answered. 409 says why not. */
export const TranscriptView = z.object({ to: z.string() });
/** GET /visitor/call-times: when somebody can call, soonest first, at most two weeks ahead. Empty: nobody calls here. */
export const CallTimes = z.object({ items: z.array(z.object({ from: Timestamp, to: Timestamp })).max(50) });
export type CallTimes = z.infer<typeof CallTimes>;
/**
 * POST /visitor/calls → 201 MessageView: a call back is promised on the visitor's matter, and the stream says so. The same `clientId` is the same wish.
 * 409 `visitor.call_time_gone`: that time is none any more, ask for the times anew.
 */
export const CallCreate = z.strictObject({ clientId: ClientId, phone: z.string().trim().regex(/^\+?[\d ()./-]{5,30}$/), /** The beginning of one of the times. */ from: Timestamp, text: words(1_000).default(''), intake: FirstAnswers.optional(), searched: Searched });
export type CallCreate = z.infer<typeof CallCreate>;
/** DELETE /visitor/session → 204: sign out; the secret, and tokens issued until now, are worth nothing any more. */

/**
 * GET /visitor/socket (WebSocket). First `hello`, within five seconds, with the last sequence seen (null: none). Then come the
 * messages behind it, in order, and everything new; nothing comes twice on one socket.
 */
export const VisitorFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), secret: z.string().min(1).max(100), since: z.int().min(0).nullable() }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('message'), message: MessageCreate }),
  z.strictObject({ type: z.literal('read'), seq: z.int().min(0) }),
  z.strictObject({ type: z.literal('typing'), isTyping: z.boolean() }),
  z.strictObject({ type: z.literal('page'), page: PageView }),
]);
export type VisitorFrame = z.infer<typeof VisitorFrame>;

export type ServerFrame =
  | { type: 'ready'; state: VisitorState }
  | { type: 'messages'; items: MessageView[] }
  /** More was missed than a socket tells: fetch the last page over HTTP. What comes after `seq` comes here. */
  | { type: 'gap'; seq: number }
  /** The message is durable. */
  | { type: 'sent'; clientId: string; message: MessageView }
  | { type: 'refused'; clientId: string; code: string; detail: string; retryAfter?: number }
  /** Something about the conversation, the profile, the queue or the marks is another. */
  | { type: 'state'; state: VisitorState }
  | { type: 'typing'; name: string; isTyping: boolean }
  /** Taken back, or changed for good: forget these and fetch anew what is shown. */
  | { type: 'changed'; ids: string[] }
  | { type: 'pong' };

/** 4401: ask for a session anew. 4403: not welcome here any more. The others: come back after a pause that grows. */
export const CLOSE = { goingAway: 1012, tryLater: 1013, badFrame: 1008, sessionOver: 4401, banned: 4403 } as const;
