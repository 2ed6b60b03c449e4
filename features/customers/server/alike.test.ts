import { expect, test } from 'vitest';
import { likenessOf, tracesOf, weightOf, type Likened } from './alike.ts';

const record = (name: string, keys: readonly string[] = [], companyIds: readonly string[] = []): Likened =>
  ({ name, identities: keys.map((key) => ({ kind: key.includes('@') ? 'email' : 'phone', key })), companyIds });
const reasons = (a: Likened, b: Likened, isRare = true) => {
  const found = likenessOf(a, b, isRare);
  // Whatever is alike is found by a trace that both leave.
  if (found.length > 0) expect(tracesOf(a).filter((trace) => tracesOf(b).includes(trace))).not.toEqual([]);
  return found;
};

test.each([
  ['+359881234567', '0881234567', ['number']], ['0881234567', '881234567', ['number']], ['+359881234567', '+48881234567', []], ['0881234567', '0881234568', []], ['12345', '012345', []],
  ['ivan.petrov@gmail.com', 'ivanpetrov+shop@googlemail.com', ['address']], ['ivan+a@acme.example', 'ivan@acme.example', ['address']], ['i.van@acme.example', 'ivan@acme.example', []],
])('%s and %s: %j', (a, b, expected) => {
  expect(reasons(record('', [a]), record('', [b]))).toEqual(expected);
});

test.each([
  ['Мария Петрова', 'Petrova Mariya', ['name_spelling']], ['Maria Petrova', 'maria PETROVA', ['name']], ['محمد علي', 'Maria Petrova', []],
  ['Maria', 'Maria', []], ['Guest 12', 'Guest 12', []], ['Сергей Ершов', 'Сергей Ёршов', ['name']],
])('%s and %s: %j', (a, b, expected) => {
  expect(reasons(record(a), record(b))).toEqual(expected);
  expect(reasons(record(a), record(b), false), 'a name of many').toEqual([]);
});

test('one name at one company counts however common it is, and several reasons weigh more', () => {
  const [a, b] = [record('Ivan Ivanov', ['+359881234567'], ['acme']), record('Иван Иванов', ['0881234567'], ['other', 'acme'])];
  expect(reasons(a, b, false)).toEqual(['number', 'name_company']);
  expect(weightOf(['number', 'name_company'])).toBeGreaterThan(weightOf(['number']));
});
