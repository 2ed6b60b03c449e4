import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { LANGUAGES } from '../../../kernel/languages.ts';

export const COMPONENT_STATES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const;
export const INCIDENT_STATES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export const MAINTENANCE_STATES = ['scheduled', 'in_progress', 'completed'] as const;
/** `announcement`: news with a beginning and an end, which touches no component. */
export const INCIDENT_KINDS = ['incident', 'maintenance', 'announcement'] as const;
export const IncidentKind = z.enum(INCIDENT_KINDS);
export type IncidentKind = z.infer<typeof IncidentKind>;
export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;
export const ComponentState = z.enum(COMPONENT_STATES);
export type ComponentState = z.infer<typeof ComponentState>;
export const State = z.enum([...INCIDENT_STATES, ...MAINTENANCE_STATES]);
export type State = z.infer<typeof State>;
export const Impact = z.enum(IMPACTS);
export type Impact = z.infer<typeof Impact>;

/** By language; one at least. Whoever reads another language gets English, else whatever there is. */
const texts = (max: number) => z.partialRecord(z.enum(LANGUAGES), z.string().trim().min(1).max(max)).refine((given) => Object.keys(given).length > 0, { message: 'Give the text in one language at least.' });
export const Names = texts(100);
export const Texts = texts(5_000);
export type Texts = z.infer<typeof Texts>;

export const LIMITS = { components: 100, tickets: 2_000, open: 50 } as const;

/** GET /status-components, in their order. POST → 201, PATCH /status-components/:id; DELETE takes it off the page, its history stays. */
export const ComponentView = z.object({ id: Id, names: Names, state: ComponentState, place: z.int(), updatedAt: Timestamp });
export type ComponentView = z.infer<typeof ComponentView>;
export const ComponentList = z.object({ items: z.array(ComponentView) });
export const ComponentCreate = z.strictObject({ names: Names });
export const ComponentPatch = z.strictObject({ names: Names.optional(), state: ComponentState.optional(), place: z.int().min(1).max(LIMITS.components).optional() });
export type ComponentPatch = z.infer<typeof ComponentPatch>;

export const UpdateView = z.object({ id: Id, state: State, texts: Texts, at: Timestamp });
export const IncidentView = z.object({
  id: Id, kind: IncidentKind, titles: Names, impact: Impact, state: State, startsAt: Timestamp, endsAt: Timestamp.nullable(), endedAt: Timestamp.nullable(),
  componentIds: z.array(Id), updates: z.array(UpdateView), tickets: z.int(), /** Whether it stands above the help centre and in the chat while it lasts. */ banner: z.boolean(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type IncidentView = z.infer<typeof IncidentView>;
export const IncidentPage = pageOf(IncidentView);
/** GET /status-incidents: the newest first; `open` alone when asked for. GET /status-incidents/:id. */
export const IncidentQuery = z.strictObject({ open: z.literal('1').optional(), ...PageQuery.shape });

const Affected = z.array(z.strictObject({ id: Id, state: ComponentState })).max(LIMITS.components);
const TellWhom = { /** Whether subscribers and attached tickets are written to. */ tell: z.boolean().default(true) };
/** POST /status-incidents → 201, with its first update. Maintenance and announcements say when they begin and end; what work touches shows it between the two. */
export const IncidentCreate = z.strictObject({
  kind: IncidentKind.default('incident'), titles: Names, impact: Impact.default('minor'), state: State.optional(), texts: Texts,
  components: Affected.default([]), startsAt: z.iso.datetime({ offset: true }).optional(), endsAt: z.iso.datetime({ offset: true }).optional(), ticketIds: z.array(Id).max(100).default([]), banner: z.boolean().default(true), ...TellWhom,
});
export type IncidentCreate = z.infer<typeof IncidentCreate>;
/** POST /status-incidents/:id/updates → 201. `resolved` and `completed` end it, and set its components right that no other open one holds. */
export const UpdateCreate = z.strictObject({ state: State, texts: Texts, components: Affected.default([]), banner: z.boolean().optional(), ...TellWhom });
export type UpdateCreate = z.infer<typeof UpdateCreate>;
/** PUT and DELETE /status-incidents/:id/tickets/:ticketId: whether a ticket is about it. `tell`: it is told at once what was said last, unless it was about it already. */
export const AttachParams = z.strictObject({ id: Id, ticketId: Id });
export const AttachQuery = z.strictObject({ tell: z.literal('1').optional() });
/** POST /status-incidents/:id/attachments: many at once, by their ids or by what holds for open ones. */
export const AttachRequest = z.strictObject({ condition: ConditionJson.optional(), ticketIds: z.array(Id).min(1).max(100).optional(), tell: z.boolean().default(false) })
  .refine(({ condition, ticketIds }) => (condition === undefined) !== (ticketIds === undefined), { message: 'Give either a condition or ids.' });
export type AttachRequest = z.infer<typeof AttachRequest>;
/** `attached`: those that were not about it before. */
export const AttachResult = z.object({ matched: z.int(), attached: z.int() });
export type AttachResult = z.infer<typeof AttachResult>;
/** POST /status-incidents/matches: how many open tickets a condition holds for, counted up to 999. */
export const MatchRequest = z.strictObject({ condition: ConditionJson });
export const MatchView = z.object({ count: z.int(), more: z.boolean() });
export type MatchView = z.infer<typeof MatchView>;
/** GET /tickets/:id/status-incidents: what it is about, the newest first. */
export const IncidentList = z.object({ items: z.array(IncidentView) });

/** GET /status/notices.json?lang= → {items}, for everybody and every site, the worst first, 5 at most; `text` is the latest that was said. */
const PublicNotice = z.object({
  id: Id, kind: IncidentKind, state: State, impact: Impact, title: z.string(), text: z.string(), startsAt: Timestamp, endsAt: Timestamp.nullable(), updatedAt: Timestamp, url: z.string(),
});
export type PublicNotice = z.infer<typeof PublicNotice>;
