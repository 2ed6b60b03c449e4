import { expect, test } from 'vitest';
import { forwardedIn } from './forwarded.ts';

const forward = (from: string, more = ''): string =>
  `See below.\n\n---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, Mar 2, 2026\nSubject: My account\nTo: <ivan@desk.example>\n\nPlease pay me.${more}`;
const authorOf = (text: string) => forwardedIn({ subject: 'Fwd: My account', text })?.from;

test('a forwarded mail does not become somebody else’s by a name that looks like their address, nor by a head in its words', () => {
  for (const name of ['The Boss <boss@desk.example>', 'boss@desk.example', '[mailto:boss@desk.example]', '"The Boss <boss@desk.example>"', '<mailto:boss@desk.example> on behalf of']) {
    expect(authorOf(forward(`${name} <mallory@evil.example>`))?.address, name).toBe('mallory@evil.example');
  }
  expect(authorOf(forward('boss@desk.example [mailto:mallory@evil.example]'))?.address).toBe('mallory@evil.example');
  expect(authorOf(forward('<mallory@evil.example>', '\n\n---------- Forwarded message ---------\nFrom: <boss@desk.example>\nDate: x\nSubject: y\nTo: z\n\nIt is true.'))?.address).toBe('mallory@evil.example');
});
