import type { Condition } from '../../conditions/core/condition.ts';
import { describe, type Words } from '../../conditions/core/describe.ts';
import type { Action } from './actions.ts';
import type { RuleVersionView } from './contract.ts';
import { RULE_FIELDS } from './fields.ts';
import { actionInWords, triggerInWords } from './sentence.ts';

type Definition = RuleVersionView['definition'];
const PARTS = ['name', 'description', 'team', 'when', 'if', 'what', 'hours', 'limit', 'existing'] as const;
export type Part = (typeof PARTS)[number];
/** `from` is null where there was nothing before. */
export type Change = { readonly part: Part; readonly from: string | null; readonly to: string };

/** What a version says that the one before did not, part by part; of the first all that it says. */
export function changesBetween(before: Definition | null, after: Definition, words: Words): Change[] {
  return PARTS.flatMap((part) => {
    const [from, to] = [before && SAYS[part](before, words), SAYS[part](after, words)];
    const isSame = before ? JSON.stringify(FACTS[part](before)) === JSON.stringify(FACTS[part](after)) : to === '';
    return isSame ? [] : [{ part, from: from === '' ? null : from, to: to === '' ? '—' : to }];
  });
}

const FACTS: Record<Part, (definition: Definition) => unknown> = {
  name: ({ name }) => name, description: ({ description }) => description, team: ({ teamId }) => teamId ?? null, when: ({ trigger }) => trigger, if: ({ conditions }) => conditions,
  what: ({ actions }) => actions, hours: ({ calendarId }) => calendarId, limit: ({ hourlyLimit }) => hourlyLimit, existing: ({ includeExisting }) => includeExisting,
};

const SAYS: Record<Part, (definition: Definition, words: Words) => string> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  team: ({ teamId }, { t, nameOf }) => (teamId === null ? '' : nameOf?.('team', teamId) ?? t('conditions.value_gone')),
  when: ({ trigger }, words) => triggerInWords(trigger, words),
  if: ({ conditions }, words) => describe(conditions as Condition, RULE_FIELDS, words),
  what: ({ actions }, words) => actions.map((action) => whole(action, words)).join(' · '),
  hours: ({ calendarId }, { t, nameOf }) => (calendarId === null ? t('automation.hours.usual') : nameOf?.('calendar', calendarId) ?? t('conditions.value_gone')),
  limit: ({ hourlyLimit }, { locale }) => new Intl.NumberFormat(locale).format(hourlyLimit),
  existing: ({ includeExisting }, { t }) => t(includeExisting ? 'conditions.yes' : 'conditions.no'),
};

/** With the words that it writes, since they may be all that changed. */
function whole(action: Action, words: Words): string {
  const said = actionInWords(action, words);
  const texts = 'texts' in action && action.texts ? Object.values(action.texts as Record<string, string>) : 'text' in action && typeof action.text === 'string' ? [action.text] : [];
  return [said, ...texts.filter((text) => text !== '').map((text) => words.t('conditions.quoted', { text }))].join(': ');
}
