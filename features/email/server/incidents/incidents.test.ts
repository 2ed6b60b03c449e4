import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

async function asked() {
  const desk = await mailDesk();
  await desk.send({ from: 'Ana <ana@home.test>', to: 'support@shop.test', subject: 'Invoice', text: 'Where is it?' });
  const [ticket] = await desk.tickets();
  return { desk, id: ticket!.id };
}

test('who got a mail by mistake is asked to delete it, each alone, and it is written down for leads', async () => {
  const { desk, id } = await asked();
  const sent = (await desk.owner.request('POST', `/tickets/${id}/replies`, { text: 'The bill of somebody else', to: ['ana@home.test', 'max@home.test'] })).body;
  desk.passMachine(11);
  await desk.sender.sendDue();
  const path = `/tickets/${id}/entries/${sent.id}/misdirection`;
  const look = (await desk.owner.request('GET', path)).body;
  expect(look).toMatchObject({ reached: ['ana@home.test', 'max@home.test'], withheld: [], correction: { subject: 'Please delete our last mail to you', text: expect.stringContaining('Re: Invoice') } });

  const done = await desk.owner.request('POST', path, { note: 'wrong tab', correction: look.correction });
  expect(done).toMatchObject({ status: 201, body: { reached: look.reached, withheld: [], hasCorrection: true, reportedBy: { id: desk.owner.id }, note: 'wrong tab' } });
  await desk.sender.sendDue();
  const asks = desk.sink.received.filter(({ mail }) => mail.subject === 'Please delete our last mail to you');
  expect(asks.map(({ to }) => to.join()).toSorted()).toEqual(['ana@home.test', 'max@home.test']);

  expect((await desk.owner.request('POST', path, {})).status).toBe(409);
  const lead = await desk.person('lead', { of: desk.owner });
  expect((await lead.request('GET', '/email/incidents?limit=1')).body).toMatchObject({ items: [{ entryId: sent.id, ticketId: id }], nextCursor: null });
  const agent = await desk.person('agent', { of: desk.owner });
  expect((await agent.request('GET', '/email/incidents')).status).toBe(403);
  const other = await desk.otherWorkspace();
  expect((await other.request('GET', path)).status).toBe(404);
  expect((await other.request('GET', '/email/incidents')).body.items).toEqual([]);
});

test('what has not left does not leave, and nobody is written to', async () => {
  const { desk, id } = await asked();
  const before = desk.sink.received.length;
  const sent = (await desk.owner.request('POST', `/tickets/${id}/replies`, { text: 'Not for you', to: ['max@home.test'] })).body;
  const { body, status } = await desk.owner.request('POST', `/tickets/${id}/entries/${sent.id}/misdirection`, { correction: { subject: 'x', text: 'y' } });
  expect({ status, body }).toMatchObject({ status: 201, body: { reached: [], withheld: ['max@home.test'], hasCorrection: false, sentAt: null } });
  desk.passMachine(60);
  await desk.sender.sendDue();
  expect(desk.sink.received.length).toBe(before);
});
