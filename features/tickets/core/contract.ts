import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { FLAGS } from '../../customers/core/flags.ts';
import { FieldValues, FieldValuesPatch } from '../../fields/core/contract.ts';
import { Placed, Placing, Setting } from './placing.ts';
import { SnoozeView } from './snooze.ts';

export const STATUSES = ['new', 'open', 'waiting_customer', 'waiting_third_party', 'scheduled', 'resolved', 'closed'] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export const KINDS = ['question', 'information_request', 'service_request', 'claim', 'complaint', 'suggestion', 'praise'] as const;
export const CHANNELS = ['email', 'phone', 'desk', 'chat', 'letter', 'web'] as const;
/** Orders of a list; the first is the usual one. */
export const SORTS = ['queue', 'due', 'updated', 'created'] as const;
export const Status = z.enum(STATUSES);
export const [Priority, Kind] = [z.enum(PRIORITIES), z.enum(KINDS)];
export const Channel = z.enum(CHANNELS);
export type Status = z.infer<typeof Status>;

const Person = z.object({ id: Id, name: z.string() });
export const MAX_TAGS = 30;
const Tags = z.array(z.string().trim().min(1).max(50)).max(MAX_TAGS);

export const TicketView = z.object({
  id: Id,
  /** The public reference. */
  number: z.int(),
  subject: z.string(),
  status: Status,
  priority: Priority,
  kind: Kind,
  channel: Channel,
  customer: z.object({ id: Id, name: z.string(), email: z.string().nullable(), flags: z.array(z.enum(FLAGS)) }),
  /** For which company it is. */
  company: z.object({ id: Id, name: z.string(), isKeyAccount: z.boolean() }).nullable(),
  /** Its company's other people do not see it among their colleagues' requests, whatever the company allows. */
  isPrivate: z.boolean(),
  assignee: Person.nullable(),
  /** Who hears of it besides; GET /tickets/:id/followers names them. */
  followerIds: z.array(Id),
  team: Person.nullable(),
  mailboxId: Id.nullable(),
  ...Placed,
  language: LanguageCode.nullable(),
  tags: z.array(z.string()),
  /** The workspace's own fields, by key; what is absent is empty. */
  fields: FieldValues,
  /** One line of the last words; in what a search found, of those that were sought, with the side conversation if they stand in one. */
  snippet: z.string(), asideId: Id.optional(),
  /** Since when the customer waits for an answer; null when nobody does. */
  waitingSince: Timestamp.nullable(),
  /** The first of its promises that breaks, or that broke; null when none is running. */
  dueAt: Timestamp.nullable(),
  lastMessageAt: Timestamp,
  /** For the person who asks: something came that they have not seen. */
  unread: z.boolean(),
  /** When the person who asks had it open last; null when never. */
  readAt: Timestamp.nullable(),
  /** Optimistic concurrency: send it back as `version` in PATCH to be told (409) when somebody was faster. */
  version: z.int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  deletedAt: Timestamp.nullable(),
  /** It was deleted because it was spam. */
  spam: z.boolean(),
  /** `mergeId` is what DELETE /merges/:id wants. */
  mergedInto: z.object({ id: Id, number: z.int(), mergeId: Id }).nullable(),
  snooze: SnoozeView.nullable(),
  /** When it came back from that by itself; null when it did not, or somebody has set it aside again. */
  wokenAt: Timestamp.nullable(),
});
export type TicketView = z.infer<typeof TicketView>;
export const TicketPage = pageOf(TicketView);

/** A comma-separated list of statuses, or `active` (everything unresolved, the default without q), `awake` (of that what is not set aside), `snoozed`, `done`, `all`, `deleted`, `spam`. */
const StatusFilter = z.string().max(200).refine(
  (s) => ['active', 'awake', 'snoozed', 'done', 'all', 'deleted', 'spam'].includes(s) || s.split(',').every((one) => Status.safeParse(one).success),
  { message: `One of active, awake, snoozed, done, all, deleted, spam, or statuses separated by commas: ${STATUSES.join(', ')}.` });

/** GET /tickets: filters narrow each other. `q` searches everything (newest first), with the operators of GET /search. GET /tickets.csv takes the same and gives every row. */
export const TicketFilter = z.strictObject({
  status: StatusFilter.optional(),
  q: z.string().max(500).optional(),
  assignee: z.union([z.literal('me'), z.literal('none'), Id]).optional(),
  team: z.union([z.literal('mine'), z.literal('none'), Id]).optional(),
  /** Notes name one, or one of one's teams; the latest thousand. */
  mentioned: z.literal('me').optional(),
  /** Followed by oneself; the latest thousand. */
  followed: z.literal('me').optional(),
  /** Somebody outside waits for a word of ours. */
  waiting: z.literal('us').optional(),
  /** In the last 30 days; of what is done, unless `status` says otherwise. */
  resolved: z.literal('lately').optional(),
  customer: Id.optional(), company: Id.optional(), brand: Id.optional(), office: Id.optional(),
  kind: Kind.optional(),
  priority: Priority.optional(),
  channel: Channel.optional(),
  tag: z.string().max(50).optional(),
  /** A saved view: what its condition picks from its shelf, unless `status` names another. */
  view: Id.optional(),
  /** `queue` (the usual: who waits longest first), `due` (what breaks first; without a deadline last), `updated` or `created` (newest first). */
  sort: z.enum(SORTS).default('queue'),
});
export type TicketFilter = z.infer<typeof TicketFilter>;
export const TicketQuery = TicketFilter.extend(PageQuery.shape);

/** GET /tickets/counts → the numbers beside the ready-made views; `more` when there are over 999. */
const Count = z.object({ count: z.int(), more: z.boolean() });
export const TicketCounts = z.object({ mine: Count, unassigned: Count, mentions: Count, followed: Count, team: Count, active: Count, waiting: Count, snoozed: Count, all: Count });
export type TicketCounts = z.infer<typeof TicketCounts>;

/** PATCH /tickets/:id. Absent fields stay as they are. `closed` is for good: what comes later begins a linked ticket. */
export const TicketPatch = z.strictObject({
  subject: z.string().trim().min(1).max(1000).optional(),
  status: Status.exclude(['new']).optional(),
  priority: Priority.optional(),
  kind: Kind.optional(),
  assigneeId: Id.nullable().optional(),
  teamId: Id.nullable().optional(),
  customerId: Id.optional(),
  /** With another customer and without this: the one company that they are of. */
  companyId: Id.nullable().optional(),
  isPrivate: z.boolean().optional(),
  ...Placing, ...Setting,
  language: LanguageCode.optional(),
  tags: Tags.optional(),
  /** Null empties, what is not named stays. Resolving wants the required ones: 409 `ticket.fields_required`. */
  fields: FieldValuesPatch.optional(),
  version: z.int().optional(),
});
export type TicketPatch = z.infer<typeof TicketPatch>;

const Body = { /** Beside HTML it is kept if it says the same words; else the text is made of the HTML. */ text: z.string().max(200_000).optional(), html: z.string().max(500_000).optional() };
const hasBody = (b: { text?: string | undefined; html?: string | undefined }) => Boolean(b.text?.trim() || b.html?.trim());
const NO_BODY = { message: 'Give text or html.' };
export const MOST_MENTIONS = 20;
const Recipients = z.array(MailAddress).max(50);
const AttachmentIds = z.array(Id).max(50).default([]);
const NewCustomer = z.strictObject({ name: z.string().trim().max(300).optional(), email: MailAddress.optional(), phone: z.string().trim().min(3).max(40).optional() });

/** When a letter came, if it is written down later: its promises count from then. Not in the future (400 `letter.not_yet`). */
const ReceivedAt = Timestamp.optional();
/**
 * Of a call or a visit that came in: when somebody was asked for, and when somebody was there. Its speed of answer counts by these,
 * whenever it is written down. In order, and not in the future (400 `contact.bad_times`).
 */
const PickedUp = z.strictObject({ askedAt: Timestamp, answeredAt: Timestamp }).optional();

/**
 * POST /tickets: writes to a customer first (`channel` email: the text is sent), or logs a call or a talk at the
 * counter (phone, desk, letter: `direction` says who came to whom).
 */
export const TicketCreate = z.strictObject({
  subject: z.string().trim().min(1).max(1000),
  channel: Channel.default('email'),
  direction: z.enum(['in', 'out']).default('out'),
  customerId: Id.optional(),
  customer: NewCustomer.optional(),
  ...Body,
  kind: Kind.optional(), priority: Priority.optional(), tags: Tags.optional(), fields: FieldValuesPatch.optional(), language: LanguageCode.optional(),
  assigneeId: Id.nullable().optional(), teamId: Id.nullable().optional(), mailboxId: Id.optional(),
  /** Without them: the brand of the mailbox and the office of the team; of a visit or a letter without a team, that of its writer. */
  ...Placing,
  cc: Recipients.default([]), attachmentIds: AttachmentIds, receivedAt: ReceivedAt, pickedUp: PickedUp, status: Status.exclude(['new', 'closed']).optional(),
}).refine((t) => (t.customerId === undefined) !== (t.customer === undefined), { message: 'Give customerId or customer, one of the two.' })
  .refine(hasBody, NO_BODY);
export type TicketCreate = z.infer<typeof TicketCreate>;

const Mailbox = z.object({ name: z.string(), address: z.string() });
const Recipient = z.object({ to: z.array(Mailbox), cc: z.array(Mailbox) });
export const AttachmentView = z.object({ id: Id, name: z.string(), contentType: z.string(), size: z.int(), sha256: z.string() });
export type AttachmentView = z.infer<typeof AttachmentView>;
/** `withdrawn` is never listed; undo takes the entry away. `waiting`: no relay is configured, it stays in the outbox. */
export const DeliveryView = z.object({
  /** Of the mail in the outbox. */
  mailId: Id,
  state: z.enum(['queued', 'waiting', 'sending', 'accepted', 'failed']),
  /** Until when it can be undone. */
  undoUntil: Timestamp.nullable(),
  at: Timestamp.nullable(),
  /** The other server's words when it failed or is being tried again. */
  response: z.string().nullable(),
  attempts: z.int(),
});
/** Whether the domain of the author vouches for a message that came by mail. */
const Authentication = z.object({
  verdict: z.enum(['pass', 'fail', 'none', 'unknown']), domain: z.string().nullable(),
  spf: z.string().nullable(), dkim: z.string().nullable(), dmarc: z.string().nullable(), arc: z.string().nullable(),
  /** The trusted domain that passed the message on and vouches in the author's domain's stead. */
  sealer: z.string().nullable(),
});
export const EntryView = z.object({
  id: Id,
  type: z.enum(['message', 'note', 'call', 'visit', 'letter', 'event']),
  channel: Channel,
  direction: z.enum(['in', 'out', 'internal']),
  author: z.object({ kind: z.enum(['customer', 'person', 'system']), id: Id.nullable(), name: z.string(), address: z.string().nullable() }),
  /** Whose words it holds besides: a draft that several wrote. Left out where they are the author's alone. */
  writtenBy: z.array(z.object({ id: Id, name: z.string() })).optional(),
  subject: z.string(),
  text: z.string(),
  /** Sanitised; null when the message had none. Shown in a frame from `htmlUrl`, never inserted into the page. */
  html: z.string().nullable(),
  /** Signed and short-lived: the same HTML as a page of its own, remote images blocked (`&images=1` asks for them). */
  htmlUrl: z.string().nullable(),
  remoteImages: z.int(),
  quoted: z.string(),
  recipients: Recipient.nullable(),
  attachments: z.array(AttachmentView.extend({ url: z.string() })),
  delivery: DeliveryView.nullable(),
  /** Signed link to the message as it came (message/rfc822); null when there is none. */
  rawUrl: z.string().nullable(),
  /** Of a forward: the entry that went along. */
  forwardedEntryId: Id.nullable(),
  notice: z.string().nullable(),
  /** Null where nobody looked, as at what we write ourselves. */
  authentication: Authentication.nullable(),
  /** Of a line of type `event`: what happened, e.g. {"type":"ticket.assigned","data":{…}}. */
  event: z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
  createdAt: Timestamp,
});
export type EntryView = z.infer<typeof EntryView>;
export const EntryPage = pageOf(EntryView);
/** GET /tickets/:id/entries, oldest first; `latest=1` gives the last page, `before` pages backwards. */
export const EntryQuery = PageQuery.extend({ latest: z.literal('1').optional() });

/** A reply or forward that somebody else has to see first: it has not left, and waits as this approval. */
export const HeldView = z.object({ approvalId: Id });
export type HeldView = z.infer<typeof HeldView>;
export const SentView = z.union([EntryView, HeldView]);
/** POST /tickets/:id/replies → 201 EntryView, or 202 HeldView; DELETE /tickets/:id/replies/:entryId takes it back within the undo window (409 afterwards). */
export const ReplyCreate = z.strictObject({
  ...Body, channel: Channel.default('email'), to: Recipients.min(1).optional(), cc: Recipients.optional(), attachmentIds: AttachmentIds,
  /** Sent not before this moment; then undo works until it. */
  sendAt: Timestamp.optional(),
  status: Status.exclude(['new', 'closed']).optional(),
  /** The last entry that the writer has seen: else see `core/unseen.ts`. */
  seenEntryId: Id.optional(),
  /** The shared draft that is sent with it, and the version that the sender has seen: `core/shared-draft.ts`. Not into a chat. */
  sharedDraft: z.strictObject({ id: Id, version: z.int().min(1) }).optional(),
}).refine(hasBody, NO_BODY);
export type ReplyCreate = z.infer<typeof ReplyCreate>;
/** POST /tickets/:id/notes → 201 EntryView. Whom a note names: they are told of it. */
const Mentions = z.array(z.union([z.strictObject({ personId: Id }), z.strictObject({ teamId: Id })])).max(MOST_MENTIONS).default([]);
export type Mention = z.infer<typeof Mentions>[number];
export const NoteCreate = z.strictObject({ ...Body, attachmentIds: AttachmentIds, mentions: Mentions }).refine(hasBody, NO_BODY);
export type NoteCreate = z.infer<typeof NoteCreate>;
/** POST /tickets/:id/contacts → 201: a call, a visit or a letter on an existing ticket. */
export const ContactCreate = z.strictObject({
  type: z.enum(['call', 'visit', 'letter']), direction: z.enum(['in', 'out']), ...Body, attachmentIds: AttachmentIds, mentions: Mentions, receivedAt: ReceivedAt, pickedUp: PickedUp,
}).refine(hasBody, NO_BODY);
/** POST /tickets/:id/forwards → 201, or 202 HeldView: to anybody, with chosen entries quoted; the recipient gets no access to the ticket. */
export const ForwardCreate = z.strictObject({ ...Body, to: Recipients.min(1), cc: Recipients.optional(), entryId: Id, attachmentIds: AttachmentIds });
export type ForwardCreate = z.infer<typeof ForwardCreate>;

/** GET /tickets/:id/recipients → to whom a reply and a reply to all would go, and from which mailbox. `undeliverable`: mail to them came back for good, and a reply to them is refused until somebody lifts that. */
export const RecipientsView = z.object({
  from: Mailbox.nullable(), to: z.array(Mailbox), cc: z.array(Mailbox),
  undeliverable: z.array(z.object({ id: Id, address: z.string(), reason: z.string(), words: z.string() })),
});

/** POST /tickets/:id/merges {into} → 201 {id}; DELETE /merges/:id undoes it. */
export const MergeCreate = z.strictObject({ into: Id });
export const MergeView = z.object({ id: Id });

/**
 * GET /tickets/:id/links: tickets that point at each other without being one. POST /tickets/:id/merges joins them;
 * PUT /tickets/:id/links/:to/separation keeps them apart, DELETE asks again (`id` is the later ticket).
 */
export const LINK_REASONS = ['stranger', 'unproven', 'possibly_belongs_to', 'follows'] as const;
export type LinkReason = (typeof LINK_REASONS)[number];
export const LinkView = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string(), status: Status, customer: z.object({ id: Id, name: z.string(), email: z.string().nullable() }) }),
  /** Whether the other ticket is the earlier or the later one. */
  side: z.enum(['earlier', 'later']), reason: z.enum(LINK_REASONS),
  /** Who wrote the mail that began the later ticket. */
  address: z.string(),
  outcome: z.enum(['joined', 'apart']).nullable(), mergeId: Id.nullable(),
  /** Nobody has decided, and both are there. */
  isOpen: z.boolean(),
  createdAt: Timestamp,
});
export type LinkView = z.infer<typeof LinkView>;
export const LinkPage = pageOf(LinkView);
export const LinkParams = z.strictObject({ id: Id, to: Id });

/** PUT /tickets/:id/deletion → the ticket; DELETE /tickets/:id/deletion restores it. PUT /tickets/:id/spam → the ticket, deleted as spam; DELETE /tickets/:id/spam: it is none, and is back. POST /tickets/spam: several at once. */
export const SpamMarks = z.strictObject({ ids: z.array(Id).min(1).max(100), spam: z.boolean() });
/** Those that changed; the others were so already, are deleted, merged away or are not there. */
export const SpamMarked = z.object({ ids: z.array(Id) });
/** POST /tickets/next {team?} → 200 TicketView: the next unassigned one, now mine; 404 `ticket.none_waiting`. PUT /tickets/:id/read → 204. */
export const NextTicket = z.strictObject({ team: z.union([z.literal('mine'), Id]).optional() });

/** POST /uploads?name=… (application/octet-stream) → 201 AttachmentView, bound to who uploaded it until it is used. */
export const UploadQuery = z.strictObject({ name: z.string().min(1).max(255), contentType: z.string().max(200).optional() });

/** GET /tags?q= → names in use, most used first. */
export const TagPage = pageOf(z.object({ name: z.string(), count: z.int() }));
/** GET /customers/:id/timeline: everything with this person, newest first, across tickets. */
export const CustomerTimelineItem = EntryView.extend({ ticket: z.object({ id: Id, number: z.int(), subject: z.string() }) });
export const CustomerTimelinePage = pageOf(CustomerTimelineItem);
