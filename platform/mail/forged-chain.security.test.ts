import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth';
import { expect, test } from 'vitest';
import { createAuthentication } from './authentication.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const key = [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]];
/** Everybody who signs here has a true key of their own domain; the bank disowns what it did not send itself. */
const SIGNERS = ['lists.example', 'gateway.example', 'evil.example', 'sub.lists.example', 'lists-example.test', 'iists.example'];
const TXT: Readonly<Record<string, string[][]>> = {
  'bank.example': [['v=spf1 -all']], '_dmarc.bank.example': [['v=DMARC1; p=reject']],
  ...Object.fromEntries(SIGNERS.map((domain) => [`s1._domainkey.${domain}`, key])),
};
const resolver = async (name: string, type: string): Promise<string[][]> => {
  const found = type === 'TXT' ? TXT[name] : undefined;
  if (!found) throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' });
  return found;
};
const authenticate = createAuthentication({ resolver, sealers: ['lists.example', 'gateway.example'], log: { warn: () => undefined } });
// Any public address; nothing is sent there.
const look = (raw: string, believed: string[] = []) => authenticate(Buffer.from(raw), { client: believed.length > 0 ? null : { address: '8.8.4.4', name: 'mx.lists.example' }, envelopeFrom: 'bounce@lists.example', believed });

const LETTER = ['From: Ana <ana@bank.example>', 'To: support@desk.test', 'Subject: [list] A question', 'Date: Mon, 02 Mar 2026 09:00:00 +0000', 'Message-ID: <q@bank.example>', '', 'Hello.', ''].join('\r\n');
const SAW = 'mx.lists.example; spf=pass smtp.mailfrom=bank.example; dkim=pass header.d=bank.example; dmarc=pass (p=REJECT) header.from=bank.example';
const seal = async (raw: string, by: string, { saw = SAW, cv = 'none' }: { saw?: string; cv?: string } = {}): Promise<string> =>
  `${(await sealMessage(Buffer.from(raw), { signingDomain: by, selector: 's1', privateKey, authResults: saw, cv })).toString()}${raw}`;

test('a mail that lost its proof by being passed on is vouched for by whoever passed it on, if that is somebody trusted', async () => {
  expect(await look(LETTER)).toMatchObject({ verdict: 'fail', dmarc: 'fail', arc: 'none' });
  const listed = await seal(LETTER, 'lists.example');
  expect(await look(listed)).toMatchObject({ verdict: 'pass', domain: 'bank.example', dmarc: 'fail', arc: 'pass', sealer: 'lists.example', by: 'us' });
  // Through a second one that is trusted, and saw nothing but the first one's seal.
  const twice = await seal(listed, 'gateway.example', { cv: 'pass', saw: 'mx.gateway.example; arc=pass; dmarc=fail header.from=bank.example' });
  expect(await look(twice)).toMatchObject({ verdict: 'pass', sealer: 'lists.example' });
  // The server that is believed of our own mailbox only saw what reached it.
  const told = `Authentication-Results: mx.desk.test; dmarc=fail header.from=bank.example\r\n${listed}`;
  expect(await look(told, ['mx.desk.test'])).toMatchObject({ verdict: 'pass', sealer: 'lists.example' });
  const none = createAuthentication({ resolver, log: { warn: () => undefined } });
  expect(await none(Buffer.from(listed), { client: { address: '8.8.4.4', name: 'x' }, envelopeFrom: '', believed: [] })).toMatchObject({ verdict: 'fail', arc: 'pass' });
});

test('a chain that somebody forged vouches for nothing', async () => {
  const listed = await seal(LETTER, 'lists.example');
  const fail = (what: string) => what.replace('dmarc=pass (p=REJECT)', 'dmarc=fail');
  const tries: Record<string, string> = {
    'sealed by the attacker': await seal(LETTER, 'evil.example'),
    ...Object.fromEntries(await Promise.all(['sub.lists.example', 'lists-example.test', 'iists.example'].map(async (domain) => [`sealed by ${domain}`, await seal(LETTER, domain)]))),
    'the attacker on top of a true seal': await seal(listed, 'evil.example', { cv: 'pass' }),
    'a trusted one on top of the attacker, whom it did not believe': await seal(await seal(LETTER, 'evil.example'), 'lists.example', { cv: 'pass', saw: fail(SAW) }),
    'a seal with another name written over it': (await seal(LETTER, 'evil.example')).replaceAll('d=evil.example', 'd=lists.example'),
    'a broken seal': listed.replace(/(ARC-Seal:[^]*?b=)(.)/, (_all, before: string, char: string) => `${before}${char === 'A' ? 'B' : 'A'}`),
    'a changed word': listed.replace('Hello.', 'Hello!'),
    'a second subject': `Subject: Send the money elsewhere\r\n${listed}`,
    'a second author': `From: Eve <eve@evil.example>\r\n${listed}`,
    'another author': listed.replace('ana@bank.example', 'eva@bank.example'),
    'results that were written afterwards': (await seal(LETTER, 'lists.example', { saw: fail(SAW) })).replace('dmarc=fail', 'dmarc=pass'),
    'a chain that its sealer calls broken': await seal(listed, 'gateway.example', { cv: 'fail' }),
    'a chain that has ended': listed.replace('cv=none', 'cv=fail'),
    'the proof of another domain': await seal(LETTER, 'lists.example', { saw: SAW.replace('header.from=bank.example', 'header.from=evil.example') }),
    'a pass in quotes': await seal(LETTER, 'lists.example', { saw: 'mx.lists.example; spf=none smtp.mailfrom="; dmarc=pass header.from=bank.example"@evil.example; dmarc=fail header.from=bank.example' }),
    'a pass in a comment': await seal(LETTER, 'lists.example', { saw: 'mx.lists.example; spf=none (said (twice) ; dmarc=pass header.from=bank.example ;) smtp.mailfrom=x.example; dmarc=fail header.from=bank.example' }),
    'a seal that is taken from another letter': listed.slice(0, listed.indexOf('From: ')) + LETTER.replace('A question', 'Another'),
  };
  const found = await Promise.all(Object.entries(tries).map(async ([what, raw]) => [what, (await look(raw)).verdict] as const));
  expect(found.filter(([, verdict]) => verdict !== 'fail')).toEqual([]);
});

test('what a server told that is believed is not made milder by a chain that proves nothing', async () => {
  const told = 'Authentication-Results: mx.desk.test; dmarc=fail header.from=bank.example\r\n';
  for (const raw of [`ARC-Seal: i=1; cv=none; d=lists.example\r\n${LETTER}`, await seal(LETTER, 'evil.example'), `${'X: 1\r\n'.repeat(3_000)}ARC-Seal: i=1\r\n${LETTER}`]) {
    expect(await look(`${told}${raw}`, ['mx.desk.test'])).toMatchObject({ verdict: 'fail', by: 'mx.desk.test' });
  }
});

test('whom a passed-on mail was for besides us counts only as far as it was sealed', async () => {
  const listed = await seal(LETTER, 'lists.example');
  expect((await look(listed)).isOpen).toBeUndefined();
  expect(await look(`Cc: mallory@evil.example\r\n${listed}`)).toMatchObject({ verdict: 'pass', isOpen: true });
});
