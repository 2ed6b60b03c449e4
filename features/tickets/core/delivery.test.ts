import { expect, test } from 'vitest';
import { deliveryPhase } from './delivery.ts';

const now = new Date('2026-11-12T10:00:00Z');
const delivery = { mailId: 'm', state: 'queued', undoUntil: null, at: null, response: null, attempts: 0 } as const;

test('counts down while it can be taken back, and names the time of what is far away', () => {
  expect(deliveryPhase({ ...delivery, undoUntil: '2026-11-12T10:00:09.200Z' }, now)).toEqual({ phase: 'undoable', seconds: 10 });
  expect(deliveryPhase({ ...delivery, undoUntil: '2026-11-12T09:59:59Z' }, now)).toEqual({ phase: 'queued', seconds: 0 });
  expect(deliveryPhase({ ...delivery, undoUntil: '2026-11-13T09:00:00Z' }, now)).toMatchObject({ phase: 'later' });
  expect(deliveryPhase({ ...delivery, state: 'waiting', undoUntil: '2026-11-12T10:00:05Z' }, now)).toMatchObject({ phase: 'undoable' });
});

test('tells a first try from a further one', () => {
  expect(deliveryPhase({ ...delivery, attempts: 2 }, now).phase).toBe('trying_again');
  expect(deliveryPhase({ ...delivery, state: 'sending', attempts: 1 }, now).phase).toBe('sending');
  expect(deliveryPhase({ ...delivery, state: 'failed', attempts: 8 }, now).phase).toBe('failed');
  expect(deliveryPhase({ ...delivery, state: 'waiting' }, now).phase).toBe('waiting');
  expect(deliveryPhase({ ...delivery, state: 'accepted', attempts: 1 }, now).phase).toBe('accepted');
});
