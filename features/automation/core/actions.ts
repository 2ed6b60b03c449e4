import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PLAIN } from '../../../kernel/contract.ts';
import { Reviewers } from '../../approvals/core/contract.ts';
import { MAX_WHAT } from '../../commitments/core/contract.ts';
import { UNITS } from '../../conditions/core/condition.ts';
import { FieldValue } from '../../fields/core/contract.ts';
import { Kind, Priority, Status } from '../../tickets/core/contract.ts';
import { RelationSet } from '../../tickets/core/relations.ts';

export const MOST_TAGS = 30;
export const LONGEST_TAG = 50;
const Tags = z.array(z.string().trim().min(1).max(LONGEST_TAG)).min(1).max(MOST_TAGS);
export const MOST_WORDS = 10_000;
/** Of what colleagues are told. */
export const MOST_NEWS = 500;
const Words = z.string().trim().min(1).max(MOST_WORDS);

/** What may stand in the texts of rules, as `{{ticket.number}}`; everything else in double braces is refused. */
export const RULE_PLACEHOLDERS = ['customer.name', 'customer.first_name', 'ticket.number', 'ticket.subject', 'workspace.name', 'hours.next_opening'] as const;

/** Plain text in one language at least. The customer gets their own, else the workspace's, else English, else any. */
const Texts = z.partialRecord(LanguageCode, Words).refine((texts) => Object.keys(texts).length > 0, { message: 'Give the text in one language at least.' });

/** A day is 24 hours. */
export const Delay = z.strictObject({ amount: z.int().min(1).max(10_000), unit: z.enum(UNITS) });

/** Who is told. `lead`: the leads of the ticket's team; where it has none, all leads, administrators and owners. */
const Audience = z.union([z.enum(['assignee', 'team', 'lead']), z.strictObject({ personId: Id })]);
export type Audience = z.infer<typeof Audience>;

/** What a rule can do, in the order in which the screen offers it. */
export const ACTION_TYPES = [
  'set_status', 'keep_resolved', 'set_priority', 'set_kind', 'set_team', 'route_team', 'set_assignee', 'set_language', 'add_tags', 'remove_tags', 'set_field',
  'set_subject', 'set_private', 'set_brand', 'set_office', 'set_policy', 'set_queue', 'snooze', 'merge', 'relate', 'spam', 'not_spam',
  'note', 'checklist', 'reply', 'forward', 'promise', 'macro', 'approval', 'notify', 'add_follower', 'escalate', 'follow_up', 'webhook',
] as const;

export const Action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set_status'), status: Status.exclude(['new']) }),
  /** A resolved ticket stays so when this message comes: nobody waits, and nobody is told. Of rules on `message.received`, for mail and pages. */
  z.strictObject({ type: z.literal('keep_resolved') }),
  z.strictObject({ type: z.literal('set_priority'), priority: Priority }),
  z.strictObject({ type: z.literal('set_kind'), kind: Kind }),
  z.strictObject({ type: z.literal('set_team'), teamId: Id.nullable() }),
  /** The team that is named for the ticket's language or kind; for a language that none is named for, the team most of whose people speak it. Leaves tickets that have a team. */
  z.strictObject({ type: z.literal('route_team'), by: z.enum(['language', 'kind']).default('language'), teams: z.partialRecord(z.union([LanguageCode, Kind]), Id).default({}) }),
  z.strictObject({ type: z.literal('set_assignee'), personId: Id.nullable() }),
  z.strictObject({ type: z.literal('set_language'), language: LanguageCode }),
  z.strictObject({ type: z.literal('add_tags'), tags: Tags }),
  z.strictObject({ type: z.literal('remove_tags'), tags: Tags }),
  /** One of the workspace's own, by its key; null empties it. */
  z.strictObject({ type: z.literal('set_field'), field: z.string().max(40), value: FieldValue.nullable() }),
  z.strictObject({ type: z.literal('note'), text: Words }),
  /** A mail to the customer, by the rules of automatic mail. One of `savedReplyId` and `texts`. */
  z.strictObject({ type: z.literal('reply'), savedReplyId: Id.optional(), texts: Texts.optional() })
    .refine(({ savedReplyId, texts }) => (savedReplyId === undefined) !== (texts === undefined), { message: 'Give either a saved reply or texts.' }),
  z.strictObject({ type: z.literal('notify'), to: Audience, text: z.string().trim().min(1).max(MOST_NEWS) }),
  /** One priority higher, and the leads are told. */
  z.strictObject({ type: z.literal('escalate'), text: z.string().trim().max(MOST_NEWS).default('') }),
  /** After this time the ticket is opened again with a note, and its assignee is told. */
  z.strictObject({ type: z.literal('follow_up'), in: Delay, text: Words }),
  z.strictObject({ type: z.literal('webhook'), webhookId: Id }),
  z.strictObject({ type: z.literal('checklist'), templateId: Id }),
  /** Everything that it does, one after the other, and its text as a mail; `me` in it is nobody. */
  z.strictObject({ type: z.literal('macro'), macroId: Id }),
  /** From now on answers on this ticket wait until one of these has seen them. */
  z.strictObject({ type: z.literal('approval'), reviewers: Reviewers.default({ by: 'leads' }) }),
  /** With `{{ticket.subject}}` and `{{ticket.number}}`. */
  z.strictObject({ type: z.literal('set_subject'), subject: z.string().trim().min(1).max(1_000) }),
  z.strictObject({ type: z.literal('set_private'), isPrivate: z.boolean() }),
  z.strictObject({ type: z.literal('set_brand'), brandId: Id.nullable() }),
  z.strictObject({ type: z.literal('set_office'), officeId: Id.nullable() }),
  /** The service level that holds whatever the conditions of policies say; null: by these again. */
  z.strictObject({ type: z.literal('set_policy'), policyId: Id.nullable() }),
  /** `none`: out of all queues; null: by their conditions again. */
  z.strictObject({ type: z.literal('set_queue'), queue: z.union([Id, z.literal('none')]).nullable() }),
  /** Out of sight for this time, or null: until the customer writes, which always ends it. */
  z.strictObject({ type: z.literal('snooze'), in: Delay.nullable() }),
  /** Into the ticket that this one points at, or into the customer's latest other one that is not done. Only of the same customer. Nothing more is done on it then. */
  z.strictObject({ type: z.literal('merge'), into: z.enum(['linked', 'earlier']) }),
  /** What this ticket is to another one. */
  z.strictObject({ type: z.literal('relate'), kind: RelationSet.shape.kind, ticketId: Id }),
  /** The ticket is deleted as spam; the filter learns nothing by it. Nothing more is done on it then. */
  z.strictObject({ type: z.literal('spam') }),
  /** It is none after all, and as it was before. Of rules on `ticket.marked_spam`; what stands after it is done on a ticket like others. */
  z.strictObject({ type: z.literal('not_spam') }),
  /** What the customer wrote last, to one address, by the rules of automatic mail. */
  z.strictObject({ type: z.literal('forward'), to: MailAddress, text: z.string().trim().max(MOST_WORDS).default('') }),
  /** A promise to the customer. Null: whoever has the ticket, else a lead of its team, keeps it. `isWorking`: within working time, which knows no days. */
  z.strictObject({ type: z.literal('promise'), what: z.string().trim().min(1).max(MAX_WHAT).regex(PLAIN), in: Delay, isWorking: z.boolean().default(true), ownerId: Id.nullable().default(null) })
    .refine(({ in: delay, isWorking }) => !isWorking || delay.unit !== 'days', { message: 'Working time is counted in hours and minutes.', path: ['in'] }),
  z.strictObject({ type: z.literal('add_follower'), personId: Id }),
]);
export type Action = z.infer<typeof Action>;
export type ActionType = Action['type'];
