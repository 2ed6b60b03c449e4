import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana <ana@home.example>';
const COURIER = 'Speedy <parcels@desk.example>';
const STRANGER = 'mallory@evil.example';

async function desk() {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA, subject: 'My parcel', text: 'Where is my kettle?' });
  const id = ticketId!;
  const leave = async () => { d.passMachine(11); await d.sender.sendDue(); return d.sink.received.at(-1)!.mail; };
  const start = (given: object = {}, who = d.owner) => who.request('POST', `/tickets/${id}/asides`, { subject: 'Parcel 4711', to: ['parcels@desk.example'], text: 'Where is it?', ...given });
  const messages = async (aside: { id: string }) => (await d.owner.request('GET', `/asides/${aside.id}/messages`)).body.items as { id: string; direction: string; text: string; verdict: string | null; automatic: boolean; author: { name: string }; attachments: { name: string; url: string }[]; delivery: { state: string } | null }[];
  const asides = async (of = id) => (await d.owner.request('GET', `/tickets/${of}/asides`)).body.items as { id: string; waits: boolean; last: string; messages: number; people: { name: string }[] }[];
  return { ...d, id, leave, start, messages, asides };
}

test('a courier answers into the ticket, in a thread of its own that the customer and the quotes of replies never see', async () => {
  const d = await desk();
  const heard = await following(d, 'notifications');
  const other = await d.person('agent', { of: d.owner, name: 'Boris' });
  const { body: file } = await d.owner.request('POST', '/uploads?name=label.txt&contentType=text/plain', Buffer.from('PDF'), { 'content-type': 'application/octet-stream' });
  const { status, body: aside } = await d.start({ attachmentIds: [file.id], waits: true }, other);
  expect([status, aside.code], 'a file of somebody else').toEqual([400, 'attachment.not_found']);
  const { body: made } = await d.start({ attachmentIds: [file.id], waits: true });
  expect(made).toMatchObject({ subject: 'Parcel 4711', waits: true, last: 'out', messages: 1, startedBy: { name: 'Main Owner' } });
  expect((await d.ticket(d.id)).status).toBe('waiting_third_party');

  const sent = await d.leave();
  expect(sent).toMatchObject({ subject: 'Parcel 4711', to: [{ address: 'parcels@desk.example' }] });
  expect(sent.attachments.map(({ filename }) => filename)).toEqual(['label.txt']);
  expect(sent.text).not.toContain('kettle');
  const { entry, ...answer } = await d.mail({ from: COURIER, subject: 'Re: Parcel 4711', text: 'It is in Plovdiv.', headers: [`In-Reply-To: ${sent.messageId}`] });
  expect([entry, answer.ticketId, answer.state]).toEqual([undefined, d.id, 'filed']);
  const said = await d.messages(made);
  expect(said).toMatchObject([{ direction: 'out', delivery: { state: 'accepted' } }, { direction: 'in', text: 'It is in Plovdiv.', verdict: 'pass', author: { name: 'Speedy' } }]);
  expect((await d.request('GET', said[0]!.attachments[0]!.url)).body).toBe('PDF');
  expect(await d.asides()).toMatchObject([{ waits: false, last: 'in', messages: 2, people: [{ name: 'Speedy' }] }]);
  expect(await d.ticket(d.id), 'nobody else is waited for').toMatchObject({ status: 'open', snippet: 'Where is my kettle?' });
  await heard();
  expect((await d.owner.request('GET', '/me/notices')).body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['aside_answered']);

  expect((await d.entries(d.id)).filter(({ type }) => type !== 'event').map(({ text }) => text)).toEqual(['Where is my kettle?']);
  const reply = await d.answered(d.id, 'It is under way.');
  expect(`${reply.subject} ${reply.text} ${String(reply.html)} ${String(reply.references)}`).not.toMatch(/4711|Plovdiv|parcels@/);
  expect(String(reply.references)).not.toContain(sent.messageId);
  expect((await d.recipients(d.id)).cc).toEqual([]);
  expect((await d.owner.request('GET', `/customers?q=parcels`)).body.items, 'a courier is no customer').toEqual([]);

  await d.owner.request('POST', `/asides/${made.id}/messages`, { text: 'Thank you.' });
  const next = await d.leave();
  expect([next.subject, next.inReplyTo === sent.messageId, next.text]).toEqual(['Re: Parcel 4711', false, expect.stringContaining('It is in Plovdiv.')]);
});

test('only who was brought in joins, by a token of its own; strangers, disowned mail and tokens of tickets do not', async () => {
  const d = await desk();
  const { body: aside } = await d.start();
  const token = (await d.leave()).messageId!;
  const { number } = await d.ticket(d.id);
  for (const [what, letter, why] of [
    ['a stranger', { from: STRANGER, headers: [`In-Reply-To: ${token}`] }, `stranger:${number}`],
    ['the customer', { from: ANA, headers: [`In-Reply-To: ${token}`] }, `stranger:${number}`],
    ['in its words', { from: STRANGER, text: `> ${token.slice(1).split('@')[0]}` }, `stranger:${number}`],
    ['a changed token', { from: COURIER, headers: [`In-Reply-To: <${token.slice(1, 30)}${token[30] === 'a' ? 'b' : 'a'}${token.slice(31)}`] }, null],
    ['without one', { from: COURIER, subject: 'Re: Parcel 4711' }, null],
  ] as const) {
    const { ticketId, entry } = await d.mail(letter);
    expect([ticketId === d.id, entry.notice], what).toEqual([false, why]);
  }
  const disowned = await d.forge({ from: COURIER, headers: [`In-Reply-To: ${token}`] });
  expect([disowned.ticketId === d.id, disowned.entry.notice]).toEqual([false, `unproven:${number}`]);
  const asTicket = await d.mail({ from: COURIER, headers: [`In-Reply-To: <r${token.slice(2)}`] });
  expect(asTicket.ticketId).not.toBe(d.id);
  expect(await d.messages(aside)).toHaveLength(1);

  const robot = await d.mail({ from: COURIER, subject: 'Out of office', headers: [`In-Reply-To: ${token}`, 'Auto-Submitted: auto-replied'] });
  expect([robot.state, robot.ticketId]).toEqual(['autoreply', d.id]);
  expect((await d.messages(aside)).at(-1)).toMatchObject({ automatic: true });
  const old = d.tokens.messageId({ workspaceId: d.owner.workspaceId, mailboxId: await d.mailbox('support@desk.test'), asideId: aside.id, domain: 'desk.test' });
  d.passMachine(401 * 86_400);
  expect((await d.mail({ from: COURIER, headers: [`In-Reply-To: ${old}`] })).entry.notice).toBe(`possibly_belongs_to:${number}`);
});

test('it is not begun with the customer or with ourselves, nor past an approval; light agents and others read or see nothing', async () => {
  const d = await desk();
  const code = async (given: object) => (await d.start(given)).body.code;
  expect(await code({ to: ['ANA@home.example'] })).toBe('aside.to_customer');
  expect(await code({ to: ['support@desk.test'] })).toBe('aside.to_ourselves');
  expect(await code({ to: [] })).toBe('request.invalid');
  const { body: aside } = await d.start();
  const light = await d.person('colleague', { of: d.owner });
  expect((await d.start({}, light)).status).toBe(403);
  expect((await light.request('GET', `/asides/${aside.id}/messages`)).body.items).toHaveLength(1);
  const elsewhere = await d.otherWorkspace();
  for (const [method, path, body] of [['GET', `/tickets/${d.id}/asides`], ['GET', `/asides/${aside.id}/messages`], ['POST', `/asides/${aside.id}/messages`, { text: 'x' }], ['PATCH', `/asides/${aside.id}`, { waits: true }], ['DELETE', `/asides/${aside.id}/messages/${aside.id}`]] as const) {
    expect((await elsewhere.request(method, path, body)).status, path).toBe(404);
  }
  const [first] = await d.messages(aside);
  expect((await d.owner.request('DELETE', `/asides/${aside.id}/messages/${first!.id}`)).status).toBe(204);
  expect(await d.asides()).toEqual([]);
  d.passMachine(11);
  await d.sender.sendDue();
  expect(d.sink.received).toHaveLength(0);

  const { ticketId: intoId } = await d.mail({ from: ANA, subject: 'Kettle' });
  await d.start({ subject: 'Second' });
  const { body: merge } = await d.owner.request('POST', `/tickets/${d.id}/merges`, { into: intoId });
  expect(await d.asides(intoId!)).toHaveLength(1);
  await d.owner.request('DELETE', `/merges/${merge.id}`);
  expect([await d.asides(intoId!), (await d.asides()).length]).toEqual([[], 1]);

  const agent = await d.person('agent', { of: d.owner });
  expect((await d.owner.request('POST', '/approval-policies', { name: 'All' })).status).toBe(201);
  expect((await d.start({}, agent)).body.code).toBe('aside.needs_approval');
});
