import type { Json } from '../../../kernel/json.ts';
import { PACES } from './times.ts';

export const KINDS = [
  'assigned', 'answered', 'noted', 'mentioned', 'sla_warned', 'sla_breached', 'sla_flagged', 'escalated', 'commitment_due', 'commitment_broken', 'commitment_untold', 'offered', 'nobody_free', 'rule', 'follow_up', 'rule_stopped', 'webhook_disabled', 'approval_asked', 'approval_returned', 'approval_approved', 'followed', 'followed_answered', 'followed_written', 'followed_changed', 'aside_answered', 'asked', 'ask_answered', 'reminder_due', 'deputy_named', 'deputy_released', 'draft_shared',
] as const;
export type Kind = (typeof KINDS)[number];
export const MAILS = ['off', ...PACES] as const;
/** On the bell or not; by mail or not, and how soon; to browsers that ask for it or not. */
export type Preference = { readonly bell: boolean; readonly mail: (typeof MAILS)[number]; readonly push: boolean };

const BELL: Preference = { bell: true, mail: 'off', push: true };
const BOTH: Preference = { bell: true, mail: 'soon', push: true };

/** Unless somebody says otherwise. */
export const USUAL: Readonly<Record<Kind, Preference>> = {
  assigned: BOTH, answered: BOTH, noted: BELL, mentioned: BOTH, sla_warned: BELL, sla_breached: BOTH, sla_flagged: BELL, escalated: BOTH, commitment_due: BOTH, commitment_broken: BOTH, commitment_untold: BOTH,
  offered: BELL, nobody_free: BOTH, rule: BOTH, follow_up: BOTH, rule_stopped: BOTH, webhook_disabled: BOTH, approval_asked: BOTH, approval_returned: BOTH, approval_approved: BELL, followed: BOTH, followed_answered: BELL, followed_written: BELL, followed_changed: BELL, aside_answered: BOTH, asked: BOTH, ask_answered: BOTH, reminder_due: BOTH, deputy_named: BOTH, deputy_released: BOTH, draft_shared: BELL,
};

/** What cannot wait until somebody is back; tickets and promises are their deputy's own meanwhile. */
export const FOR_DEPUTIES: ReadonlySet<Kind> = new Set(['mentioned', 'approval_asked', 'reminder_due']);

const URGENT: ReadonlySet<Kind> = new Set(['sla_breached', 'escalated', 'commitment_broken', 'nobody_free']);
/** What may come through quiet hours: what has gone wrong, and all about urgent tickets. */
export const isUrgent = (kind: Kind, matter: { readonly priority: string } | null): boolean => URGENT.has(kind) || matter?.priority === 'urgent';

type Facts = { readonly [key: string]: Json | undefined };
export type Heard = { readonly type: string; readonly ticketId: string | null; readonly subjectId: string | null; readonly actor: { readonly kind: string; readonly id: string | null }; readonly data: Facts };
/** What has to be known of the ticket of an event. */
export type Matter = { readonly assigneeId: string | null; readonly teamId: string | null; readonly followerIds: readonly string[] };
/** People by id; the leads of a team (of all teams when it has none, or there is no team); those who manage the workspace. */
export type Audience = { readonly people: readonly string[]; /** Of them those who write to customers. */ readonly who?: 'writing' } | { readonly leadsOf: string | null } | { readonly membersOf: string | null; readonly who?: 'writing' } | { readonly managers: true };
export type Concern = {
  readonly kind: Kind; readonly to: readonly Audience[]; readonly facts: Facts;
  /** Not for those who were told as one of these, of the same promise at the same moment. */
  readonly unlessTold?: readonly Kind[];
};

type Rule = (event: Heard, matter: Matter | null) => Concern | null;

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const only = (...ids: readonly (string | null | undefined)[]): Extract<Audience, { people: readonly string[] }> => ({ people: ids.filter((id) => typeof id === 'string') });
const list = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === 'string') : []);
/** Whom the policy names; else whoever has the ticket, and of those that nobody has the leads. */
function slaAudience({ data }: Heard, matter: Matter | null): Audience[] {
  const leads: Audience = { leadsOf: matter?.teamId ?? null };
  const named = list(data['notify']).map((whom): Audience => (whom === 'assignee' ? only(matter?.assigneeId) : whom === 'team' ? { membersOf: matter?.teamId ?? null } : leads));
  return named.length > 0 ? named : [matter?.assigneeId ? only(matter.assigneeId) : leads];
}
const pick = (data: Facts, ...names: readonly string[]): Facts => Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));

/** Whoever has the ticket hears of answers and notes, unless the note names them: then they hear of that. */
function ofAssignee({ data, actor }: Heard, { assigneeId }: Matter): Concern | null {
  if (!assigneeId) return null;
  if (data['direction'] === 'in' && data['begins'] !== true && data['automatic'] !== true && data['leftBy'] === undefined && actor.kind === 'customer') return { kind: 'answered', to: [only(assigneeId)], facts: pick(data, 'channel') };
  return data['type'] === 'note' ? { kind: 'noted', to: [only(assigneeId)], facts: {}, unlessTold: ['mentioned'] } : null;
}

function mentionsOf({ type, data }: Heard): Concern | null {
  if (type !== 'entry.added' || (data['people'] === undefined && data['teams'] === undefined)) return null;
  return { kind: 'mentioned', to: [{ people: list(data['people']) }, ...list(data['teams']).map((membersOf): Audience => ({ membersOf }))], facts: {} };
}

/** Whoever follows a ticket hears of what is said and decided there, unless the same concerns them more nearly. */
function ofFollowers({ type, data, actor }: Heard, matter: Matter | null): Concern | null {
  const to = [{ people: matter?.followerIds ?? [] }];
  if (type === 'ticket.changed') {
    const what = FOLLOWED_CHANGES.filter((name) => data[name] !== undefined);
    return what.length === 0 ? null : { kind: 'followed_changed', to, facts: {}, unlessTold: ['assigned'] };
  }
  if (type !== 'entry.added' || data['begins'] === true || data['automatic'] === true) return null;
  if (data['direction'] === 'in' && actor.kind === 'customer') return { kind: 'followed_answered', to, facts: pick(data, 'channel'), unlessTold: ['answered'] };
  return actor.kind === 'person' ? { kind: 'followed_written', to, facts: {}, unlessTold: ['noted', 'mentioned'] } : null;
}
const FOLLOWED_CHANGES = ['status', 'assigneeId', 'teamId'] as const;

const RULES: Readonly<Record<string, Rule>> = {
  'ticket.created': ({ data }) => (data['assigneeId'] === undefined ? null : { kind: 'assigned', to: [only(text(data['assigneeId']))], facts: {} }),
  'ticket.changed': ({ data }) => {
    const to = Array.isArray(data['assigneeId']) ? (data['assigneeId'] as readonly Json[])[1] : null;
    return typeof to === 'string' ? { kind: 'assigned', to: [only(to)], facts: {} } : null;
  },
  'entry.added': (event, matter) => (matter === null ? null : ofAssignee(event, matter)),
  // A policy that names nobody at this threshold warns nobody.
  'sla.warned': (event, matter) => (Array.isArray(event.data['notify']) && event.data['notify'].length === 0 ? null : { kind: 'sla_warned', to: slaAudience(event, matter), facts: pick(event.data, 'metric', 'percent', 'dueAt', 'late') }),
  'sla.breached': (event, matter) => ({ kind: 'sla_breached', to: [...slaAudience(event, matter), { leadsOf: matter?.teamId ?? null }], facts: pick(event.data, 'metric', 'dueAt', 'late') }),
  'sla.escalated': ({ data }, matter) => ({ kind: 'escalated', to: [{ leadsOf: matter?.teamId ?? null }], facts: pick(data, 'metric', 'percent'), unlessTold: ['sla_warned', 'sla_breached'] }),
  'sla.flagged': ({ data }, matter) => ({ kind: 'sla_flagged', to: [{ leadsOf: matter?.teamId ?? null }], facts: pick(data, 'kind', 'count') }),
  'commitment.due_soon': ({ data }) => ({ kind: 'commitment_due', to: [only(text(data['ownerId']))], facts: pick(data, 'dueAt', 'late') }),
  // What is not due yet is in the deputy's list and says so when it is.
  'commitment.handed_over': ({ data }) => (data['state'] === 'made' ? null : { kind: data['state'] === 'broken' ? 'commitment_broken' : 'commitment_due', to: [only(text(data['ownerId']))], facts: pick(data, 'dueAt') }),
  'commitment.broken': ({ data }, matter) => ({ kind: 'commitment_broken', to: [only(text(data['ownerId'])), { leadsOf: text(data['teamId']) ?? matter?.teamId ?? null }], facts: pick(data, 'dueAt', 'late') }),
  'commitment.untold': ({ data }) => ({ kind: 'commitment_untold', to: [only(text(data['ownerId']))], facts: pick(data, 'dueAt', 'reason') }),
  'routing.offered': ({ data }) => ({ kind: 'offered', to: [only(text(data['personId']))], facts: pick(data, 'expiresAt') }),
  'routing.nobody_free': ({ data }, matter) => ({ kind: 'nobody_free', to: [{ leadsOf: text(data['teamId']) ?? matter?.teamId ?? null }], facts: pick(data, 'queueId', 'queue') }),
  'automation.notify_asked': ({ data }) => ({ kind: 'rule', to: [{ people: list(data['personIds']) }], facts: pick(data, 'text', 'ruleId', 'name') }),
  'automation.escalated': ({ data }) => ({ kind: 'escalated', to: [{ people: list(data['personIds']) }], facts: pick(data, 'text', 'ruleId', 'name') }),
  'automation.follow_up_due': ({ data }) => ({ kind: 'follow_up', to: [{ people: list(data['personIds']) }], facts: pick(data, 'dueAt', 'late', 'name') }),
  'automation.stopped': ({ data }) => ({ kind: 'rule_stopped', to: [{ managers: true }], facts: pick(data, 'reason', 'name', 'ruleId') }),
  // Of a team that team; of everybody those whom the ticket concerns.
  'draft.shared': ({ data }, matter) => ({ kind: 'draft_shared', to: typeof data['teamId'] === 'string' ? [{ membersOf: text(data['teamId']), who: 'writing' }] : [{ ...only(matter?.assigneeId, ...matter?.followerIds ?? []), who: 'writing' }], facts: {} }),
  'approval.asked': ({ data }) => ({ kind: 'approval_asked', to: [{ people: list(data['personIds']) }], facts: pick(data, 'reason') }),
  'approval.returned': ({ data }) => ({ kind: 'approval_returned', to: [{ people: list(data['personIds']) }], facts: pick(data, 'reason') }),
  'approval.approved': ({ data }) => ({ kind: 'approval_approved', to: [{ people: list(data['personIds']) }], facts: pick(data, 'reason') }),
  'aside.answered': ({ data }, matter) => (data['automatic'] === true ? null : { kind: 'aside_answered', to: [only(text(data['startedBy']), matter?.assigneeId)], facts: {} }),
  'ask.asked': ({ data }) => ({ kind: 'asked', to: [only(text(data['personId']))], facts: {} }),
  'ask.answered': ({ data }) => ({ kind: 'ask_answered', to: [only(text(data['personId']))], facts: {} }),
  'reminder.due': ({ data }) => ({ kind: 'reminder_due', to: [only(text(data['personId']))], facts: {} }),
  'ticket.followed': ({ data }) => ({ kind: 'followed', to: [only(text(data['personId']))], facts: {} }),
  'absence.planned': ({ data }) => ({ kind: 'deputy_named', to: [only(text(data['deputyId']))], facts: pick(data, 'name', 'from', 'to') }),
  'absence.removed': ({ data }) => ({ kind: 'deputy_released', to: [only(text(data['deputyId']))], facts: pick(data, 'name') }),
  'webhook.disabled': ({ data }) => ({ kind: 'webhook_disabled', to: [{ managers: true }], facts: pick(data, 'reason') }),
};

export const HEARD: readonly string[] = Object.keys(RULES);

/**
 * Whom an event concerns, and how. `matter` is the ticket as it is a moment later: when somebody else has it by then, they are the one to
 * be told. Nobody is told what they did themselves; that is for the caller, who knows who they are.
 */
export const concernsOf = (event: Heard, matter: Matter | null): Concern[] =>
  [mentionsOf(event), RULES[event.type]?.(event, matter) ?? null, ofFollowers(event, matter)].filter((concern) => concern !== null);

/** Somebody who has the ticket, for asking what an event could mean at most. */
const SOMEBODY: Matter = { assigneeId: 'somebody', teamId: 'somewhere', followerIds: ['somebody'] };

/** Whether it can concern anybody, whoever has the ticket: most of what happens (a customer's first letter) does not. */
export const mayConcern = (event: Heard): boolean =>
  concernsOf(event, SOMEBODY).some(({ to }) => to.some((audience) => !('people' in audience) || audience.people.length > 0));
