import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  const { owner } = app;
  const team = (await owner.request('POST', '/teams', { name: 'Returns' })).body.id as string;
  const ana = await app.person('agent', { of: owner, name: 'Ana', teamIds: [team] });
  const ben = await app.person('agent', { of: owner, name: 'Ben', teamIds: [team] });
  const eve = await app.person('agent', { of: owner, name: 'Eve' });
  const cora = await app.person('colleague', { of: owner, name: 'Cora', teamIds: [team] });
  const open = async (subject: string) => (await owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: 'Maria', email: 'maria@example.org' }, text: 'It is cracked.' })).body.id as string;
  const ticket = await open('Kettle');
  // A workspace beside the first has no mailbox of its own to answer from.
  await owner.request('POST', '/mailboxes', { address: `${ticket}@desk.test` });
  return {
    ...app, team, ana, ben, eve, cora, ticket, open,
    share: async (who: Member, html: string, more: object = {}) => (await who.request('POST', `/tickets/${ticket}/shared-drafts`, { html, ...more })).body,
    shown: async (who: Member, on = ticket) => ((await who.request('GET', `/tickets/${on}/shared-drafts`)).body.items ?? []) as { id: string; version: number; body: { html: string }; writers: { name: string }[]; editedBy: { name: string } }[],
    write: (who: Member, id: string, version: number, html: string, more: object = {}) => who.request('PUT', `/shared-drafts/${id}`, { version, html, ...more }),
    send: (who: Member, id: string, version: number, text: string, more: object = {}) => who.request('POST', `/tickets/${ticket}/replies`, { text, sharedDraft: { id, version }, ...more }),
    said: async (on = ticket) => ((await owner.request('GET', `/tickets/${on}/entries`)).body.items as { direction: string; text: string; author: { name: string }; writtenBy?: { name: string }[] }[]).filter(({ direction }) => direction === 'out'),
    upload: async (who: Member, name: string) => (await who.request('POST', `/uploads?name=${name}`, Buffer.from(name), { 'content-type': 'application/octet-stream' })).body.id as string,
  };
}

test('one begins an answer, another of the team writes on and sends it, and the record says who did what', async () => {
  const { ana, ben, ticket, team, share, shown, write, send, said, upload } = await desk();
  await ana.request('PUT', `/drafts/reply?ticket=${ticket}`, { html: '<p>Dear Maria</p>' });
  const file = await upload(ana, 'label.pdf');
  const draft = await share(ana, '<p>Dear Maria</p><script>steal()</script>', { teamId: team, attachmentIds: [file] });
  expect(draft).toMatchObject({ audience: 'team', team: { name: 'Returns' }, author: { name: 'Ana' }, version: 1, attachments: [{ id: file, name: 'label.pdf' }] });
  expect(draft.body.html).not.toContain('script');
  expect((await ana.request('GET', `/drafts/reply?ticket=${ticket}`)).body, 'it is no longer a draft of her own').toBe(null);

  expect(await shown(ben)).toMatchObject([{ id: draft.id, version: 1 }]);
  expect((await write(ben, draft.id, 1, '<p>Dear Maria, a new one comes.</p>', { attachmentIds: [file] })).body).toMatchObject({ version: 2, editedBy: { name: 'Ben' }, writers: [{ name: 'Ana' }, { name: 'Ben' }] });
  const sent = await send(ben, draft.id, 2, 'Dear Maria, a new one comes.', { attachmentIds: [file] });
  expect([sent.status, sent.body.author.name, sent.body.writtenBy, sent.body.attachments.length]).toEqual([201, 'Ben', [{ id: ana.id, name: 'Ana' }], 1]);
  expect(await said()).toMatchObject([{ author: { name: 'Ben' }, writtenBy: [{ name: 'Ana' }] }]);
  expect(await shown(ana)).toEqual([]);
  const again = await send(ana, draft.id, 2, 'Once more.');
  expect([again.status, again.body.code, again.body.by]).toEqual([409, 'draft.ended', 'Ben']);
  expect(await said()).toHaveLength(1);
});

test('of two who write at once the second is refused and shown the other text; nothing is lost', async () => {
  const { ana, ben, share, shown, write, send } = await desk();
  const { id } = await share(ana, '<p>Hello</p>');
  const answers = await Promise.all([write(ana, id, 1, '<p>Hello from Ana</p>'), write(ben, id, 1, '<p>Hello from Ben</p>')]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  const [kept, refused] = [answers.find(({ status }) => status === 200)!.body, answers.find(({ status }) => status === 409)!.body];
  expect(refused).toMatchObject({ code: 'draft.changed_meanwhile', draft: { version: 2, body: { html: kept.body.html }, editedBy: kept.editedBy } });
  expect(await shown(ana)).toMatchObject([{ version: 2, body: { html: kept.body.html } }]);
  // Nor is it sent by somebody who has not seen what it says now.
  const unseen = await send(ben, id, 1, 'Hello');
  expect([unseen.status, unseen.body.code]).toEqual([409, 'draft.changed_meanwhile']);
});

test('of two who send at the same moment one does', async () => {
  const { ana, ben, share, send, said } = await desk();
  const { id } = await share(ana, '<p>Hello</p>');
  const answers = await Promise.all([send(ana, id, 1, 'Hello'), send(ben, id, 1, 'Hello')]);
  expect(answers.map(({ status, body }) => [status, body.code]).toSorted(([a], [b]) => a - b)).toEqual([[201, undefined], [409, 'draft.ended']]);
  expect(await said()).toHaveLength(1);
});

test('a draft is for its team or for who may answer, and an own one for nobody else, administrators included', async () => {
  const { owner, ana, ben, eve, cora, ticket, team, share, shown, open } = await desk();
  const admin = await owner.request('GET', '/me');
  expect(admin.body.role).toBe('owner');
  await ana.request('PUT', `/drafts/reply?ticket=${ticket}`, { html: '<p>mine alone</p>' });
  expect(await shown(owner)).toEqual([]);
  expect((await owner.request('GET', `/drafts/reply?ticket=${ticket}`)).body).toBe(null);
  const forTeam = await share(ana, '<p>for the team</p>', { teamId: team });
  expect([(await shown(ben)).length, (await shown(eve)).length, (await shown(owner)).length]).toEqual([1, 0, 0]);
  expect((await owner.request('GET', `/shared-drafts/${forTeam.id}`)).status).toBe(404);
  const forAll = await share(ana, '<p>for all</p>');
  expect((await shown(eve)).map(({ id }) => id)).toEqual([forAll.id]);
  expect((await cora.request('GET', `/tickets/${ticket}/shared-drafts`)).status, 'a colleague writes to nobody').toBe(403);
  expect((await ana.request('POST', `/tickets/${ticket}/shared-drafts`, { html: 'x', teamId: ticket })).body.code).toBe('draft.no_such_team');
  const other = await open('Lamp');
  expect((await ana.request('POST', `/tickets/${other}/replies`, { text: 'x', sharedDraft: { id: forAll.id, version: 1 } })).body.code).toBe('draft.elsewhere');
  // Its team is gone: it does not become everybody's.
  expect((await owner.request('DELETE', `/teams/${team}`)).status).toBeLessThan(300);
  expect([(await shown(ana)).length, (await shown(ben)).map(({ id }) => id), (await shown(eve)).map(({ id }) => id)]).toEqual([2, [forAll.id], [forAll.id]]);
});

test('files of a draft are sent by whoever sends it; those of other people’s uploads are not there', async () => {
  const { ana, ben, share, write, upload } = await desk();
  const [hers, his] = [await upload(ana, 'hers.txt'), await upload(ben, 'his.txt')];
  const { id } = await share(ana, '<p>x</p>', { attachmentIds: [hers] });
  expect((await write(ana, id, 1, '<p>x</p>', { attachmentIds: [his] })).body.code).toBe('attachment.not_found');
  expect((await write(ben, id, 1, '<p>x</p>', { attachmentIds: [hers, his] })).body.attachments).toHaveLength(2);
});

test('it goes along with a merge, back with its undoing, and lies still while the ticket is deleted', async () => {
  const { owner, ana, ticket, open, share, shown, write } = await desk();
  const { id } = await share(ana, '<p>x</p>');
  const other = await open('Lamp');
  const merge = (await owner.request('POST', `/tickets/${ticket}/merges`, { into: other })).body.id as string;
  expect([(await shown(ana)).length, (await shown(ana, other)).map((one) => one.id)]).toEqual([0, [id]]);
  expect((await write(ana, id, 1, '<p>y</p>')).body).toMatchObject({ ticketId: other, version: 2 });
  await owner.request('DELETE', `/merges/${merge}`);
  expect([(await shown(ana)).map((one) => one.id), (await shown(ana, other)).length]).toEqual([[id], 0]);
  await owner.request('PUT', `/tickets/${ticket}/deletion`);
  expect((await write(ana, id, 2, '<p>z</p>')).body.code).toBe('ticket.deleted');
  await owner.request('DELETE', `/tickets/${ticket}/deletion`);
  expect((await write(ana, id, 2, '<p>z</p>')).status).toBe(200);
});

test('what was put away can be brought back, and what was sent and undone is a draft again', async () => {
  const { ana, ben, ticket, share, shown, send } = await desk();
  const { id } = await share(ana, '<p>Hello</p>');
  await ben.request('PUT', `/shared-drafts/${id}/discarding`);
  expect([(await shown(ana)).length, (await ana.request('GET', `/shared-drafts/${id}`)).body.by]).toEqual([0, 'Ben']);
  await ana.request('DELETE', `/shared-drafts/${id}/discarding`);
  const [back] = await shown(ben);
  const sent = await send(ben, id, back!.version, 'Hello');
  expect((await ben.request('DELETE', `/tickets/${ticket}/replies/${sent.body.id}`)).status).toBe(204);
  expect(await shown(ana)).toMatchObject([{ id, body: { html: '<p>Hello</p>' } }]);
});

test('where answers are approved, a shared one waits like any other, and nobody whose words it holds approves it', async () => {
  const { owner, ...d } = await desk();
  const lead = await d.person('admin', { of: owner, name: 'Lena' });
  expect((await owner.request('POST', '/approval-policies', { name: 'All', writers: ['agent', 'admin'], channels: ['email'] })).status).toBe(201);
  const { id } = await d.share(lead, '<p>We pay 500 euro.</p>');
  const held = await d.send(d.ben, id, 1, 'We pay 500 euro.');
  expect([held.status, await d.said(), await d.shown(lead)]).toEqual([202, [], []]);
  const approve = (who: Member) => who.request('POST', `/approvals/${held.body.approvalId}/approval`, { version: 1 });
  expect([(await approve(lead)).body.code, (await approve(d.ben)).body.code]).toEqual(['approval.not_yours', 'approval.not_yours']);
  expect((await approve(owner)).status).toBeLessThan(300);
  expect(await d.said()).toMatchObject([{ author: { name: 'Ben' }, writtenBy: [{ name: 'Lena' }] }]);
});

const TERMS = '<p>Dear Maria, we are sorry that the kettle arrived cracked. We pay back 500 euro within three days.</p>';

test('words of a shared draft that are sent without naming it are not approved by who wrote a part of them: changed, put away, sent anew, as a forward', async () => {
  const { owner, ticket, ...d } = await desk();
  const lead = await d.person('admin', { of: owner, name: 'Lena' });
  expect((await owner.request('POST', '/approval-policies', { name: 'All', writers: ['agent', 'admin'], channels: ['email'] })).status).toBe(201);
  const { id } = await d.share(d.ben, '<p>Dear Maria,</p>');
  expect((await d.write(lead, id, 1, TERMS)).status).toBe(200);
  expect((await d.write(d.ben, id, 2, '<p>I write it anew.</p>')).status, 'nothing of it stands there now').toBe(200);
  await d.ben.request('PUT', `/shared-drafts/${id}/discarding`);

  const approve = async (approvalId: string, who: Member, version = 1) => (await who.request('POST', `/approvals/${approvalId}/approval`, { version })).body.code as string | undefined;
  const copied = await d.ben.request('POST', `/tickets/${ticket}/replies`, { channel: 'email', html: TERMS.replace('three', '3').replaceAll(' ', '  ') });
  expect([copied.status, await approve(copied.body.approvalId, lead)]).toEqual([202, 'approval.not_yours']);
  const entry = (await owner.request('POST', `/tickets/${ticket}/notes`, { text: 'see' })).body.id as string;
  const passedOn = await d.ben.request('POST', `/tickets/${ticket}/forwards`, { text: TERMS.replaceAll(/<\/?p>/g, ''), to: ['bank@bank.test'], entryId: entry });
  expect([passedOn.status, await approve(passedOn.body.approvalId, lead)]).toEqual([202, 'approval.not_yours']);

  const besides = await d.ben.request('POST', `/tickets/${ticket}/replies`, { channel: 'email', html: '<p>Hello from all of us.</p>', text: TERMS.replaceAll(/<\/?p>/g, '') });
  expect([besides.status, await approve(besides.body.approvalId, lead)], 'beside other HTML, for programs that show plain text').toEqual([202, 'approval.not_yours']);

  const own = await d.ben.request('POST', `/tickets/${ticket}/replies`, { channel: 'email', text: 'The parcel left our house yesterday and comes to you on Friday.' });
  expect((await lead.request('POST', `/approvals/${own.body.approvalId}/return`, { version: 1, remark: 'More.' })).status).toBeLessThan(300);
  const mended = await d.ben.request('POST', `/approvals/${own.body.approvalId}/resubmission`, { version: 2, remark: '', html: TERMS });
  expect([mended.status < 300, await approve(own.body.approvalId, lead, 3)]).toEqual([true, 'approval.not_yours']);
  const another = await d.ben.request('POST', `/tickets/${ticket}/replies`, { channel: 'email', text: 'Dear Maria, your lamp was repaired and left our house today.' });
  expect(await approve(another.body.approvalId, lead), 'words of nobody else').toBeUndefined();
});

test('whoever is of the team hears that a draft is theirs too; not who shared it, not who writes to no customers', async () => {
  ownApp();
  const d = await desk();
  const heard = await following(d, 'notifications');
  const kinds = async (who: Member) => (await who.request('GET', '/me/notices')).body.items.map(({ kind, by }: { kind: string; by: string }) => [kind, by]);
  await d.owner.request('PATCH', `/tickets/${d.ticket}`, { assigneeId: d.owner.id });
  expect((await d.ana.request('POST', `/tickets/${d.ticket}/shared-drafts`, { html: '<p>x</p>', attachmentIds: [], teamId: d.team })).status).toBe(201);
  await heard();
  expect([await kinds(d.ben), await kinds(d.ana), await kinds(d.cora), await kinds(d.owner)]).toEqual([[['draft_shared', 'Ana']], [], [], []]);
  expect((await d.cora.request('PUT', `/tickets/${d.ticket}/followers/me`)).status).toBeLessThan(300);
  await d.share(d.ana, '<p>y</p>');
  await heard();
  expect([(await kinds(d.owner)).length, (await kinds(d.ben)).length], 'of everybody: those whom the ticket concerns').toEqual([1, 1]);
  expect((await kinds(d.cora)).filter(([kind]: [string]) => kind === 'draft_shared'), 'who follows it and may not see drafts').toEqual([]);
});

test('what is redacted on the ticket is gone from shared drafts, put away ones too', async () => {
  const { owner, ana, ticket, share, shown } = await desk();
  const [one, two] = [await share(ana, '<p>The card is 4111.</p>'), await share(ana, '<p>Card 4111, again.</p>')];
  await ana.request('PUT', `/shared-drafts/${two.id}/discarding`);
  const entry = (await owner.request('POST', `/tickets/${ticket}/notes`, { text: 'Card 4111' })).body.id as string;
  const done = await owner.request('POST', `/tickets/${ticket}/entries/${entry}/redactions`, { passages: ['4111'], reason: 'card' });
  expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
  await ana.request('DELETE', `/shared-drafts/${two.id}/discarding`);
  const left = await shown(ana);
  expect(left.map(({ id }) => id)).toEqual([one.id, two.id]);
  expect(JSON.stringify(left)).not.toContain('4111');
});
