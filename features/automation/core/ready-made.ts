import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { KINDS } from '../../tickets/core/contract.ts';
import type { Action } from './actions.ts';
import { USUAL_HOURLY_LIMIT, type Trigger } from './contract.ts';
import { READY_NAMES, READY_TEXTS, type ReadyKey } from './ready-made-words.ts';

/** Raised when a rule is added, so that workspaces get what they do not have yet. */
export const READY_MADE_NUMBER = 2;

type Ready = {
  readonly name: string; readonly description: string; readonly trigger: Trigger; readonly conditions: Condition; readonly calendarId: null; readonly actions: readonly Action[];
  readonly hourlyLimit: number; readonly includeExisting: boolean;
};

const test = (field: string, operator: string, value?: unknown) => ({ field, operator, ...(value !== undefined && { value }) });
const all = (...parts: unknown[]): Condition => ({ version: 1, all: parts } as unknown as Condition);
const on = (...events: Extract<Trigger, { on: 'event' }>['events']): Trigger => ({ on: 'event', events });
const days = (amount: number) => ({ amount, unit: 'days' });
const reply = (words: keyof typeof READY_TEXTS): Action => ({ type: 'reply', texts: READY_TEXTS[words] });
const waiting = (amount: number) => all(test('status', 'is', 'waiting_customer'), test('lastMessageAt', 'older_than', days(amount)));

const rulesFor = (language: Language): readonly (readonly [ReadyKey, Pick<Ready, 'trigger' | 'conditions' | 'actions'>])[] => [
  // Mailboxes can acknowledge by themselves; a sender gets one such answer a day, whichever of them writes it.
  ['acknowledge', { trigger: on('ticket.created'), conditions: all(test('by', 'is', 'customer'), test('channel', 'is', 'email')), actions: [reply('acknowledge')] }],
  ['out_of_hours', { trigger: on('ticket.created'), conditions: all(test('by', 'is', 'customer'), test('channel', 'is', 'email'), test('insideHours', 'is', false)), actions: [reply('out_of_hours')] }],
  ['thanks', {
    trigger: on('message.received'), conditions: all(test('status', 'is', 'resolved'), test('messageThanks', 'is', true)),
    actions: [{ type: 'keep_resolved' }],
  }],
  ['angry', { trigger: on('message.received'), conditions: all(test('messageAngry', 'is', true)), actions: [{ type: 'add_tags', tags: ['angry?'] }] }],
  ['legal', { trigger: on('message.received'), conditions: all(test('messageLegal', 'is', true)), actions: [{ type: 'add_tags', tags: ['legal?'] }, { type: 'notify', to: 'lead', text: READY_TEXTS.legal[language] }] }],
  ['by_kind', { trigger: on('ticket.created', 'ticket.changed'), conditions: all(test('kind', 'is', 'complaint'), test('priority', 'in', ['low', 'normal'])), actions: [{ type: 'set_priority', priority: 'high' }] }],
  ['by_language', { trigger: on('ticket.created'), conditions: all(test('language', 'in', LANGUAGES.filter((one) => one !== language)), test('team', 'empty')), actions: [{ type: 'route_team', by: 'language', teams: {} }] }],
  ['route_kind', { trigger: on('ticket.created', 'ticket.changed'), conditions: all(test('team', 'empty'), test('kind', 'in', KINDS.filter((kind) => kind !== 'question'))), actions: [{ type: 'route_team', by: 'kind', teams: {} }] }],
  ['remind', { trigger: { on: 'time' }, conditions: waiting(3), actions: [reply('remind')] }],
  ['remind_again', { trigger: { on: 'time' }, conditions: waiting(7), actions: [reply('remind_again')] }],
  ['close_waiting', { trigger: { on: 'time' }, conditions: waiting(14), actions: [reply('close_waiting'), { type: 'set_status', status: 'resolved' }] }],
  ['close_resolved', { trigger: { on: 'time' }, conditions: all(test('status', 'is', 'resolved'), test('resolvedAt', 'older_than', days(14))), actions: [{ type: 'set_status', status: 'closed' }] }],
];

/**
 * The rules that every workspace begins with, all of them switched off: what writes to customers or moves tickets is for people to decide.
 * Colleagues are told in the language of the workspace, customers in theirs.
 */
export const readyMade = (language: Language): { key: ReadyKey; definition: Ready }[] =>
  rulesFor(language).map(([key, rule]) => ({
    key, definition: { ...READY_NAMES[key][language], calendarId: null, hourlyLimit: USUAL_HOURLY_LIMIT, includeExisting: false, ...rule },
  }));
