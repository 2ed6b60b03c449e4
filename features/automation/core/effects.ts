import { languageName, type Words } from '../../conditions/core/describe.ts';
import type { TicketPatch, TicketView } from '../../tickets/core/contract.ts';
import type { Effect } from './contract.ts';

type Say = (value: string | null, words: Words) => string;

const named = (of: string, none: string): Say => (value, { t, nameOf }) => (value === null ? t(none) : nameOf?.(of, value) ?? t('conditions.value_gone'));
const chosen = (what: string): Say => (value, { t }) => (value === null ? '' : t(`tickets.${what}.${value}`));

const moment: Say = (value, { locale }) => (value === null ? '' : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value)));
const kept = (of: string): Say => (value, { t, nameOf }) => (value === null ? '' : nameOf?.(of, value) ?? t('conditions.value_gone'));

const VALUES: Readonly<Record<string, Say>> = {
  set_status: chosen('status'), keep_resolved: chosen('status'), route_team: named('team', 'tickets.no_team'), set_priority: chosen('priority'), set_kind: chosen('kind'), escalate: chosen('priority'),
  set_team: named('team', 'tickets.no_team'), set_assignee: named('person', 'tickets.unassigned'),
  follow_up: moment, webhook: kept('webhook'), checklist: kept('checklist'), macro: kept('macro'),
  set_private: (value, { t }) => (value === null ? '' : t(`automation.private.${value}`)), set_brand: named('brand', 'tickets.no_brand'), set_office: named('office', 'tickets.no_office'),
  set_policy: named('policy', 'automation.policy.by_conditions'), set_queue: (value, words) => (value === 'none' ? words.t('automation.queue.none') : named('queue', 'automation.queue.by_conditions')(value, words)),
  snooze: (value, words) => (value === 'customer' ? words.t('automation.snooze.customer') : moment(value, words)), promise: moment, add_follower: kept('person'),
  merge: (value) => (value === null ? '' : `#${value}`),
  set_language: (value, { locale, t }) => (value === null ? t('tickets.language.unknown') : languageName(value, locale)),
};
const asItIs: Say = (value) => value ?? '';

/** What an action did or would do to a ticket, with the reason where it did nothing. */
export function effectInWords({ type, effect, reason, from, to }: Effect, words: Words): string {
  const { t } = words;
  const what = t(`automation.action.${type}`);
  if (effect !== 'changes') return t('automation.effect.without', { what, why: reason === null ? t(`automation.effect.${effect}`) : t(`automation.reason.${reason}`) });
  if (from === null && to === null) return what;
  const say = VALUES[type] ?? asItIs;
  const [was, is] = [say(from, words), say(to, words)];
  return was === '' ? t('automation.effect.set', { what, to: is }) : t('automation.effect.changed', { what, from: was, to: is });
}

type Back = { readonly now: (ticket: TicketView) => string | null; readonly patch: (from: string) => TicketPatch; readonly none?: TicketPatch };

/** As the log writes several tags in one. */
const SEPARATOR = ', ';
const tagsOf = (text: string): string[] => (text === '' ? [] : text.split(SEPARATOR));

/** Where the field stands now, what puts it back, and what puts "none" back where there may be none. */
const BACK: Readonly<Record<string, Back>> = {
  set_status: { now: ({ status }) => status, patch: (from) => ({ status: from as NonNullable<TicketPatch['status']> }) },
  keep_resolved: { now: ({ status }) => status, patch: () => ({ status: 'open' }) },
  route_team: { now: ({ team }) => team?.id ?? null, patch: (teamId) => ({ teamId }), none: { teamId: null } },
  set_priority: { now: ({ priority }) => priority, patch: (from) => ({ priority: from as TicketView['priority'] }) },
  escalate: { now: ({ priority }) => priority, patch: (from) => ({ priority: from as TicketView['priority'] }) },
  add_tags: { now: ({ tags }) => tags.join(SEPARATOR), patch: (from) => ({ tags: tagsOf(from) }) },
  remove_tags: { now: ({ tags }) => tags.join(SEPARATOR), patch: (from) => ({ tags: tagsOf(from) }) },
  set_kind: { now: ({ kind }) => kind, patch: (from) => ({ kind: from as TicketView['kind'] }) },
  set_language: { now: ({ language }) => language, patch: (from) => ({ language: from as NonNullable<TicketView['language']> }) },
  set_team: { now: ({ team }) => team?.id ?? null, patch: (teamId) => ({ teamId }), none: { teamId: null } },
  set_subject: { now: ({ subject }) => subject, patch: (subject) => ({ subject }) },
  set_private: { now: ({ isPrivate }) => String(isPrivate), patch: (from) => ({ isPrivate: from === 'true' }) },
  set_brand: { now: ({ brand }) => brand?.id ?? null, patch: (brandId) => ({ brandId }), none: { brandId: null } },
  set_office: { now: ({ office }) => office?.id ?? null, patch: (officeId) => ({ officeId }), none: { officeId: null } },
  set_policy: { now: ({ slaPolicyId }) => slaPolicyId, patch: (slaPolicyId) => ({ slaPolicyId }), none: { slaPolicyId: null } },
  set_queue: { now: ({ queueChoice }) => queueChoice, patch: (queueChoice) => ({ queueChoice }), none: { queueChoice: null } },
  set_assignee: { now: ({ assignee }) => assignee?.id ?? null, patch: (assigneeId) => ({ assigneeId }), none: { assigneeId: null } },
};

/** Closed is for good, and nothing becomes new again. */
const isForGood = ({ type, from, to }: Effect): boolean => type === 'set_status' && (from === 'new' || to === 'closed');

/**
 * What takes an effect back; null when it cannot be taken back, or the ticket has gone on since. Mail that left, notes and
 * what people were told stay.
 */
export function undoOf(effect: Effect, ticket: TicketView): TicketPatch | null {
  const back = BACK[effect.type];
  if (!back || effect.effect !== 'changes' || effect.from === effect.to || isForGood(effect) || back.now(ticket) !== effect.to) return null;
  return effect.from === null ? back.none ?? null : back.patch(effect.from);
}
