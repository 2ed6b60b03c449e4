import { createHash, createPublicKey, verify } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { expect, onTestFinished, test } from 'vitest';
import { smtpSink } from '../../../../testing/smtp-sink.ts';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';
import type { DomainView } from '../../core/sending-contract.ts';

oneAppForAll();

/** DNS that says what the test wants, as strictly as the real one: long values in strings of 255. */
function dns() {
  const zone = new Map<string, string[] | 'silent'>();
  const asked: string[] = [];
  let held = Promise.resolve();
  return {
    asked,
    /** Nobody is answered until the returned function is called. */
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    set: (name: string, ...values: string[]) => { zone.set(name, values); },
    silence: (name: string) => { zone.set(name, 'silent'); },
    resolver: async (name: string, type: string): Promise<string[][]> => {
      asked.push(name);
      await held;
      const found = zone.get(type === 'MX' ? `MX ${name}` : name);
      if (found === 'silent') throw Object.assign(new Error('time out'), { code: 'ETIMEOUT' });
      if (!found) throw Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' });
      if (type === 'MX') return found.map((exchange) => ({ exchange, priority: 10 })) as never;
      return found.map((value) => value.match(/.{1,255}/g)!);
    },
  };
}

async function desk() {
  const names = dns();
  const app = await testApp({ relay: true, settings: { mailResolver: names.resolver, mailbox: 'support@shop.test', publicUrl: 'https://desk.shop.test', privateHosts: ['127.0.0.1', 'localhost'] } });
  const domain = async (act: 'keys' | 'checks'): Promise<DomainView> => (await app.owner.request('POST', `/sending-domains/shop.test/${act}`)).body;
  return {
    ...app, names, domain,
    record: (view: DomainView, kind: string) => view.records.filter((one) => one.kind === kind),
    publish: (view: DomainView) => { for (const { kind, name, value, isRetired } of view.records) if (kind === 'dkim' && !isRetired) names.set(name, value); },
    mailbox: async (patch: object) => app.owner.request('PATCH', `/mailboxes/${(await app.owner.request('GET', '/mailboxes')).body.items[0].id}`, patch),
    async write(words = 'Hello.') {
      const made = await app.owner.request('POST', '/tickets', { subject: 'Поръчка', channel: 'email', customer: { name: 'Ana', email: 'ana@example.org' }, text: words });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      app.passMachine(11);
      await app.sender.sendDue();
      return made.body as { id: string };
    },
  };
}

const signatures = (raw: Buffer): string[] => [...raw.toString('latin1').matchAll(/^DKIM-Signature:.*?s=([^;\s]+)/gims)].map(([, selector]) => selector!);

/** RFC 6376 once more, by hand: relaxed/relaxed and rsa-sha256, so that our signing is not judged by its own library alone. */
function verifiesByHand(raw: Buffer, publicKey: string): boolean {
  const [head = '', ...rest] = raw.toString('latin1').split('\r\n\r\n');
  const body = `${rest.join('\r\n\r\n').split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, '')).join('\r\n').replace(/(?:\r\n)*$/, '')}\r\n`;
  const fields = head.split(/\r\n(?![ \t])/).map((line) => ({ name: line.slice(0, line.indexOf(':')).toLowerCase(), value: line.slice(line.indexOf(':') + 1) }));
  const relaxed = ({ name, value }: { name: string; value: string }): string => `${name}:${value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ').trim()}`;
  const own = fields.find(({ name, value }) => name === 'dkim-signature' && /a=rsa-sha256/.test(value))!;
  const tag = (name: string): string => new RegExp(`(?:^|;)\\s*${name}=([^;]*)`).exec(own.value.replace(/\r\n/g, ''))![1]!.replace(/\s+/g, '');
  const left = fields.filter(({ name }) => name !== 'dkim-signature');
  const covered = tag('h').split(':').flatMap((name) => {
    const at = left.findLastIndex((one) => one.name === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1);
  });
  const signed = [...covered.map(relaxed), relaxed({ ...own, value: own.value.replace(/(;\s*b=)[^;]*/, '$1') })].join('\r\n');
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return tag('bh') === createHash('sha256').update(body, 'latin1').digest('base64') && verify('sha256', Buffer.from(signed, 'latin1'), key, Buffer.from(tag('b'), 'base64'));
}

test('mail is signed once the record stands in DNS, with both keys, over the bytes that really leave', async () => {
  const d = await desk();
  const view = await d.domain('keys');
  expect(view).toMatchObject({ domain: 'shop.test', signing: 'waiting' });
  await d.write();
  expect(signatures(d.sink.received[0]!.raw)).toEqual([]);

  d.publish(view);
  expect(await d.domain('checks')).toMatchObject({ signing: 'signing' });
  await d.write('. a lone dot\n.\n\nДълъг ред '.concat('ж'.repeat(3000), '\n\n\n'));
  const { raw } = d.sink.received[1]!;
  expect(signatures(raw)).toHaveLength(2);
  const { results } = await dkimVerify(raw, { resolver: d.names.resolver });
  expect(results.map(({ status, signingDomain, algo }) => [status.result, status.aligned, signingDomain, algo].join(' ')).sort((one, other) => one.localeCompare(other)))
    .toEqual(['pass shop.test shop.test ed25519-sha256', 'pass shop.test shop.test rsa-sha256']);
  const rsa = view.records.find(({ value }) => value.includes('k=rsa'))!;
  const publicKey = rsa.value.split('p=')[1]!;
  expect(verifiesByHand(raw, publicKey)).toBe(true);
  expect(verifiesByHand(Buffer.from(raw.toString('latin1').replace('To: Ana', 'To: Eve'), 'latin1'), publicKey)).toBe(false);
  // Zone files take strings of 255 octets; put together again they are the value.
  expect(rsa.zone.split(' "').map((part) => part.replaceAll('"', '')).every((part) => part.length <= 255)).toBe(true);
  expect(rsa.zone.slice(1, -1).replaceAll('" "', '')).toBe(rsa.value);
});

test('the old key signs until the new one is seen, and its private half is gone after that', async () => {
  const d = await desk();
  d.publish(await d.domain('keys'));
  const old = await d.domain('checks');
  const rotating = await d.domain('keys');
  expect(rotating.signing).toBe('rotating');
  expect((await d.owner.request('POST', '/sending-domains/shop.test/keys')).body).toMatchObject({ code: 'domain.key_waiting' });
  await d.domain('checks');
  await d.write();
  const [oldName, newName] = [old, rotating].map(({ records }) => records[0]!.name.split('.')[0]!.replace(/-ed$/, ''));
  expect(signatures(d.sink.received[0]!.raw).every((selector) => selector.startsWith(oldName!))).toBe(true);

  d.publish(rotating);
  const done = await d.domain('checks');
  expect(done.signing).toBe('signing');
  expect(d.record(done, 'dkim').map(({ isRetired }) => isRetired)).toEqual([false, false, true, true]);
  await d.write();
  expect(signatures(d.sink.received[1]!.raw).every((selector) => selector.startsWith(newName!))).toBe(true);
  const kept = await d.db.owner.selectFrom('dkim_keys').select(['private_key', 'retired_at']).execute();
  expect(kept.filter(({ private_key }) => private_key === null)).toHaveLength(2);
  expect(kept.filter(({ private_key }) => private_key !== null).every(({ private_key }) => private_key!.startsWith('v1.'))).toBe(true);
  d.passMachine(8 * 24 * 3600);
  expect(d.record((await d.owner.request('GET', '/sending-domains')).body.items[0], 'dkim')).toHaveLength(2);
});

test('DNS is asked again by itself: hourly while a key waits for its record, daily afterwards, and never for a mailbox that is off', async () => {
  const d = await desk();
  const checkedAt = async (): Promise<string | null> => (await d.owner.request('GET', '/sending-domains')).body.items[0].checkedAt;
  const made = await d.domain('keys');
  expect(await d.email.domains.checkDue()).toBe(0);
  d.passMachine(3_601);
  expect(await d.email.domains.checkDue()).toBe(1);
  expect(await d.email.domains.checkDue()).toBe(0);
  const first = await checkedAt();
  d.publish(made);
  d.passMachine(3_601);
  expect(await d.email.domains.checkDue()).toBe(1);
  expect((await d.owner.request('GET', '/sending-domains')).body.items[0]).toMatchObject({ signing: 'signing' });
  expect(await checkedAt()).not.toBe(first);
  d.passMachine(23 * 3_600);
  expect(await d.email.domains.checkDue()).toBe(0);
  d.passMachine(3_601);
  const [one, other] = await Promise.all([d.email.domains.checkDue(), d.email.domains.checkDue()]);
  expect(one + other).toBe(1);
  await d.owner.request('DELETE', `/mailboxes/${(await d.owner.request('GET', '/mailboxes')).body.items[0].id}`);
  d.passMachine(25 * 3_600);
  d.names.asked.length = 0;
  expect([await d.email.domains.checkDue(), d.names.asked]).toEqual([0, []]);
});

test('a stop does not wait for the domains that nobody has asked about yet, nor a round for people whose checks are slow', async () => {
  const d = await desk();
  const domains = ['shop.test', ...Array.from({ length: 5 }, (_, n) => `other${n}.test`)];
  for (const domain of domains.slice(1)) await d.owner.request('POST', '/mailboxes', { address: `help@${domain}` });
  for (const domain of domains) {
    await d.owner.request('POST', `/sending-domains/${domain}/keys`);
    d.passMachine(1);
  }
  d.passMachine(3_601);
  const answer = d.names.hold();
  const byHand = domains.slice(0, 5).map((domain) => d.owner.request('POST', `/sending-domains/${domain}/checks`));
  const askedAbout = (): number => new Set(d.names.asked.map((name) => name.split('.').slice(-2).join('.'))).size;
  await expect.poll(askedAbout).toBe(5);
  d.names.asked.length = 0;
  d.email.domains.start();
  await expect.poll(askedAbout).toBe(4);
  const stopped = d.email.domains.stop();
  answer();
  await stopped;
  expect((await Promise.all(byHand)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(d.names.asked.filter((name) => name.endsWith(domains.at(-1)!))).toEqual([]);
});

test('a check says of each record whether it is there, missing, different, double, too long or not answered', async () => {
  const d = await desk();
  const made = await d.domain('keys');
  const states = async () => Object.fromEntries((await d.domain('checks')).records.map(({ kind, value, state }) => [value.includes('ed25519') ? 'ed' : kind, state]));
  // As long as mail leaves by nothing that has a name outside, a record would only disown it.
  expect(await states()).toEqual({ dkim: 'missing', ed: 'missing', dmarc: 'missing', mx: 'missing' });

  d.publish(made);
  d.names.set(made.records.find(({ value }) => value.includes('ed25519'))!.name, 'v=DKIM1; k=ed25519; p=AAAA');
  d.names.set('shop.test', 'v=spf1 mx -all', 'something else');
  d.names.set('_dmarc.shop.test', 'v=DMARC1; p=reject');
  d.names.set('MX shop.test', 'mx.elsewhere.example');
  expect(await states()).toEqual({ dkim: 'found', ed: 'different', dmarc: 'found', mx: 'different' });

  await d.owner.request('POST', '/relays', { name: 'Google', host: 'smtp.gmail.com' });
  d.names.set('shop.test');
  expect((await states())['spf']).toBe('missing');
  d.names.set('shop.test', 'v=spf1 mx -all', 'something else');
  expect((await states())['spf']).toBe('different');
  d.names.set('shop.test', 'v=spf1 include:_spf.google.com ~all');
  d.names.set('MX shop.test', 'desk.shop.test.');
  expect(await states()).toMatchObject({ spf: 'found', mx: 'found' });
  // Eleven look-ups, hidden in an include that refers to itself as well.
  d.names.set('_spf.google.com', `v=spf1 include:_spf.google.com ${Array.from({ length: 9 }, (_, i) => `include:s${i}.example`).join(' ')} a`);
  expect((await states())['spf']).toBe('too_many_lookups');
  d.names.set('shop.test', 'v=spf1 -all', 'v=spf1 mx -all');
  d.names.silence('_dmarc.shop.test');
  expect(await states()).toMatchObject({ spf: 'double', dmarc: 'unanswered' });
  expect((await d.owner.request('GET', '/sending-domains')).body.items[0].checkedAt).not.toBeNull();
});

test('the domain of another workspace is not there, and agents change nothing', async () => {
  const d = await desk();
  const other = await d.otherWorkspace();
  expect((await other.request('POST', '/sending-domains/shop.test/keys')).status).toBe(404);
  const agent = await d.person('agent', { of: d.owner });
  expect((await agent.request('POST', '/sending-domains/shop.test/checks')).status).toBe(403);
  expect((await agent.request('GET', '/relays')).status).toBe(403);
});

test('a relay carries the mail of the addresses and domains that it names; the one of the installation carries the rest', async () => {
  const d = await desk();
  const own = await smtpSink();
  onTestFinished(() => own.close());
  const place = { name: 'Own', host: '127.0.0.1', port: own.port, security: 'none' };
  const made = await d.owner.request('POST', '/relays', { ...place, senders: ['Orders@shop.test'] });
  expect(made).toMatchObject({ status: 201, body: { senders: ['orders@shop.test'], failsOver: false } });
  await d.write();
  expect([d.sink.received.length, own.received.length]).toEqual([1, 0]);
  expect((await d.owner.request('PUT', `/relays/${made.body.id}`, { ...place, senders: ['shop.test'] })).status).toBe(200);
  await d.write();
  expect([d.sink.received.length, own.received.length]).toEqual([1, 1]);
  expect((await d.owner.request('POST', '/relays/tests', { ...place })).body).toMatchObject({ ok: true });
  expect((await d.owner.request('POST', '/relays/tests', { ...place, port: 1 })).body).toMatchObject({ ok: false, trouble: { code: 'refused' } });
  expect((await d.owner.request('DELETE', `/relays/${made.body.id}`)).status).toBe(204);
  await d.write();
  expect([d.sink.received.length, own.received.length]).toEqual([2, 1]);
});

test('a relay that is down is gone round only when that was asked for', async () => {
  const d = await desk();
  const dead = await smtpSink();
  await dead.close();
  const place = { name: 'Dead', host: '127.0.0.1', port: dead.port, security: 'none' };
  const { body } = await d.owner.request('POST', '/relays', place);
  const ticket = await d.write();
  expect(d.sink.received).toHaveLength(0);
  const entry = (await d.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items.find(({ type }: { type: string }) => type === 'message');
  expect(entry.delivery).toMatchObject({ state: 'queued', attempts: 1 });
  await d.owner.request('PUT', `/relays/${body.id}`, { ...place, failsOver: true });
  d.passMachine(120);
  await d.sender.sendDue();
  expect(d.sink.received).toHaveLength(1);
});

test('a workspace with a relay of its own sends although the installation has none', async () => {
  const own = await smtpSink();
  const app = await testApp({ settings: { mailbox: 'support@shop.test', privateHosts: ['127.0.0.1'] } });
  onTestFinished(() => own.close());
  expect((await app.owner.request('GET', '/me')).body.mailLeaves).toBe(false);
  await app.owner.request('POST', '/tickets', { subject: 'A', channel: 'email', customer: { email: 'ana@example.org' }, text: 'Hello.' });
  app.passMachine(11);
  expect(await app.sender.sendDue()).toBe(0);
  expect((await app.owner.request('GET', '/outbox?state=waiting')).body.items).toHaveLength(1);
  await app.owner.request('POST', '/relays', { name: 'Own', host: '127.0.0.1', port: own.port, security: 'none' });
  expect((await app.owner.request('GET', '/me')).body.mailLeaves).toBe(true);
  await app.sender.sendDue();
  expect(own.received).toHaveLength(1);
});

test('answers go where the mailbox says, and the archive gets a copy that nobody else sees', async () => {
  const d = await desk();
  expect((await d.mailbox({ archive: 'support+x@shop.test' })).body).toMatchObject({ code: 'mailbox.archive_is_mailbox' });
  expect((await d.mailbox({ replyTo: 'answers@shop.test', archive: 'archive@vault.example' })).body).toMatchObject({ replyTo: 'answers@shop.test', archive: 'archive@vault.example' });
  await d.write('For Ana.');
  await d.sender.sendDue();
  const [first, copy] = d.sink.received;
  expect(first).toMatchObject({ to: ['ana@example.org'], mail: { replyTo: [{ address: 'answers@shop.test' }] } });
  expect(first!.raw.toString()).not.toContain('vault.example');
  expect(copy).toMatchObject({ from: '', to: ['archive@vault.example'], mail: { messageId: first!.mail.messageId, to: [{ address: 'ana@example.org' }] } });
  expect(copy!.raw.toString()).not.toContain('vault.example');

  // The archive leads back to us, by a way that we could not see.
  const mailbox = (await d.owner.request('POST', '/mailboxes', { address: 'all@shop.test' })).body;
  await d.email.door.accept({ envelopeFrom: '', envelopeTo: [mailbox.address], raw: copy!.raw, client: { address: '127.0.0.1', name: 'localhost' } });
  await d.email.settled();
  expect((await d.owner.request('GET', '/email/ledger')).body.items[0]).toMatchObject({ state: 'duplicate', ticketId: null });
});
