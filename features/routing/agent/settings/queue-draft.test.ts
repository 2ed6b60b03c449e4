import { expect, test } from 'vitest';
import { QueueCreate, type QueueView } from '../../core/contract.ts';
import { draftOf, queueOf, withMode } from './queue-draft.ts';

const team = '018f0000-0000-7000-8000-000000000001';
const skill = '018f0000-0000-7000-8000-000000000002';

const written = QueueCreate.parse({
  name: 'Warranty', mode: 'push', offerSeconds: 45, teamIds: [team], overflow: [{ teamId: team, afterSeconds: 600 }], headStartSeconds: 3_600, ownAgentSeconds: null,
  conditions: { version: 1, all: [{ field: 'language', operator: 'is', value: 'pl' }] },
  skills: [{ id: skill, level: 3, need: 'required', relaxAfterSeconds: 900 }], language: { level: 2, need: 'preferred' },
});

test('a queue that is opened and saved is the same queue', () => {
  expect(queueOf(draftOf(written as QueueView))).toEqual(written);
});

test('a new queue begins as one that people take from, of every ticket', () => {
  expect(queueOf({ ...draftOf(null), name: 'All' })).toEqual(QueueCreate.parse({ name: 'All', offerSeconds: null }));
});

test('what is pushed is offered first, half a minute; what is given by turns is just given', () => {
  const draft = { ...draftOf(null), name: 'Calls' };
  expect(queueOf({ ...draft, ...withMode(draft, 'push') })?.offerSeconds).toBe(30);
  expect(queueOf({ ...draft, ...withMode(draft, 'round_robin') })?.offerSeconds).toBeNull();
});

test.each([{ headStart: { amount: '', unit: 'minutes' } }, { mode: 'push', offer: { amount: '1', unit: 'seconds' } }, { ownAgent: { amount: 'x', unit: 'minutes' } }, { name: ' ' }] as const)('%j is not sent', (fault) => {
  expect(queueOf({ ...draftOf(null), name: 'All', ...fault })).toBeNull();
});
