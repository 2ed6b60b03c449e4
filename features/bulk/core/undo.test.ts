import { expect, test } from 'vitest';
import { AWAKE, type TicketState } from '../../tickets/core/ticket.ts';
import { didNothing, traceOf, wayBack } from './undo.ts';

const ticket = (more: Partial<TicketState> = {}) => ({ status: 'open', priority: 'normal', kind: 'question', teamId: null, assigneeId: null, tags: ['a'], ...AWAKE, ...more }) as TicketState;
const NOTHING = { entryId: null, approvalId: null };

test('the way back puts back what is still as it was left, and keeps what somebody touched since', () => {
  const trace = traceOf(ticket(), ticket({ priority: 'urgent', tags: ['a', 'b'], assigneeId: 'ana' }), NOTHING);
  expect(Object.keys(trace.after)).toEqual(['priority', 'assigneeId', 'tags']);
  expect(wayBack(trace, ticket({ priority: 'urgent', tags: ['a', 'b'], assigneeId: 'ben' }))).toEqual({ change: { priority: 'normal', tags: ['a'] }, kept: true });
  expect(wayBack(trace, ticket({ priority: 'urgent', tags: ['a', 'b'], assigneeId: 'ana' })).kept).toBe(false);
});

test('what is back already was not touched by anybody', () => {
  const trace = traceOf(ticket(), ticket({ assigneeId: 'ana', priority: 'low' }), NOTHING);
  expect(wayBack(trace, ticket({ priority: 'low' }))).toEqual({ change: { priority: 'normal' }, kept: false });
});

test('nothing becomes new again', () => {
  const trace = traceOf(ticket({ status: 'new' }), ticket({ status: 'resolved' }), NOTHING);
  expect(wayBack(trace, ticket({ status: 'resolved' }))).toEqual({ change: { status: 'open' }, kept: false });
});

test('what changed nothing, set nothing aside and wrote nothing did nothing', () => {
  expect(didNothing(traceOf(ticket(), ticket(), NOTHING))).toBe(true);
  expect(didNothing(traceOf(ticket(), ticket({ snoozedAt: new Date(0) }), NOTHING))).toBe(false);
  expect(didNothing(traceOf(ticket(), ticket(), { entryId: 'e', approvalId: null }))).toBe(false);
});
