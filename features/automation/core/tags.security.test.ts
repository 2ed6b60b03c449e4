import { expect, test } from 'vitest';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { changeOf } from './planning.ts';

const tagged = (count: number) => ({ tags: Array.from({ length: count }, (_, i) => `t${i}`) }) as unknown as TicketState;

test('rules heap no more tags on a ticket than a person could, and take none away for it', () => {
  expect(changeOf({ type: 'add_tags', tags: ['a', 'b', 'c'] }, tagged(28))?.tags).toEqual([...tagged(28).tags, 'a', 'b']);
  expect(changeOf({ type: 'add_tags', tags: ['a'] }, tagged(40))?.tags).toEqual(tagged(40).tags);
});
