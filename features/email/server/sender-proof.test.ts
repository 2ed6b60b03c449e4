import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { expect, test } from 'vitest';
import { createAuthentication, resultsOf } from '../../../platform/mail/authentication.ts';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const TXT: Readonly<Record<string, string>> = {
  'bank.example': 'v=spf1 ip4:8.8.8.8 -all', '_dmarc.bank.example': 'v=DMARC1; p=reject',
  's1._domainkey.lists.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  's1._domainkey.bank.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
};
const resolver = async (name: string, type: string): Promise<string[][]> => {
  const found = type === 'TXT' ? TXT[name] : undefined;
  if (found === undefined) throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' });
  return [[found]];
};

// 8.8.4.4 stands for any public address; nothing is sent there.
const STRANGER = { address: '8.8.4.4', name: 'somewhere.example' };
const letter = (more: string[] = [], words = 'Hello, please help me.'): string =>
  ['From: Ana <ana@bank.example>', 'To: support@desk.test', 'Subject: A question', 'Date: Mon, 02 Mar 2026 09:00:00 +0000', ...more, '', words, ''].join('\r\n');

async function signed(raw: string): Promise<string> {
  const key = { signingDomain: 'bank.example', selector: 's1', privateKey };
  const { signatures } = await dkimSign(raw, { ...key, signatureData: [key] });
  return `${signatures}${raw}`;
}

async function desk() {
  const app = await testApp({ relay: true, settings: { mailResolver: resolver, believedServers: ['mx.desk.test'], trustedSealers: ['lists.example'] } });
  return {
    ...app,
    async arrives(raw: string, client: { address: string; name: string } = STRANGER) {
      await app.email.door.accept({ envelopeFrom: 'ana@bank.example', envelopeTo: ['support@desk.test'], raw: Buffer.from(raw), client });
      await app.email.settled();
      const row = await app.db.owner.selectFrom('inbound_messages').select(['ticket_id as ticketId', 'entry_id as entryId', 'state']).orderBy('id', 'desc').executeTakeFirstOrThrow();
      const entries = row.ticketId === null ? [] : (await app.owner.request('GET', `/tickets/${row.ticketId}/entries`)).body.items;
      return { ...row, entry: entries.find(({ id }: { id: string }) => id === row.entryId) };
    },
    async answered(ticketId: string): Promise<string> {
      await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'On its way.' });
      app.passMachine(11);
      await app.sender.sendDue();
      return app.sink.received.at(-1)!.mail.messageId!;
    },
  };
}

test('a message is shown with whether its domain vouches for it', async () => {
  const d = await desk();
  expect((await d.arrives(await signed(letter()))).entry.authentication).toMatchObject({ verdict: 'pass', domain: 'bank.example', dkim: 'pass', dmarc: 'pass' });
  expect((await d.arrives(letter(['X: 1']), { address: '8.8.8.8', name: 'mx.bank.example' })).entry.authentication).toMatchObject({ verdict: 'pass', spf: 'pass' });
  // Whoever stands in front of us in our own network is not the one that the domain would have to know.
  expect((await d.arrives(letter(['X: 2']), { address: '10.0.0.2', name: 'mx.desk.test' })).entry.authentication).toMatchObject({ verdict: 'none', spf: null });
  expect((await d.arrives(letter(['X: 3']))).entry.authentication).toMatchObject({ verdict: 'fail', domain: 'bank.example', spf: 'fail', dmarc: 'fail' });
});

test('a message that a trusted list passed on is shown with who vouches for it', async () => {
  const d = await desk();
  const seal = await sealMessage(letter(), {
    signingDomain: 'lists.example', selector: 's1', privateKey, cv: 'none', authResults: 'mx.lists.example; dmarc=pass header.from=bank.example',
  });
  expect((await d.arrives(`${seal.toString()}${letter()}`)).entry.authentication)
    .toEqual({ verdict: 'pass', domain: 'bank.example', spf: 'fail', dkim: 'none', dmarc: 'fail', arc: 'pass', sealer: 'lists.example' });
});

test('a token joins no ticket when the sender is disowned: a visible one of its own points at it', async () => {
  const d = await desk();
  const { ticketId, entry } = await d.arrives(await signed(letter(['Message-ID: <q@bank.example>'])));
  expect(entry.notice).toBeNull();
  const token = await d.answered(ticketId!);
  const { body: { number } } = await d.owner.request('GET', `/tickets/${ticketId}`);

  const forged = await d.arrives(letter([`In-Reply-To: ${token}`, 'Cc: mallory@evil.test'], 'Send it to another account.'));
  expect(forged.ticketId).not.toBe(ticketId);
  expect(forged.entry).toMatchObject({ notice: `unproven:${number}`, authentication: { verdict: 'fail' } });
  expect((await d.owner.request('GET', `/tickets/${forged.ticketId}/recipients`)).body.cc).toEqual([]);

  expect((await d.arrives(await signed(letter([`In-Reply-To: ${token}`], 'Thank you!')))).ticketId).toBe(ticketId);
  // A known Message-ID alone is enough only from somebody who takes part and is vouched for.
  expect((await d.arrives(await signed(letter(['In-Reply-To: <q@bank.example>'], 'One more thing.')))).ticketId).toBe(ticketId);
  expect((await d.arrives(letter(['In-Reply-To: <q@bank.example>'], 'And another.'), { address: '127.0.0.1', name: 'x' })).ticketId).not.toBe(ticketId);
});

test('results are believed only from configured servers, and only when they stand in front of ours', async () => {
  const d = await desk();
  const passed = (by: string, words: string) => letter([`Authentication-Results: ${by};`, ` spf=pass smtp.mailfrom=bank.example; dmarc=pass (p=REJECT) header.from=bank.example`], words);
  expect((await d.arrives(passed('mx.desk.test', 'one'), { address: '10.0.0.2', name: 'mx' })).entry.authentication).toMatchObject({ verdict: 'pass', domain: 'bank.example' });
  expect((await d.arrives(passed('mx.evil.test', 'two'), { address: '10.0.0.2', name: 'mx' })).entry.authentication).toMatchObject({ verdict: 'none' });
  expect((await d.arrives(passed('mx.desk.test', 'three'))).entry.authentication).toMatchObject({ verdict: 'fail' });
  // The first of a name is the one that the server itself wrote; the rest came with the message.
  const twice = 'Authentication-Results: mx.desk.test 1; dmarc=fail header.from=bank.example\r\nAuthentication-Results: mx.desk.test; dmarc=pass\r\n';
  expect(resultsOf(twice, ['mx.desk.test'])).toMatchObject({ verdict: 'fail' });
  expect(resultsOf(twice, [])).toBeNull();
});

test('a message that is handed over by HTTP brings no results of its own', async () => {
  const d = await desk();
  const raw = letter(['Authentication-Results: mx.desk.test; dmarc=pass header.from=bank.example', 'Message-ID: <http@bank.example>']);
  const { status } = await d.owner.request('POST', '/email/inbound?mailbox=support@desk.test', Buffer.from(raw), { 'content-type': 'message/rfc822' });
  expect(status).toBe(202);
  await d.email.settled();
  const row = await d.db.owner.selectFrom('inbound_messages').select('authentication').executeTakeFirstOrThrow();
  expect(row.authentication).toMatchObject({ verdict: 'none', by: 'us' });
});

test('name servers that are slow or broken prove nothing', async () => {
  const log = { warn: () => undefined };
  const origin = { client: STRANGER, envelopeFrom: 'ana@bank.example', believed: [] };
  const never = createAuthentication({ resolver: () => new Promise(() => undefined), capMs: 5, log });
  expect(await never(Buffer.from(letter()), origin)).toMatchObject({ verdict: 'unknown' });
  const broken = createAuthentication({ resolver: () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ESERVFAIL' })), log });
  expect((await broken(Buffer.from(letter()), origin)).verdict).not.toMatch(/pass|fail/);
});

test('the same message by two ways is one; the same Message-ID with other words is a message of its own', async () => {
  const d = await desk();
  const id = 'Message-ID: <same@bank.example>';
  const first = await d.arrives(letter([id]));
  expect(first.state).toBe('filed');
  expect(await d.arrives(`Received: from elsewhere\r\n${letter([id])}`)).toMatchObject({ state: 'duplicate', ticketId: first.ticketId });
  expect(await d.arrives(letter([id], 'Other words.'))).toMatchObject({ state: 'filed' });
});
