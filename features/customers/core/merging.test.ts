import { expect, test } from 'vitest';
import { joined, ownAfter, type Facts } from './merging.ts';

const facts = (given: Partial<Facts>): Facts => ({ name: '', language: null, agentId: null, fields: {}, ...given });

test('a record that takes others in keeps its own word and is filled from them, the first before the later', () => {
  const own = facts({ name: 'Maria', fields: { size: 'M' } });
  const others = [facts({ name: 'M. Petrova', language: 'bg', fields: { size: 'L', card: '7' } }), facts({ language: 'ru', agentId: 'p1', fields: { card: '8' } })];
  expect(joined(own, others)).toEqual(facts({ name: 'Maria', language: 'bg', agentId: 'p1', fields: { size: 'M', card: '7' } }));
});

test('what was said since is its own; what came along is not', () => {
  const own = facts({ name: 'Maria', fields: { size: 'M' } });
  const before = joined(own, [facts({ language: 'bg', agentId: 'p1', fields: { card: '7', note: 'x' } })]);
  expect(ownAfter(own, before, { ...before, language: 'ru', fields: { card: '9', note: 'x' } })).toEqual(facts({ name: 'Maria', language: 'ru', fields: { card: '9' } }));
  expect(ownAfter(own, before, before)).toEqual(own);
  expect(ownAfter(null, before, { ...before, name: 'Anna' })).toBeNull();
});
