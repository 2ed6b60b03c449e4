import { expect, test } from 'vitest';
import { sealedColumn } from './sealed.ts';
import { createVault } from './vault.ts';

const PASSWORD = sealedColumn('mailboxes', 'password', { key: 'id' });
const at = (id: string) => PASSWORD.place('w', id);

test('what was sealed comes back, and looks different every time', () => {
  const vault = createVault(['a secret of the installation'], [PASSWORD]);
  const sealed = vault.seal(at('mailbox 1'), 'пароль');

  expect(vault.open(at('mailbox 1'), sealed)).toBe('пароль');
  expect(vault.seal(at('mailbox 1'), 'пароль')).not.toBe(sealed);
  expect(sealed).not.toContain(Buffer.from('пароль').toString('base64url'));
});

test('what was moved, changed, cut or sealed under another secret is refused', () => {
  const vault = createVault(['a secret of the installation'], [PASSWORD]);
  const sealed = vault.seal(at('mailbox 1'), 'password');
  const changed = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;

  expect(() => vault.open(at('mailbox 2'), sealed)).toThrow('vault.unreadable');
  for (const bad of [changed, sealed.slice(0, 20), '', 'v1..', 'v2.00000000.AAAA']) expect(() => vault.open(at('mailbox 1'), bad)).toThrow('vault.unreadable');
  expect(() => createVault(['another secret, long enough'], [PASSWORD]).open(at('mailbox 1'), sealed)).toThrow('vault.unreadable');
});

test('after a rotation the old is readable and known to be old', () => {
  const sealed = createVault(['the first secret'], [PASSWORD]).seal(at('x'), 'password');
  const vault = createVault(['the second secret', 'the first secret'], [PASSWORD]);

  expect(vault.open(at('x'), sealed)).toBe('password');
  expect(vault.isOld(sealed)).toBe(true);
  expect(vault.isOld(vault.seal(at('x'), 'password'))).toBe(false);
});

test('nothing is sealed for a column that a change of the secret would forget', () => {
  const other = sealedColumn('elsewhere', 'password', { key: 'id' });
  expect(() => createVault(['a secret of the installation'], [PASSWORD]).seal(other.place('w', '1'), 'x')).toThrow('elsewhere.password');
});
