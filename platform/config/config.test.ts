import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';

test('an empty environment is a working desk on this machine', () => {
  expect(loadConfig({})).toMatchObject({
    port: 8080, host: '127.0.0.1', databaseUrl: null, databaseOwnerUrl: null, publicUrl: 'http://localhost:8080',
    smtp: { host: '127.0.0.1', port: 2525 }, relayUrl: null, owner: null, mailbox: 'support@localhost', demo: false, trustedProxies: [],
    secret: null, roles: ['web', 'worker', 'mail'], testClock: false,
  });
});

test('what is empty counts as absent', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: ' ', RAPPORT_ROLES: '', RAPPORT_OWNER_EMAIL: '' })).toEqual(loadConfig({}));
});

test('the owner of the database falls back to its login; the public address to where the server listens', () => {
  const url = 'postgres://app:pw@db.example.org/rapport';
  expect(loadConfig({ DATABASE_URL: url }).databaseOwnerUrl).toBe(url);
  expect(loadConfig({ RAPPORT_HOST: '0.0.0.0', PORT: '80' }).publicUrl).toBe('http://localhost:80');
  expect(loadConfig({ RAPPORT_HOST: '127.0.0.2' }).publicUrl).toBe('http://127.0.0.2:8080');
  expect(loadConfig({ RAPPORT_HOST: '::1' }).publicUrl).toBe('http://[::1]:8080');
  expect(loadConfig({ RAPPORT_PUBLIC_URL: 'https://desk.example.org/' }).publicUrl).toBe('https://desk.example.org');
});

test('roles are a list without order or repetition', () => {
  expect(loadConfig({ RAPPORT_ROLES: ' mail, web,mail ' }).roles).toEqual(['mail', 'web']);
});

test.each([
  [{ PORT: 'http' }, 'PORT must be a port number'],
  [{ PORT: '70000' }, 'PORT must be a port number'],
  [{ DATABASE_URL: 'mysql://root:hunter22@db/x' }, 'DATABASE_URL must be an address like postgres://'],
  [{ RAPPORT_PUBLIC_URL: 'desk.example.org' }, 'RAPPORT_PUBLIC_URL must be an address like https://'],
  [{ RAPPORT_SMTP_URL: 'http://relay' }, 'RAPPORT_SMTP_URL must be an address like smtp://'],
  [{ RAPPORT_MAILBOX: 'support' }, 'RAPPORT_MAILBOX must be a mail address'],
  [{ RAPPORT_DEMO: 'perhaps' }, 'RAPPORT_DEMO must be 1 or 0'],
  [{ RAPPORT_SECRET: 'hunter22' }, 'RAPPORT_SECRET must have at least 16 characters'],
  [{ RAPPORT_ROLES: 'web,cook' }, 'RAPPORT_ROLES may name only web, worker, mail'],
  [{ RAPPORT_ROLES: ',' }, 'RAPPORT_ROLES names no role'],
  [{ RAPPORT_TEST_CLOCK: 'yesterday' }, 'RAPPORT_TEST_CLOCK must be 1'],
  [{ RAPPORT_TEST_CLOCK: '0' }, 'RAPPORT_TEST_CLOCK must be 1'],
  [{ RAPPORT_OWNER_EMAIL: 'o@example.org' }, 'RAPPORT_OWNER_PASSWORD must be set too'],
  [{ RAPPORT_SMTP_CERTIFICATE: 'mail.pem' }, 'RAPPORT_SMTP_KEY must be set too'],
  [{ RAPPORT_SMTP_KEY: 'mail.key' }, 'RAPPORT_SMTP_CERTIFICATE must be set too'],
  [{ RAPPORT_SMTP_TRUSTED: 'mail.intranet' }, 'RAPPORT_SMTP_TRUSTED must be addresses or networks'],
  [{ RAPPORT_OWNER_PASSWORD: 'a long one' }, 'RAPPORT_OWNER_EMAIL must be set too'],
  [{ RAPPORT_OWNER_EMAIL: 'o@example.org', RAPPORT_OWNER_PASSWORD: 'short' }, 'RAPPORT_OWNER_PASSWORD must have at least'],
])('%o is refused: %s', (env, sentence) => {
  const attempt = () => loadConfig(env as Record<string, string>);
  expect(attempt).toThrow(expect.objectContaining({ code: 'config.invalid', detail: expect.stringContaining(sentence) }));
  expect(attempt).not.toThrow(/hunter22/);
});

test('every mistake is told at once', () => {
  expect(() => loadConfig({ PORT: 'x', RAPPORT_DEMO: 'y' })).toThrow(/PORT .*RAPPORT_DEMO/);
});
