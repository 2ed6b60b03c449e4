import { z } from 'zod';
import { Id, LanguageCode, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { FLAGS } from '../../customers/core/flags.ts';
import { Channel, Status } from '../../tickets/core/contract.ts';

const words = (max: number) => z.string().trim().max(max).regex(PLAIN);
const Name = words(100).min(1);
const Named = z.object({ id: Id, name: z.string() });
const DAY_SECONDS = 86_400;
const Seconds = (max: number) => z.int().min(0).max(max);

/** What somebody takes in each state: online everything, transfers_only what colleagues hand over, away and offline nothing. */
export const STATES = ['online', 'away', 'transfers_only', 'offline'] as const;
export const PresenceState = z.enum(STATES);
export type PresenceState = z.infer<typeof PresenceState>;
const Channels = z.partialRecord(Channel, z.boolean());

/** How much of somebody is taken. `used` and `total` are in the units of their capacity. */
export const LoadView = z.object({ used: z.int(), total: z.int(), channels: z.array(z.object({ channel: Channel, count: z.int(), most: z.int() })) });
export type LoadView = z.infer<typeof LoadView>;

/**
 * GET /me/presence, PUT /me/presence PresencePut. `state` is what they chose, `effective` what routing goes by: whoever is
 * idle, has lost the connection, or is on a planned absence is away or offline for it.
 */
export const PresenceView = z.object({
  person: Named,
  state: PresenceState, effective: PresenceState,
  /** Why `effective` is another. */
  because: z.enum(['idle', 'connection_lost', 'absent', 'missed_offers']).nullable(),
  /** One of the workspace's own states, which stands for `state`. */
  own: Named.nullable(),
  reason: z.string(),
  /** Channels that are switched off; those left out are on. */
  channels: Channels,
  since: Timestamp,
  /** A browser of theirs is open. */
  connected: z.boolean(),
  /** After a call or a chat, until then nothing live comes. */
  wrapUpUntil: Timestamp.nullable(),
  load: LoadView,
  absence: z.object({ id: Id, from: Timestamp, /** Null: until they are back. */ to: Timestamp.nullable(), deputy: Named.nullable() }).nullable(),
  /** The workspace has queues. Without them nobody is given anything, and the state means little. */
  queuesExist: z.boolean(),
});
export type PresenceView = z.infer<typeof PresenceView>;
/** Give `state`, or `ownId` for one of the workspace's own states. Left out: reason is emptied, channels stay. */
export const PresencePut = z.strictObject({ state: PresenceState.optional(), ownId: Id.optional(), reason: words(200).default(''), channels: Channels.optional() })
  .refine((put) => (put.state === undefined) !== (put.ownId === undefined), { message: 'Give state or ownId, one of the two.' });
export type PresencePut = z.infer<typeof PresencePut>;
/**
 * POST /me/presence/activity → 204: hands are on the keyboard; screens say it at most once a minute. GET /presence?team=: the board of
 * everybody who may be given work, by name. PUT /people/:id/presence PresencePut: a lead sets somebody else's.
 */
export const PresencePage = pageOf(PresenceView);
export const PresenceQuery = PageQuery.extend({ team: Id.optional() });

/** GET /presence-states, POST → 201, PATCH|DELETE /presence-states/:id: the workspace's own states, such as "Training" or "Lunch". */
export const OwnStateView = z.object({ id: Id, name: z.string(), state: PresenceState });
export type OwnStateView = z.infer<typeof OwnStateView>;
export const OwnStatePage = pageOf(OwnStateView);
export const OwnStateCreate = z.strictObject({ name: Name, state: PresenceState });
export type OwnStateCreate = z.infer<typeof OwnStateCreate>;
export const OwnStatePatch = z.strictObject({ name: Name.optional(), state: PresenceState.optional() });
export type OwnStatePatch = z.infer<typeof OwnStatePatch>;

/**
 * `deputy` has the open mail, `team`: it goes back to be shared out, at once; `stays`: it is theirs still. Live work always goes back at once when
 * somebody is away from now on, and what was set aside goes to the deputy when it wakes.
 */
export const WORK = ['deputy', 'team', 'stays'] as const;
export const Work = z.enum(WORK);
export type Work = z.infer<typeof Work>;
/**
 * GET /absences?person=&deputy= (from now on; without the right to share out one's own, and with `deputy` those in which one stands in), POST → 201,
 * DELETE /absences/:id: called off, or over from now on. `to` null: until they are back; `work` null: open mail goes to the deputy, without one back to its queue after the time of the settings.
 */
export const AbsenceView = z.object({ id: Id, person: Named, deputy: Named.nullable(), from: Timestamp, to: Timestamp.nullable(), work: Work.nullable(), reason: z.string() });
export type AbsenceView = z.infer<typeof AbsenceView>;
export const AbsencePage = pageOf(AbsenceView);
export const AbsenceQuery = PageQuery.extend({ person: Id.optional(), deputy: Id.optional() });
const Moment = z.iso.datetime({ offset: true });
/** `personId` left out: one's own; `from` left out: from now on, and the end may be left open. */
export const AbsenceCreate = z.strictObject({ personId: Id.optional(), deputyId: Id.nullable().optional(), from: Moment.optional(), to: Moment.nullable().optional(), work: Work.optional(), reason: words(200).default('') })
  .refine(({ from, to }) => from === undefined || (typeof to === 'string' && Date.parse(from) < Date.parse(to)), { message: 'An absence ends after it begins; only one from now on may have no end.', path: ['to'] })
  .refine(({ work, deputyId }) => work !== 'deputy' || typeof deputyId === 'string', { message: 'Name the deputy who is to have the work.', path: ['deputyId'] });
export type AbsenceCreate = z.infer<typeof AbsenceCreate>;
/** GET /people/:id/absence-outlook: what an absence from now on would leave behind, and who might stand in. One's own, or with the right to share out. */
export const AbsenceOutlook = z.object({ person: Named, /** Not for somebody above oneself (403 `absence.deputy_theirs`). */ mayNameDeputy: z.boolean(), deputy: Named.nullable(), /** Open mail. */ open: z.int(), live: z.int(), /** Set aside. */ snoozed: z.int() });
export type AbsenceOutlook = z.infer<typeof AbsenceOutlook>;

/**
 * GET /me/absences?unseen=1: one's own that are over, the latest first; GET /me/absences/:id; PUT /me/absences/:id/seen → 204 puts away what happened
 * meanwhile (`unseen`: not put away yet, and back within two weeks). GET /me/absences/:id/tickets tells it.
 */
export const PastAbsenceView = z.object({ id: Id, deputy: Named.nullable(), from: Timestamp, to: Timestamp, /** Its end, or when they said before that they are there. */ backAt: Timestamp, reason: z.string(), seen: z.boolean() });
export type PastAbsenceView = z.infer<typeof PastAbsenceView>;
export const PastAbsencePage = pageOf(PastAbsenceView);
export const PastAbsenceQuery = PageQuery.extend({ unseen: z.literal('1').optional() });

/** GET /skills, POST → 201, PATCH|DELETE /skills/:id. A skill with a `language` is asked for by tickets in that language. */
export const SkillView = z.object({ id: Id, name: z.string(), language: LanguageCode.nullable(), people: z.int() });
export type SkillView = z.infer<typeof SkillView>;
export const SkillPage = pageOf(SkillView);
export const SkillCreate = z.strictObject({ name: Name, language: LanguageCode.nullable().optional() });
export type SkillCreate = z.infer<typeof SkillCreate>;
export const SkillPatch = z.strictObject({ name: Name.optional(), language: LanguageCode.nullable().optional() });
export type SkillPatch = z.infer<typeof SkillPatch>;
export const Level = z.int().min(1).max(5);

/** A ticket takes `weight` of `total`; of a channel there are `most`. Work that is live (phone, desk, chat) interrupts what is not. */
export const Capacity = z.strictObject({
  total: z.int().min(1).max(1_000),
  channels: z.partialRecord(Channel, z.strictObject({ weight: z.int().min(0).max(1_000), most: z.int().min(0).max(1_000) })),
});
export type Capacity = z.infer<typeof Capacity>;

/** GET|PUT /people/:id/routing: what they can, and how much; without `capacity`, the workspace's. */
export const PersonRoutingView = z.object({ person: Named, skills: z.array(z.object({ id: Id, name: z.string(), level: Level })), capacity: Capacity.nullable() });
export type PersonRoutingView = z.infer<typeof PersonRoutingView>;
export const PersonRoutingPut = z.strictObject({ skills: z.array(z.strictObject({ id: Id, level: Level })).max(100), capacity: Capacity.nullable().default(null) });
export type PersonRoutingPut = z.infer<typeof PersonRoutingPut>;

/** GET|PATCH /routing-settings; what is given is replaced as a whole. */
export const RoutingSettings = z.strictObject({
  /** Hands off the keyboard for so long: `idleState`. Null: never. */
  idleSeconds: z.int().min(60).max(DAY_SECONDS).nullable(),
  idleState: z.enum(['away', 'offline']),
  /** A connection that is gone may come back for so long. */
  graceSeconds: z.int().min(10).max(3_600),
  /** After live work. */
  wrapUpSeconds: z.int().min(0).max(3_600),
  /** So many offers in a row left to pass make somebody away. Null: never. */
  missedOffers: z.int().min(1).max(10).nullable(),
  /** Of somebody who is offline, open mail goes back after so much working time. Null: it stays. */
  backAfterSeconds: z.int().min(0).max(30 * DAY_SECONDS).nullable(),
  /** The same for a planned absence without a deputy. */
  absentBackSeconds: z.int().min(0).max(30 * DAY_SECONDS).nullable(),
  capacity: Capacity,
  /** Statuses in which a ticket counts, in percent of its weight. */
  statuses: z.partialRecord(Status, z.int().min(0).max(100)),
});
export type RoutingSettings = z.infer<typeof RoutingSettings>;
export const RoutingSettingsPatch = RoutingSettings.partial();
export type RoutingSettingsPatch = z.infer<typeof RoutingSettingsPatch>;

/**
 * `pull`: people take the next. The others give by themselves to whoever is present, free and able: `push` to whom the least of
 * their capacity is taken, asking first; `round_robin` by turns; `least_loaded`; `longest_idle`.
 */
export const MODES = ['pull', 'push', 'round_robin', 'least_loaded', 'longest_idle'] as const;
export const Mode = z.enum(MODES);
export type Mode = z.infer<typeof Mode>;

/** `required`: nobody without it, until it is relaxed after so many seconds of waiting (null: never); `preferred`: those who have it come first. */
const Need = { need: z.enum(['required', 'preferred']), relaxAfterSeconds: Seconds(30 * DAY_SECONDS).nullable().default(null) };
const NeededSkill = z.strictObject({ id: Id, level: Level.default(1), ...Need });
const NeededLanguage = z.strictObject({ level: Level.default(1), ...Need }).nullable();
const Overflow = z.array(z.strictObject({ teamId: Id, afterSeconds: Seconds(30 * DAY_SECONDS) })).max(10);

const QueueShape = {
  name: Name,
  /** Which tickets; the first queue in order that fits has them. None: every ticket. */
  conditions: ConditionJson.nullable(),
  mode: Mode,
  /** Whose work it is; none: of everybody who answers customers. */
  teamIds: z.array(Id).max(20),
  /** Teams that help once a ticket has waited so long. */
  overflow: Overflow,
  /** How long somebody is asked before the next; null: given without asking. */
  offerSeconds: z.int().min(5).max(3_600).nullable(),
  skills: z.array(NeededSkill).max(10),
  /** Whether whoever gets it must speak the ticket's language; null: all the same. */
  language: NeededLanguage,
  /** Its tickets stand as if they had come so much earlier. */
  headStartSeconds: Seconds(7 * DAY_SECONDS),
  /** The customer's own agent, who had their last ticket, has it while present; when they are busy it is kept for them so long. Null: all the same. */
  ownAgentSeconds: Seconds(DAY_SECONDS).nullable(),
  /** In which hours somebody should be there, and by which waits are counted; null: those of its team, when it has one, else the workspace's. */
  calendarId: Id.nullable(),
};

/** GET /queues, in their order; POST → 201; GET|PATCH|DELETE /queues/:id. `position` moves one: it is the place in the order, from 1. */
export const QueueView = z.object({
  id: Id, ...QueueShape, position: z.int(), version: z.int(),
  waiting: z.int(), oldestSince: Timestamp.nullable(), present: z.int(),
  /** Since when nobody is there although something waits. */
  nobodySince: Timestamp.nullable(),
  createdAt: Timestamp, updatedAt: Timestamp,
});
export type QueueView = z.infer<typeof QueueView>;
export const QueuePage = pageOf(QueueView);
export const QueueCreate = z.strictObject({
  name: Name, conditions: QueueShape.conditions.default(null), mode: Mode.default('pull'), teamIds: QueueShape.teamIds.default([]), overflow: Overflow.default([]),
  /** Left out: 30 for `push`, null for the others. */
  offerSeconds: QueueShape.offerSeconds.optional(),
  skills: QueueShape.skills.default([]), language: NeededLanguage.default(null), headStartSeconds: QueueShape.headStartSeconds.default(0),
  ownAgentSeconds: QueueShape.ownAgentSeconds.default(120), calendarId: Id.nullable().default(null), position: z.int().min(1).optional(),
});
export type QueueCreate = z.infer<typeof QueueCreate>;
export const QueuePatch = z.strictObject({ ...QueueShape, position: z.int().min(1), version: z.int().min(1) }).partial();
export type QueuePatch = z.infer<typeof QueuePatch>;

/**
 * Why something came to somebody, or waits: a stable code, what stands in the sentence, and the sentence in the language of
 * whoever reads. Screens show `text`.
 */
export const ReasonView = z.object({ code: z.string(), values: z.record(z.string(), z.unknown()), text: z.string() });
export type ReasonView = z.infer<typeof ReasonView>;

/** GET /queues/:id/tickets: who waits, first whose turn is next, with the reason why they still wait. */
const TicketBrief = z.object({ id: Id, number: z.int(), subject: z.string(), priority: z.string(), channel: Channel, language: LanguageCode.nullable(), /** What one has to know of its customer. */ flags: z.array(z.enum(FLAGS)) });
export const WaitingView = z.object({ ticket: TicketBrief, since: Timestamp, headStartSeconds: z.int(), offeredTo: Named.nullable(), why: z.array(ReasonView) });
export type WaitingView = z.infer<typeof WaitingView>;
export const WaitingPage = pageOf(WaitingView);

/**
 * POST /queues/:id/next → 200: the ticket whose turn it is becomes mine; 404 `queue.none_waiting`. Two who ask at once get two.
 * POST /queues/next: of all queues that are mine.
 */
export const TakenView = z.object({ ticketId: Id, number: z.int(), why: z.array(ReasonView) });
export type TakenView = z.infer<typeof TakenView>;

/** GET /me/offers; POST /offers/:id/acceptance → 200; POST /offers/:id/refusal {reason?} → 204. 409 `offer.over` when it went to somebody else. */
export const OfferView = z.object({ id: Id, ticket: TicketBrief, queue: Named, state: z.enum(['offered', 'accepted', 'refused', 'passed', 'withdrawn']), offeredAt: Timestamp, expiresAt: Timestamp, why: z.array(ReasonView) });
export type OfferView = z.infer<typeof OfferView>;
export const OfferPage = pageOf(OfferView);
export const Refusal = z.strictObject({ reason: words(200).default('') });

/**
 * GET /tickets/:id/routing. `waiting`: in a queue, `offered`: somebody is being asked, `given`: it has an assignee, `none`: no queue has it.
 * `why` answers "why did this come to me" or "why is this waiting"; `history` is what routing did, the latest first (50 at most).
 */
export const TicketRoutingView = z.object({
  state: z.enum(['none', 'waiting', 'offered', 'given']),
  queue: Named.nullable(),
  since: Timestamp.nullable(),
  headStartSeconds: z.int(),
  /** From 1; null when it does not wait, or behind the first 999. */
  place: z.int().nullable(),
  offer: z.object({ person: Named, expiresAt: Timestamp }).nullable(),
  why: z.array(ReasonView),
  history: z.array(z.object({ at: Timestamp, person: Named.nullable(), queue: Named.nullable(), late: z.boolean(), why: z.array(ReasonView) })),
});
export type TicketRoutingView = z.infer<typeof TicketRoutingView>;

/** Four of five should fall inside. `accuracy`: of the last `checked` estimates, how many did. Seconds of working time. */
const RangeView = z.object({
  lowSeconds: z.int(), highSeconds: z.int(), from: Timestamp.nullable(), to: Timestamp.nullable(),
  formula: z.string(), inputs: z.record(z.string(), z.number()), text: z.string(),
  accuracy: z.object({ checked: z.int(), inside: z.int() }),
  /** The newer half of what it goes by took longer, or shorter, than the older half, beyond chance (Mann and Whitney, p < 0.01); null: no such thing is seen. */
  trend: z.enum(['longer', 'shorter']).nullable(),
});
/** GET /queues/:id/expected-wait: for somebody who comes now. Null: there is not enough to say it by. */
export const ExpectedWaitView = z.object({ waiting: z.int(), present: z.int(), wait: RangeView.nullable(), reply: RangeView.nullable() });
export type ExpectedWaitView = z.infer<typeof ExpectedWaitView>;
