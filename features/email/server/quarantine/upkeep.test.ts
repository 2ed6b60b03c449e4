import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const DAY = 24 * 60;
const code = { from: 'service@tool.example', to: 'support@shop.test', subject: 'Offer', text: 'Your verification code is: 481234' };

/** The digests that have left, to whom and with what subject. */
async function told(d: Awaited<ReturnType<typeof mailDesk>>) {
  const before = d.sink.received.length;
  await d.email.upkeep.digest();
  await d.sender.sendDue();
  return d.sink.received.slice(before).map(({ to, mail, raw }) => ({ to, subject: mail.subject, text: mail.text ?? '', raw: raw.toString('latin1') }));
}

test('whoever looks after the quarantine is told daily, in their language, by a mail that no robot answers', async () => {
  const d = await mailDesk();
  await d.send(code);
  expect(await told(d)).toEqual([]);
  d.pass(DAY);
  const [digest, ...others] = await told(d);
  expect(others).toEqual([]);
  expect(digest).toMatchObject({ to: [d.owner.email], subject: 'Quarantine of Main: 1 message waits' });
  expect(digest!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(digest!.text).toContain('http://desk.test/quarantine');
  expect(digest!.text).not.toContain('Offer');
  expect(await told(d)).toEqual([]);
  d.pass(DAY);
  expect(await told(d)).toHaveLength(1);
});

test('they are told at the hour of their own day that was chosen, summer time or not', async () => {
  const d = await mailDesk();
  await d.owner.request('PATCH', '/workspace', { timeZone: 'Asia/Kolkata' });
  const choose = (digestHour: number) => d.owner.request('PUT', '/email/quarantine/settings', { keepDays: 30, digestHour, owner: { personId: null, teamId: null }, mailboxes: [] });
  const hourThere = () => new Intl.DateTimeFormat('en', { timeZone: 'Asia/Kolkata', hour: 'numeric', hourCycle: 'h23' }).format(d.now());
  await choose(6);
  await d.send(code);
  const heard: string[] = [];
  for (let half = 0; half < 96; half++) {
    if (half === 48) await choose(17);
    d.pass(30);
    if ((await told(d)).length > 0) heard.push(hourThere());
  }
  expect(heard).toEqual(['06', '17']);
});

test('an owner of a mailbox’s quarantine is told instead, but of sign-in codes only who may see them', async () => {
  const d = await mailDesk();
  const [admin, lead] = [await d.person('admin', { of: d.owner }), await d.person('lead', { of: d.owner })];
  const [mailbox] = (await d.owner.request('GET', '/mailboxes')).body.items;
  const settings = { keepDays: 30, digestHour: 9, owner: { personId: null, teamId: null }, mailboxes: [{ mailboxId: mailbox.id, owner: { personId: admin.id, teamId: null } }] };
  expect((await d.owner.request('PUT', '/email/quarantine/settings', settings)).body).toEqual(settings);
  expect((await lead.request('PUT', '/email/quarantine/settings', settings)).status).toBe(403);
  await d.send(code);
  d.pass(DAY);
  expect(await told(d)).toMatchObject([{ to: [admin.email] }]);
  expect((await d.owner.request('GET', `/email/quarantine?ownerId=${admin.id}`)).body.items).toHaveLength(1);
  expect((await d.owner.request('GET', `/email/quarantine?ownerId=${lead.id}`)).body.items).toHaveLength(0);
  await d.owner.request('PUT', '/email/quarantine/settings', { ...settings, owner: { personId: lead.id, teamId: null }, mailboxes: [] });
  d.pass(DAY);
  expect(await told(d)).toMatchObject([{ to: [d.owner.email] }]);
});

test('nothing is removed that was not announced three days before; then the bytes go and the ledger stays', async () => {
  const d = await mailDesk();
  await d.send(code);
  const [{ id, sha256 }] = (await d.owner.request('GET', '/email/ledger')).body.items;
  // The server was off for a long time: everything is old, and nobody has been told.
  d.pass(40 * DAY);
  expect(await d.email.upkeep.purge()).toBe(0);
  const [digest] = await told(d);
  expect(digest!.text).toContain('1 message is about to be removed');
  d.pass(3 * DAY - 1);
  expect(await d.email.upkeep.purge()).toBe(0);
  expect((await d.owner.request('GET', `/email/ledger/${id}/raw`)).status).toBe(200);
  d.pass(1);
  expect(await d.email.upkeep.purge()).toBe(1);
  expect(await d.email.upkeep.purge()).toBe(0);
  expect(await d.owner.request('GET', `/email/ledger/${id}/raw`)).toMatchObject({ status: 404, body: { code: 'email.message_purged' } });
  expect((await d.owner.request('GET', '/email/ledger')).body.items).toMatchObject([{ sha256, subject: 'Offer', quarantine: { state: 'purged' } }]);
  expect((await d.owner.request('GET', '/email/quarantine')).body.items).toEqual([]);
});

test('an announcement that never left announces nothing', async () => {
  const d = await mailDesk({ relay: false });
  await d.send(code);
  d.pass(40 * DAY);
  expect(await d.email.upkeep.digest()).toBe(1);
  d.pass(10 * DAY);
  expect(await d.email.upkeep.purge()).toBe(0);
});

test('what is removed does not live on in a copy that came for another mailbox', async () => {
  const d = await mailDesk();
  await d.owner.request('POST', '/mailboxes', { address: 'sales@shop.test' });
  await d.send({ ...code, to: ['support@shop.test', 'sales@shop.test'] });
  d.pass(40 * DAY);
  await told(d);
  d.pass(3 * DAY);
  expect(await d.email.upkeep.purge()).toBe(1);
  const items = (await d.owner.request('GET', '/email/ledger')).body.items as { id: string; state: string }[];
  expect(items.map(({ state }) => state).sort()).toEqual(['duplicate', 'quarantined']);
  for (const { id } of items) expect((await d.owner.request('GET', `/email/ledger/${id}/raw`)).body.code).toBe('email.message_purged');
});
