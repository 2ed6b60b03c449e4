import { expect, test } from 'vitest';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { demandVersion, needsOf, type Policy } from './approval.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const ticket = { kind: 'complaint', teamId: null, tags: [] } as unknown as TicketState;
const policy: Policy = { id: '1', name: 'Complaints', enabled: true, conditions: { version: 1, all: [{ field: 'kind', operator: 'is', value: 'complaint' }] }, writers: ['agent'], channels: ['email'], reviewers: { by: 'leads' }, createdAt: NOW, updatedAt: NOW };
const needs = (change: Partial<Policy>, of: TicketState = ticket, written: Parameters<typeof needsOf>[3] = { writer: 'agent', channel: 'email' }) =>
  needsOf([{ ...policy, ...change }], TICKET_FIELDS, of, written, { now: NOW }).length > 0;

test('a policy holds for its tickets, writers and ways, while it is on', () => {
  expect(needs({})).toBe(true);
  expect(needs({ conditions: null }, { ...ticket, kind: 'praise' })).toBe(true);
  expect(needs({}, { ...ticket, kind: 'praise' })).toBe(false);
  expect(needs({ enabled: false })).toBe(false);
  expect(needs({}, ticket, { writer: 'lead', channel: 'email' })).toBe(false);
  expect(needs({}, ticket, { writer: 'agent', channel: 'chat' })).toBe(false);
});

test('a condition that nobody understands any more lets nothing pass', () => {
  expect(needs({ conditions: { version: 1, all: [{ field: 'amount', operator: 'greater', value: 100 }] } as never })).toBe(true);
});

test('what is decided is what was read, once', () => {
  expect(() => demandVersion({ state: 'waiting', version: 2 }, ['waiting'], 2)).not.toThrow();
  expect(() => demandVersion({ state: 'waiting', version: 3 }, ['waiting'], 2)).toThrow(expect.objectContaining({ code: 'approval.changed_meanwhile' }));
  expect(() => demandVersion({ state: 'approved', version: 2 }, ['waiting'], 2)).toThrow(expect.objectContaining({ code: 'approval.decided' }));
});
