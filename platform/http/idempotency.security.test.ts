import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';

oneAppForAll();

test('many writes with keys at once never take all connections from each other', async () => {
  const { owner } = await testApp();
  const raw = (i: number) => Buffer.from(`From: maria${i}@example.org\r\nTo: support@desk.test\r\n\r\nhello\r\n`);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) =>
    owner.request('POST', '/email/inbound', raw(i), { 'content-type': 'message/rfc822', 'idempotency-key': `key ${i}` })));
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(202));
});

test('a key opens nobody else’s answer', async () => {
  const app = await testApp();
  const { owner } = app;
  const agent = await app.person('agent', { of: owner });
  const ticket = { subject: 's', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' };
  const key = { 'idempotency-key': 'shared' };
  const first = await owner.request('POST', '/tickets', ticket, key);
  const other = await agent.request('POST', '/tickets', ticket, key);
  const foreign = await (await app.otherWorkspace()).request('POST', '/tickets', ticket, key);
  expect(new Set([first.body.id, other.body.id, foreign.body.id]).size).toBe(3);
  expect((await owner.request('POST', '/tickets', { ...ticket, subject: 'other' }, key)).body.code).toBe('idempotency.other_request');
  expect((await owner.request('POST', '/tickets', ticket, key)).body.id).toBe(first.body.id);
});
