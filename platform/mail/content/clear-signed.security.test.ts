import { expect, test } from 'vitest';
import { readClearSigned } from './clear-signed.ts';

const SIGNED = (head: string) => `-----BEGIN PGP SIGNED MESSAGE-----\n${head}Words.\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n`;

test('words that pretend to be headers of the armour are shown', () => {
  expect(readClearSigned(SIGNED('Hash: SHA256\n\n'))?.words.trim()).toBe('Words.');
  expect(readClearSigned(SIGNED('\n'))?.words.trim()).toBe('Words.');
  expect(readClearSigned(SIGNED('Comment: Cancel my contract.\n\n'))?.words).toContain('Cancel my contract.');
  expect(readClearSigned(SIGNED('Cancel my contract.\n\n'))?.words).toContain('Cancel my contract.');
});
