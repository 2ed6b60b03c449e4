import { expect, test } from 'vitest';
import { MAIL_PROVIDERS, providerOf } from './mail-providers.ts';
import { placesOf } from './oauth/services.ts';

test('the domain of an address says whose mailbox it is', () => {
  const found = (address: string) => providerOf(address)?.id ?? null;
  for (const [address, id] of [
    ['Ana@Gmail.com', 'google'], ['a@googlemail.com', 'google'], ['a@outlook.com', 'microsoft'], ['a@hotmail.co.uk', 'microsoft'], ['a@live.fr', 'microsoft'],
    ['a@firm.onmicrosoft.com', 'microsoft'], ['a@yahoo.co.jp', 'yahoo'], ['a@yahoo.com.br', 'yahoo'], ['a@icloud.com', 'icloud'], ['a@mail.ru', 'mailru'], ['a@bk.ru', 'mailru'],
    ['a@ya.ru', 'yandex'], ['a@yandex.com.tr', 'yandex'], ['a@abv.bg', 'abv'], ['a@wp.pl', 'wp'], ['a@op.pl', 'onet'], ['a@onet.eu', 'onet'],
    ['a@example.org', null], ['a@gmail.com.evil.test', null], ['a@notgmail.com', null], ['gmail.com', 'google'], ['', null],
  ] as const) expect(found(address), address).toBe(id);
});

const registration = { tenant: '', authorizeUrl: '', tokenUrl: '', scope: '', mailHost: '', smtpHost: '' };

test('Google and Microsoft are asked for mail alone, and for a sign-in that lasts', () => {
  expect(placesOf({ ...registration, provider: 'google' })).toMatchObject({
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth', tokenUrl: 'https://oauth2.googleapis.com/token', scope: 'https://mail.google.com/', extra: { access_type: 'offline', prompt: 'consent' },
  });
  const microsoft = placesOf({ ...registration, provider: 'microsoft' });
  expect(microsoft).toMatchObject({ authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize', tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token' });
  expect(microsoft.scope.split(' ')).toEqual(['offline_access', 'https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send']);
  expect(placesOf({ ...registration, provider: 'microsoft', tenant: 'firm.onmicrosoft.com' }).tokenUrl).toBe('https://login.microsoftonline.com/firm.onmicrosoft.com/oauth2/v2.0/token');
});

test('whoever signs in somewhere fetches from that provider\'s own server, and sends through it', () => {
  for (const { host, smtp, signIn } of MAIL_PROVIDERS) if (signIn) expect(placesOf({ ...registration, provider: signIn })).toMatchObject({ mailHost: host, smtpHost: smtp.host });
});
