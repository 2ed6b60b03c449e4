import type { Condition } from '../../conditions/core/condition.ts';
import { partsOf } from '../../conditions/core/condition.ts';
import { describe, languageName, spanInWords, type Words } from '../../conditions/core/describe.ts';
import type { Action, Audience } from './actions.ts';
import type { Trigger } from './contract.ts';
import { RULE_FIELDS } from './fields.ts';

type Said = { readonly trigger: Trigger; readonly conditions: unknown; readonly actions: readonly Action[] };

/** A rule in one sentence of the reader's language: when, if, what. */
export function ruleInWords({ trigger, conditions, actions }: Said, words: Words): string {
  const condition = conditions as Condition;
  const said = {
    events: eventsInWords(trigger, words),
    conditions: describe(condition, RULE_FIELDS, words),
    actions: actionsInWords(actions, words),
  };
  if (trigger.on === 'time') return words.t('automation.sentence.time', said);
  return words.t(partsOf(condition).length === 0 ? 'automation.sentence.always' : 'automation.sentence.event', said);
}

const eventsInWords = (trigger: Trigger, words: Words): string =>
  (trigger.on === 'event' ? listOf(trigger.events.map((event) => words.t(`automation.when.${event}`)), 'disjunction', words) : '');

export const triggerInWords = (trigger: Trigger, words: Words): string => (trigger.on === 'time' ? words.t('automation.trigger.time') : eventsInWords(trigger, words));

const listOf = (parts: readonly string[], type: 'conjunction' | 'disjunction', { locale }: Words): string => new Intl.ListFormat(locale, { type }).format(parts);

const actionsInWords = (actions: readonly Action[], words: Words): string =>
  listOf(actions.map((action) => actionInWords(action, words)), 'conjunction', words);

/** The way a wish is said: "set the team to Poland". */
export function actionInWords(action: Action, words: Words): string {
  if (action.type === 'set_team' && action.teamId === null) return words.t('automation.does.no_team');
  if (action.type === 'snooze' && action.in === null) return words.t('automation.does.snooze_customer');
  if (isEmptied(action)) return words.t(`automation.does.${action.type}.none`);
  if (action.type === 'set_queue' && action.queue === 'none') return words.t('automation.does.out_of_queues');
  if (action.type === 'set_assignee' && action.personId === null) return words.t('automation.does.no_assignee');
  return words.t(`automation.does.${action.type}`, TOLD[action.type]?.(action as never, words));
}

/** What is set to nothing. */
const isEmptied = (action: Action): boolean =>
  (action.type === 'set_brand' && action.brandId === null) || (action.type === 'set_office' && action.officeId === null) || (action.type === 'set_policy' && action.policyId === null) || (action.type === 'set_queue' && action.queue === null);

type Of<T extends Action['type']> = Extract<Action, { type: T }>;
type Told = { readonly [T in Action['type']]?: (action: Of<T>, words: Words) => Readonly<Record<string, string>> };

const tagsInWords = ({ tags }: { readonly tags: readonly string[] }, words: Words) => ({ tags: listOf(tags.map((text) => words.t('conditions.quoted', { text })), 'conjunction', words) });

/** What a wish is filled in with. */
const TOLD: Told = {
  set_status: ({ status }, { t }) => ({ value: t(`tickets.status.${status}`) }),
  set_priority: ({ priority }, { t }) => ({ value: t(`tickets.priority.${priority}`) }),
  set_kind: ({ kind }, { t }) => ({ value: t(`tickets.kind.${kind}`) }),
  set_language: ({ language }, { locale }) => ({ value: languageName(language, locale) }),
  route_team: ({ by }) => ({ by }),
  set_team: ({ teamId }, words) => ({ value: named('team', teamId ?? '', words) }),
  set_assignee: ({ personId }, words) => ({ value: named('person', personId ?? '', words) }),
  add_tags: tagsInWords,
  remove_tags: tagsInWords,
  set_field: ({ field, value }, words) => ({ field: words.nameOf?.('own_field', field) ?? field, value: value === null ? '–' : Array.isArray(value) ? value.join(' / ') : String(value) }),
  set_subject: ({ subject }, words) => ({ value: words.t('conditions.quoted', { text: subject }) }),
  set_private: ({ isPrivate }) => ({ is: String(isPrivate) }),
  set_brand: ({ brandId }, words) => ({ value: named('brand', brandId ?? '', words) }),
  set_office: ({ officeId }, words) => ({ value: named('office', officeId ?? '', words) }),
  set_policy: ({ policyId }, words) => ({ value: named('policy', policyId ?? '', words) }),
  set_queue: ({ queue }, words) => ({ value: named('queue', queue ?? '', words) }),
  snooze: ({ in: delay }, { locale }) => ({ delay: delay === null ? '' : spanInWords(delay, locale) }),
  merge: ({ into }) => ({ into }),
  relate: ({ kind }) => ({ kind }),
  forward: ({ to }) => ({ to }),
  promise: ({ what, in: delay, isWorking }, words) => ({ what: words.t('conditions.quoted', { text: what }), delay: spanInWords(delay, words.locale), working: String(isWorking) }),
  add_follower: ({ personId }, words) => ({ value: named('person', personId, words) }),
  notify: ({ to }, words) => ({ whom: audienceInWords(to, words) }),
  follow_up: ({ in: delay }, { locale }) => ({ delay: spanInWords(delay, locale) }),
  approval: ({ reviewers }, words) => ({ whom: reviewersInWords(reviewers, words) }),
  checklist: ({ templateId }, words) => ({ value: named('checklist', templateId, words) }),
  macro: ({ macroId }, words) => ({ value: named('macro', macroId, words) }),
  webhook: ({ webhookId }, words) => ({ value: named('webhook', webhookId, words) }),
};

const named = (of: string, id: string, { nameOf, t }: Words): string => {
  const name = nameOf?.(of, id);
  return name === undefined ? t('conditions.value_gone') : t('conditions.quoted', { text: name });
};

const audienceInWords = (to: Audience, words: Words): string =>
  (typeof to === 'string' ? words.t(`automation.whom.${to}`) : named('person', to.personId, words));

const reviewersInWords = (reviewers: Of<'approval'>['reviewers'], words: Words): string => {
  if (reviewers.by === 'leads') return words.t('automation.whom.lead');
  return reviewers.by === 'team' ? named('team', reviewers.id, words) : listOf(reviewers.ids.map((id) => named('person', id, words)), 'conjunction', words);
};
