import { expect, test } from 'vitest';
import { createVault } from './vault.ts';

test('what was sealed comes back, and looks different every time', () => {
  const vault = createVault(['a secret of the installation']);
  const sealed = vault.seal('mailbox 1', 'пароль');

  expect(vault.open('mailbox 1', sealed)).toBe('пароль');
  expect(vault.seal('mailbox 1', 'пароль')).not.toBe(sealed);
  expect(sealed).not.toContain(Buffer.from('пароль').toString('base64url'));
});

test('what was moved, changed, cut or sealed under another secret is refused', () => {
  const vault = createVault(['a secret of the installation']);
  const sealed = vault.seal('mailbox 1', 'password');
  const changed = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;

  expect(() => vault.open('mailbox 2', sealed)).toThrow('vault.unreadable');
  for (const bad of [changed, sealed.slice(0, 20), '', 'v1..', 'v2.00000000.AAAA']) expect(() => vault.open('mailbox 1', bad)).toThrow('vault.unreadable');
  expect(() => createVault(['another secret, long enough']).open('mailbox 1', sealed)).toThrow('vault.unreadable');
});

test('after a rotation the old is readable and known to be old', () => {
  const sealed = createVault(['the first secret']).seal('x', 'password');
  const vault = createVault(['the second secret', 'the first secret']);

  expect(vault.open('x', sealed)).toBe('password');
  expect(vault.isOld(sealed)).toBe(true);
  expect(vault.isOld(vault.seal('x', 'password'))).toBe(false);
});
