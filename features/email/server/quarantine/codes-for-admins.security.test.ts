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

test('the ticket trick by way of a ticket of one’s own: what a service sends to its address is held back, though the service was named as taking part', async () => {
  const d = await mailDesk();
  await d.send({ from: 'mallory@evil.example', to: 'support@shop.test', cc: 'no-reply@slack.com, no-reply@intranet.example', subject: 'Kettle', text: 'The lid is broken.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'Which lid?');
  const mark = /\br[a-z2-7]{47}\b/.exec(d.sink.received[0]!.mail.html ?? '')![0];
  const to = `support+${mark}@shop.test`;
  // Known here, which is easily done in anybody's name.
  await d.send({ from: 'no-reply@intranet.example', to: 'support@shop.test', subject: 'Hello', text: 'A newsletter.' });
  await d.send({ ...SLACK, to });
  await d.send({ ...SLACK, to, from: 'Intranet <no-reply@intranet.example>' });
  await d.send({ from: 'no-reply@intranet.example', to, subject: 'Your parcel', text: 'It is on its way.' });

  expect((await d.entries(ticket!.id)).map(({ text }: { text: string }) => text)).toEqual(['The lid is broken.', 'Which lid?', 'It is on its way.']);
  const held = (await d.owner.request('GET', '/email/quarantine')).body.items as { id: string; reason: string }[];
  expect(held.map(({ reason }) => reason)).toEqual(['verification_code', 'verification_code']);
  expect((await d.ledger()).filter(({ state }) => state === 'quarantined')).toMatchObject([{ ticketId: null }, { ticketId: null }]);
});

test('a second copy of a sign-in code shows no more than the first', async () => {
  const d = await mailDesk();
  await d.owner.request('POST', '/mailboxes', { address: 'sales@shop.test' });
  const lead = await d.person('lead', { of: d.owner });
  await d.send({ ...SLACK, to: ['support@shop.test', 'sales@shop.test'], messageId: '<code@slack.com>', date: d.now() });
  await d.send({ ...SLACK, headers: { received: 'from elsewhere' }, to: ['support@shop.test', 'sales@shop.test'], messageId: '<code@slack.com>', date: d.now() });
  const items = (await lead.request('GET', '/email/ledger')).body.items as { id: string; state: string; subject: string }[];
  expect(items.map(({ state, subject }) => `${state} ${subject}`).toSorted()).toEqual(['duplicate ', 'duplicate ', 'duplicate ', 'quarantined ']);
  for (const { id } of items) {
    expect((await lead.request('GET', `/email/ledger/${id}/raw`)).status).toBe(404);
    expect((await lead.request('GET', `/email/ledger/${id}`)).body.subject).toBe('');
    expect((await d.owner.request('GET', `/email/ledger/${id}/raw`)).status).toBe(200);
  }
});
