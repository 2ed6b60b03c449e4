import { z } from 'zod';
import { Id, PLAIN, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { FLAGS } from '../../customers/core/flags.ts';
import { Kind, KINDS } from '../../tickets/core/contract.ts';
import { Attributes, Choices, CONVERSATION_STATES, MAX_FILES, MAX_TEXT, PageView, POSITIONS, PreChatQuestion, Proactive, Texts } from './visitor-contract.ts';

/** What visitors and their programs see stands in visitor-contract.ts. */
const words = (most: number) => z.string().trim().min(1).max(most).regex(PLAIN);
/** https://shop.example, without a path; https://*.shop.example for all beneath. */
const Site = z.string().trim().toLowerCase().max(300).regex(/^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::\d{1,5})?$/);

const WidgetShape = {
  name: words(100),
  isOn: z.boolean(),
  /** Where it may stand. Only these can show it; none: nowhere but here. */
  sites: z.array(Site).max(50),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  position: z.enum(POSITIONS), offsetPixels: z.int().min(0).max(300),
  greeting: Texts,
  /** Answers as buttons below the greeting. */
  choices: Choices,
  /** Visitors may ask for a call in the chat's hours. */
  offersCalls: z.boolean(),
  /** When somebody answers; null: the workspace's usual hours. */
  calendarId: Id.nullable(),
  /** Who gets its chats; null: whoever routing finds. */
  teamId: Id.nullable(),
  /** Whoever has no signed token may chat. Making the first secret switches it off. */
  allowsGuests: z.boolean(),
  /** Which kinds of ticket begin here; the guided questions of the one that is chosen come first. None: nothing is asked. */
  intakeKinds: z.array(Kind).max(KINDS.length).refine((kinds) => new Set(kinds).size === kinds.length, { message: 'Name each kind once.' }),
  /** Who the visitor is: into their profile and attributes, before `intakeKinds`. */
  preChat: z.array(PreChatQuestion).max(10),
  proactive: z.array(Proactive).max(20),
  /** A silent visitor is asked after so many minutes, and the chat is closed after so many more. */
  idleMinutes: z.int().min(1).max(120), closeMinutes: z.int().min(1).max(120),
};

/**
 * GET|POST /chat/widgets, GET|PATCH|DELETE /chat/widgets/:id. Switched off, nobody comes in until it is on again. Deleted, it is gone for good: what goes on in it ends, its
 * secrets and its visitors' are worth nothing, and everything that was said stays on the tickets. 409 `chat.too_many_open` while more than 200 go on.
 */
export const WidgetView = z.object({
  id: Id, ...WidgetShape,
  /** Kinds of proof that its tokens may have; what is kept of them is never shown. */
  secrets: z.array(z.object({ id: Id, algorithm: z.enum(['HS256', 'ES256']), createdAt: Timestamp, /** Still good until then, because a newer one was made. */ endsAt: Timestamp.nullable() })),
  version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type WidgetView = z.infer<typeof WidgetView>;
export const WidgetPage = pageOf(WidgetView);
export const WidgetCreate = z.strictObject({ name: words(100), sites: WidgetShape.sites.default([]) });
export type WidgetCreate = z.infer<typeof WidgetCreate>;
export const WidgetPatch = z.strictObject({ ...WidgetShape, version: z.int() }).partial();
export type WidgetPatch = z.infer<typeof WidgetPatch>;

/**
 * POST /chat/widgets/:id/secrets → 201. Without a key an HS256 secret is made and shown this once; with a public key (PEM, SPKI,
 * P-256) tokens of ES256 are taken. Earlier ones stay good for `overlapHours`. DELETE …/secrets: tokens are not asked for any more.
 */
export const SecretCreate = z.strictObject({ publicKey: z.string().trim().max(1_000).optional(), overlapHours: z.int().min(0).max(168).default(24) });
export type SecretCreate = z.infer<typeof SecretCreate>;
export const SecretCreated = z.object({ id: Id, algorithm: z.enum(['HS256', 'ES256']), secret: z.string().nullable() });

/** GET /tickets/:id/chat: the live side of a ticket; 404 `chat.not_found` when it has none. */
export const ChatView = z.object({
  id: Id, ticketId: Id, state: z.enum(CONVERSATION_STATES), isMessage: z.boolean(),
  visitor: z.object({
    id: Id, name: z.string(), email: z.string().nullable(), isProven: z.boolean(), attributes: Attributes, provenAttributes: Attributes,
    /** A tab of theirs is open at this moment. */
    isHere: z.boolean(), seenAt: Timestamp.nullable(), page: PageView.nullable(), pages: z.array(z.object({ url: z.string(), title: z.string(), at: Timestamp })),
  }),
  widget: z.object({ id: Id, name: z.string() }),
  /** The newest of our entries that reached, and that was seen by, the visitor; null: none. By the time of the entry. */
  deliveredUntil: Timestamp.nullable(), readUntil: Timestamp.nullable(),
  rating: z.object({ score: z.int(), comment: z.string() }).nullable(),
  endedBy: z.enum(['visitor', 'agent', 'idle']).nullable(),
  isBanned: z.boolean(), startedAt: Timestamp, endedAt: Timestamp.nullable(),
});
export type ChatView = z.infer<typeof ChatView>;

/** GET /chat/mine: the open chats that I hold, who waits longest first. */
export const MineView = z.object({
  ticketId: Id, number: z.int(), name: z.string(), state: z.enum(CONVERSATION_STATES), snippet: z.string(), waitingSince: Timestamp.nullable(), isHere: z.boolean(), unread: z.boolean(),
  /** What one has to know of the person. */
  flags: z.array(z.enum(FLAGS)),
});
export type MineView = z.infer<typeof MineView>;
export const MinePage = pageOf(MineView);

/** An agent answers by POST /tickets/:id/replies with `channel: "chat"`, or with answers as buttons by POST /tickets/:id/chat/messages → 201. */
export const AnswerCreate = z.strictObject({
  text: z.string().trim().max(MAX_TEXT).default(''), attachmentIds: z.array(Id).max(MAX_FILES).default([]),
  /** The visitor presses one, and has said it. */
  choices: z.array(words(80)).max(6).default([]),
}).refine(({ text, attachmentIds }) => text !== '' || attachmentIds.length > 0, { message: 'Give text or files.' });
export type AnswerCreate = z.infer<typeof AnswerCreate>;
/** Null: somebody has to approve it first. */
export const AnswerView = z.object({ entryId: Id.nullable() });
/** GET /chat/attending: who takes chats at this moment, and how many each holds. */
export const AttendingPage = pageOf(z.object({ personId: Id, chats: z.int() }));
/** PUT /tickets/:id/chat/read → 204: I have it before my eyes. PUT …/typing {isTyping} → 204. */
/** POST /tickets/:id/chat/ending → 204. `status`: what becomes of the ticket. */
export const EndingCreate = z.strictObject({ status: z.enum(['resolved', 'waiting_customer', 'open']).default('resolved') });
/** POST /tickets/:id/chat/transfer → 204: to somebody, or to a team's queue, with a word for them that the visitor never sees. */
export const TransferCreate = z.strictObject({ personId: Id.optional(), teamId: Id.optional(), note: z.string().trim().max(5_000).default('') })
  .refine(({ personId, teamId }) => (personId === undefined) !== (teamId === undefined), { message: 'Give personId or teamId, one of the two.' });
export type TransferCreate = z.infer<typeof TransferCreate>;
/** POST /tickets/:id/chat/ban → 201 BanView: the visitor, and for a day whoever begins from their network. GET /chat/bans; DELETE /chat/bans/:id lifts it: whoever banned may, and who manages chats. */
export const BanCreate = z.strictObject({ days: z.int().min(1).max(365).default(30), reason: z.string().trim().max(500).default('') });
export type BanCreate = z.infer<typeof BanCreate>;
export const BanView = z.object({ id: Id, name: z.string(), reason: z.string(), by: z.string(), createdAt: Timestamp, endsAt: Timestamp });
export type BanView = z.infer<typeof BanView>;
export const BanPage = pageOf(BanView);
