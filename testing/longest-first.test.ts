import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONG_POLES } from './long-poles.ts';

test('the files that are known to take long are there', () => {
  expect(Object.keys(LONG_POLES).filter((path) => !existsSync(join(import.meta.dirname, '..', path)))).toEqual([]);
});
