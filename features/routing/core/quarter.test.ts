import { expect, test } from 'vitest';
import { liveQuarter } from '../../../testing/quarter/quarter.ts';

/** Nothing but arithmetic; a machine with much else to do takes its time for it. */
const PATIENCE_MS = 60_000;

test('a quarter of a small desk, made again from its event log alone, has the same clocks, kept and broken promises, assignments and counters', () => {
  const { differences, different, tickets, counters, kept, broken, assignments, byType } = liveQuarter({ tickets: 1_000, agents: 4, seed: 20_260_302 });
  expect(differences).toEqual([]);
  expect({ different, counters }).toEqual({ different: 0, counters: 12 });
  // Nothing of that which makes it hard was left out.
  expect([kept > 3 * tickets, broken > tickets / 3, assignments > tickets]).toEqual([true, true, true]);
  for (const type of ['ticket.merged', 'entry.withdrawn', 'ticket.restored', 'sla.warned', 'sla.breached', 'presence.changed']) expect([type, (byType[type] ?? 0) > 5]).toEqual([type, true]);
}, PATIENCE_MS);
