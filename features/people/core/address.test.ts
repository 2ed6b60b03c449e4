import { expect, test } from 'vitest';
import { emailKey } from './address.ts';

test('two spellings of an address are one', () => {
  expect(emailKey('  Olga@Lamp.TEST ')).toBe('olga@lamp.test');
  expect(emailKey('José@lamp.test')).toBe(emailKey('Jose\u0301@lamp.test'));
});
