import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const SLACK = {
  from: 'Slack <no-reply@slack.com>', to: 'support@shop.test', subject: 'Confirm your email address on Slack',
  text: 'Confirm your email address: https://slack.com/confirm/secret-link',
};

test('the ticket trick: a sign-in link that another service sends to our address opens no ticket that colleagues could read', async () => {
  const d = await mailDesk();
  await d.send(SLACK);
  expect(await d.tickets()).toEqual([]);
  expect((await d.owner.request('GET', '/customers')).body.items).toEqual([]);
  const [row] = (await d.owner.request('GET', '/email/quarantine')).body.items;
  expect(row).toMatchObject({ reason: 'verification_code', from: 'no-reply@slack.com' });

  const [lead, agent] = [await d.person('lead', { of: d.owner }), await d.person('agent', { of: d.owner })];
  for (const person of [lead, agent]) {
    expect((await person.request('GET', `/email/ledger/${row.id}/raw`)).status).toBe(404);
    expect((await person.request('GET', `/email/quarantine/${row.id}`)).status).toBe(person === lead ? 404 : 403);
    expect((await person.request('POST', '/email/quarantine/decisions', { verb: 'release', ids: [row.id] })).status).toBe(person === lead ? 404 : 403);
  }
  expect((await lead.request('GET', '/email/quarantine')).body.items).toEqual([]);
  expect((await lead.request('GET', '/email/quarantine/count')).body.count).toBe(0);
  expect((await lead.request('POST', '/email/quarantine/decisions', { verb: 'release', filter: { until: d.now().toISOString() } })).body.count).toBe(0);
  const { id } = (await d.owner.request('POST', '/email/quarantine/decisions', { verb: 'discard', ids: [row.id] })).body;
  expect((await lead.request('DELETE', `/email/quarantine/decisions/${id}`)).status).toBe(404);
  expect((await lead.request('GET', '/email/ledger')).body.items).toMatchObject([{ state: 'quarantined', subject: '' }]);
});

test('a participant’s answer is never held back, whatever stands in it', async () => {
  const d = await mailDesk();
  await d.send({ from: 'ana@example.org', to: 'support@shop.test', subject: 'Kettle', text: 'The lid is broken.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'Which code do you see?');
  await d.send({ from: 'ana@example.org', to: 'support@shop.test', subject: 'Re: Kettle', text: 'Your verification code is: 482913', inReplyTo: d.sink.received[0]!.mail.messageId! });
  expect(await d.entries(ticket!.id)).toHaveLength(3);
});
