import { afterEach, expect, test, vi } from 'vitest';
import { memoryIn } from '../../../../clients/visitor/src/memory.ts';
import { createUnsaid } from './unsaid.ts';

afterEach(() => { vi.useRealTimers(); });

test('what was given and not said is there after the page went, for a day, and for nobody else', () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T09:00:00Z') });
  const memory = memoryIn(null, 'rapport.w');
  let visitor: string | undefined = 'maria';
  const unsaid = () => createUnsaid<{ kind: string }>(memory, 'answers', () => visitor);
  expect(unsaid().get()).toBeNull();
  unsaid().keep({ kind: 'claim' });
  expect(unsaid().get()).toEqual({ kind: 'claim' });
  visitor = 'ivan';
  expect(unsaid().get()).toBeNull();
  visitor = 'maria';
  vi.setSystemTime(new Date('2026-03-03T08:59:00Z'));
  expect(unsaid().get()).toEqual({ kind: 'claim' });
  vi.setSystemTime(new Date('2026-03-03T09:00:00Z'));
  expect(unsaid().get()).toBeNull();
  unsaid().keep({ kind: 'praise' });
  unsaid().forget();
  expect(unsaid().get()).toBeNull();
  memory.set('answers.maria', 'no json');
  expect(unsaid().get()).toBeNull();
});
