import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { startSpeaking, translate } from '../../../platform/browser/i18n.ts';
import { everySentence } from '../../../testing/screen.tsx';
import { aTicket, ME } from '../../../testing/ticket-desk.tsx';
import { ACTION_TYPES, type Action } from '../core/actions.ts';
import { EVENTS } from '../core/causes.ts';
import { type Effect, REASONS, type RuleVersionView } from '../core/contract.ts';
import { effectInWords, undoOf } from '../core/effects.ts';
import { ruleInWords } from '../core/sentence.ts';
import { changesBetween } from '../core/versions.ts';
import { draftOf, faultsOf, isFinished, NEW_DRAFT, ruleOf } from './settings/draft.ts';

const [TEAM, PERSON, HOOK] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002', '018f0000-0000-7000-8000-000000000003'];
const NAMES: Record<string, string> = { [TEAM]: 'Poland', [PERSON]: 'Ivan', [HOOK]: 'Stock' };
const words = (locale: string) => ({ locale, t: translate, nameOf: (_of: string, id: string) => NAMES[id] });
const speak = (language: (typeof LANGUAGES)[number]) => {
  i18n.setMessagesCompiler(compileMessage);
  return startSpeaking(async (wished) => everySentence(wished), language);
};

const ALL: readonly Action[] = [
  { type: 'set_status', status: 'waiting_third_party' }, { type: 'set_priority', priority: 'urgent' }, { type: 'set_kind', kind: 'complaint' }, { type: 'set_team', teamId: TEAM },
  { type: 'set_team', teamId: null }, { type: 'set_assignee', personId: PERSON }, { type: 'set_assignee', personId: null }, { type: 'set_language', language: 'pl' },
  { type: 'add_tags', tags: ['vip', 'kettle'] }, { type: 'remove_tags', tags: ['vip'] }, { type: 'note', text: 'Look.' }, { type: 'reply', texts: { en: 'Hello' } },
  { type: 'notify', to: 'lead', text: 'Look.' }, { type: 'notify', to: { personId: PERSON }, text: 'Look.' }, { type: 'escalate', text: '' },
  { type: 'follow_up', in: { amount: 2, unit: 'days' }, text: 'Ask.' }, { type: 'webhook', webhookId: HOOK },
  { type: 'checklist', templateId: HOOK }, { type: 'macro', macroId: HOOK }, { type: 'approval', reviewers: { by: 'people', ids: [PERSON] } },
];
const LEFT_OVER = /automation\.|tickets\.|conditions\.|[{}]|undefined/;

test.each(LANGUAGES)('in %s every rule, every effect and every reason is a sentence', async (language) => {
  await speak(language);
  const said = [
    ruleInWords({ trigger: { on: 'event', events: [...EVENTS] }, conditions: { version: 1, all: [] }, actions: ALL }, words(language)),
    ruleInWords({ trigger: { on: 'time' }, conditions: { version: 1, all: [{ field: 'waitingSince', operator: 'older_than', value: { amount: 2, unit: 'days' } }] }, actions: ALL.slice(0, 1) }, words(language)),
    ...REASONS.map((reason) => effectInWords({ type: 'reply', effect: 'refused', reason, from: null, to: null }, words(language))),
    ...EVENTS.map((event) => translate(`automation.event.${event}`)), ...ACTION_TYPES.map((type) => translate(`automation.action.${type}`)),
  ];
  for (const one of said) expect(one).not.toMatch(LEFT_OVER);
  expect(new Set(ACTION_TYPES.map((type) => translate(`automation.action.${type}`))).size).toBe(ACTION_TYPES.length);
});

test('a rule reads as one would say it', async () => {
  await speak('en');
  expect(ruleInWords({
    trigger: { on: 'event', events: ['ticket.created'] }, conditions: { version: 1, all: [{ field: 'language', operator: 'is', value: 'pl' }] },
    actions: [{ type: 'set_team', teamId: TEAM }, { type: 'add_tags', tags: ['pl'] }],
  }, words('en'))).toBe('When a ticket is created, and Language is Polish: give it to the team “Poland” and add “pl” to its tags.');
  expect(ruleInWords({
    trigger: { on: 'event', events: ['message.received'] }, actions: [{ type: 'set_status', status: 'resolved' }],
    conditions: { version: 1, all: [{ field: 'messageThanks', operator: 'is', value: true }, { field: 'insideHours', operator: 'is', value: false }] },
  }, words('en'))).toBe('When a customer writes, and Message only says thanks and not “Inside working hours”: set the status to Resolved.');
  expect(effectInWords({ type: 'set_team', effect: 'changes', reason: null, from: null, to: TEAM }, words('en'))).toBe('Set the team: No team → Poland');
  expect(effectInWords({ type: 'set_status', effect: 'nothing', reason: 'already_so', from: null, to: null }, words('en'))).toBe('Set the status: not done. It was so already.');
});

test('a draft says all that is missing, and is sent as it was read', () => {
  expect(faultsOf({ ...NEW_DRAFT, trigger: { on: 'event', events: [] }, hourlyLimit: 'many' })).toEqual(['name', 'events', 'actions', 'limit']);
  expect(faultsOf({ ...NEW_DRAFT, name: 'x', trigger: { on: 'time' } })).toEqual(['age', 'actions']);
  const rule = { name: 'Remind', description: '', trigger: { on: 'time' as const }, conditions: { version: 1 as const, all: [{ field: 'waitingSince', operator: 'older_than' as const, value: { amount: 2, unit: 'days' as const } }] }, calendarId: null, actions: [...ALL], hourlyLimit: 50, includeExisting: true, teamId: null };
  expect(faultsOf(draftOf(rule))).toEqual([]);
  expect(ruleOf(draftOf(rule))).toEqual(rule);
  for (const type of ACTION_TYPES) expect(isFinished({ type })).toBe(['spam', 'not_spam', 'keep_resolved', 'route_team', 'escalate', 'approval'].includes(type));
  expect(faultsOf(draftOf({ ...rule, conditions: { version: 1, all: [{ field: 'message', operator: 'contains', value: 'x' }, ...rule.conditions.all] } }))).toEqual(['conditions']);
});

const changed = (type: string, from: string | null, to: string | null): Effect => ({ type, effect: 'changes', reason: null, from, to });

test('an effect is taken back only while the ticket still stands as the rule left it', () => {
  const ticket = aTicket(1, { status: 'resolved', priority: 'urgent', team: { id: TEAM, name: 'Poland' }, assignee: ME });
  expect(undoOf(changed('set_status', 'open', 'resolved'), ticket)).toEqual({ status: 'open' });
  expect(undoOf(changed('set_status', 'open', 'waiting_customer'), ticket)).toBeNull();
  expect(undoOf(changed('set_status', 'new', 'resolved'), ticket)).toBeNull();
  expect(undoOf(changed('set_team', null, TEAM), ticket)).toEqual({ teamId: null });
  expect(undoOf(changed('set_assignee', PERSON, ME.id), ticket)).toEqual({ assigneeId: PERSON });
  expect(undoOf(changed('escalate', 'high', 'urgent'), ticket)).toEqual({ priority: 'high' });
  const tagged = aTicket(1, { tags: ['old', 'new'] });
  expect(undoOf(changed('add_tags', 'old', 'old, new'), tagged)).toEqual({ tags: ['old'] });
  expect(undoOf(changed('add_tags', '', 'new'), tagged)).toBeNull();
  expect(undoOf(changed('remove_tags', 'old, new, gone', 'old, new'), tagged)).toEqual({ tags: ['old', 'new', 'gone'] });
  expect(undoOf(changed('reply', null, null), ticket)).toBeNull();
  expect(undoOf({ ...changed('set_priority', 'high', 'urgent'), effect: 'refused' }, ticket)).toBeNull();
});

test('two versions are compared part by part', async () => {
  await speak('en');
  const first: RuleVersionView['definition'] = {
    name: 'Poland', description: '', trigger: { on: 'event', events: ['ticket.created'] }, conditions: { version: 1, all: [] }, calendarId: null,
    actions: [{ type: 'note', text: 'Look.' }], hourlyLimit: 1_000, includeExisting: false, teamId: null,
  };
  expect(changesBetween(null, first, words('en')).map(({ part }) => part)).toEqual(['name', 'when', 'if', 'what', 'hours', 'limit', 'existing']);
  expect(changesBetween(first, { ...first, hourlyLimit: 20, actions: [{ type: 'note', text: 'Look again.' }] }, words('en'))).toEqual([
    { part: 'what', from: 'add a note: “Look.”', to: 'add a note: “Look again.”' }, { part: 'limit', from: '1,000', to: '20' },
  ]);
  expect(changesBetween(first, first, words('en'))).toEqual([]);
});
