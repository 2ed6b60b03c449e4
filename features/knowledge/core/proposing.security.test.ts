import { expect, test } from 'vitest';
import { withoutPerson } from './article.ts';

test('a name stays in a proposed article because it is written with other signs, or is short', () => {
  expect(withoutPerson('Dear Jos\u00e9 Li, Jose\u0301 liked it.', ['Jose\u0301 Li'])).toBe('Dear … …, … liked it.');
  expect(withoutPerson('Ой, Ян!', ['Ян Й\u043e\u0432'])).toBe('Ой, …!');
});

test('one long word in an answer stops the server while an article is proposed', { timeout: 4_000 }, () => {
  expect(withoutPerson(`${'a'.repeat(60_000)} order-no-x1234x Maria`, ['Maria']).slice(60_000)).toBe(' … …');
});
