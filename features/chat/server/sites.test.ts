import { expect, test } from 'vitest';
import { isAllowed, originOf } from './sites.ts';

test('a site is an origin, and a star stands for what is beneath alone', () => {
  const sites = ['https://shop.example', 'https://*.cups.example', 'http://localhost:3000'];
  const asked = ['https://shop.example', 'https://a.cups.example', 'https://a.b.cups.example', 'http://localhost:3000', 'https://cups.example', 'https://evilcups.example', 'http://a.cups.example', 'https://shop.example:8443', 'http://localhost'];
  expect(asked.map((origin) => isAllowed(sites, origin))).toEqual([true, true, true, true, false, false, false, false, false]);
  expect(['null', 'file:///x', 'javascript:1', 'https://SHOP.example/path'].map(originOf)).toEqual([null, null, null, 'https://shop.example']);
});
