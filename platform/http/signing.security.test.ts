import { expect, test } from 'vitest';
import { createSigner } from './signing.ts';

test('a word of many megabytes in an answer holds nobody up while links are taken out of it', () => {
  const signer = createSigner(Buffer.alloc(32, 7));
  for (const text of ['a'.repeat(20_000_000), `${'a'.repeat(599)} `.repeat(20_000)]) {
    expect(signer.shelve(text) === text).toBe(true);
    expect(signer.unshelve(text) === text).toBe(true);
  }
});
