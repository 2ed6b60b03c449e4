import { beforeEach, expect, test } from 'vitest';
import { seal, sealedStorage, unseal } from './sealed.ts';
import { sealWith } from './storage.ts';

const key = (n: number): string => btoa(String.fromCharCode(...new Uint8Array(32).fill(n)));
const WORDS = 'Words of Ana: чайник 🫖 '.repeat(5_000);

beforeEach(() => localStorage.clear());

test('what lies in the browser is readable with the key of its writer alone, also after the secret was changed', () => {
  sealWith('ana', [key(1)]);
  sealWith('boris', [key(2)]);
  const sealed = seal('ana', WORDS);
  expect([atob(sealed.slice(3)).includes('Words of Ana'), seal('ana', WORDS) === sealed]).toEqual([false, false]);
  expect([unseal('ana', sealed), unseal('boris', sealed), unseal('cora', sealed)]).toEqual([WORDS, null, null]);
  sealWith('ana', [key(3), key(1)]);
  expect([unseal('ana', sealed), unseal('ana', seal('ana', 'new'))]).toEqual([WORDS, 'new']);
  sealWith('ana', [key(3)]);
  expect(unseal('ana', sealed)).toBeNull();
});

test('what was kept before, what is broken and what is not there', () => {
  sealWith('ana', [key(1)]);
  expect([unseal('ana', '{"html":"x"}'), unseal('ana', 's1.'), unseal('ana', 's1.%%%'), unseal('ana', seal('ana', 'x').slice(0, -4))]).toEqual(['{"html":"x"}', null, null, null]);
  const mine = sealedStorage('ana');
  mine.set('draft.ana.x', 'Words');
  expect([mine.get('draft.ana.x'), sealedStorage('boris').get('draft.ana.x'), JSON.stringify({ ...localStorage }).includes('Words'), mine.get('nothing')]).toEqual(['Words', null, false, null]);
});
