import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { testApp, type Member } from '../../../testing/test-app.ts';

test('a light agent is asked, told, and answers between the two of them; others do not see it, and leads do', async () => {
  const app = await testApp();
  const heard = await following(app, 'notifications');
  const [ana, light, other, lead] = [
    await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('colleague', { of: app.owner, name: 'Lena' }), await app.person('agent', { of: app.owner, name: 'Boris' }), await app.person('lead', { of: app.owner, name: 'Lead' }),
  ];
  const ticket = async (subject: string) => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: subject, phone: `+35988${subject.length}123456` }, text: 'x' })).body.id as string;
  const [kettle, lamp] = [await ticket('Kettle'), await ticket('Lamp of hers')];
  const kinds = async (of: Member) => { await heard(); return (await of.request('GET', '/me/notices')).body.items.map(({ kind, by }: { kind: string; by: string }) => `${kind} ${by}`); };
  const list = async (of: Member, which: string) => (await of.request('GET', `/asks?list=${which}`)).body.items.map(({ state, snippet }: { state: string; snippet: string }) => [state, snippet]);
  const seenOn = async (of: Member, id = kettle) => (await of.request('GET', `/tickets/${id}/asks`)).body.items.length;

  const { status, body: ask } = await ana.request('POST', `/tickets/${kettle}/asks`, { personId: light.id, text: 'Do we have the lid?' });
  expect([status, ask]).toMatchObject([201, { state: 'waiting', askedBy: { name: 'Ana' }, asked: { name: 'Lena' }, ticket: { subject: 'Kettle' }, snippet: 'Do we have the lid?' }]);
  expect((await ana.request('POST', `/tickets/${kettle}/asks`, { personId: ana.id, text: 'x' })).body.code).toBe('ask.oneself');
  expect([await kinds(light), await list(light, 'mine'), (await light.request('GET', '/asks/count')).body]).toEqual([['asked Ana'], [['waiting', 'Do we have the lid?']], { waiting: 1, answered: 0 }]);
  expect([await seenOn(ana), await seenOn(light), await seenOn(other), await seenOn(lead)]).toEqual([1, 1, 0, 1]);
  for (const who of [other, await app.otherWorkspace()]) {
    expect((await who.request('GET', `/asks/${ask.id}/words`)).status).toBe(404);
    expect((await who.request('POST', `/asks/${ask.id}/words`, { text: 'x' })).status).toBe(404);
    expect((await who.request('PUT', `/asks/${ask.id}/closure`)).status).toBe(404);
  }
  expect((await lead.request('POST', `/asks/${ask.id}/words`, { text: 'x' })).body.code).toBe('ask.not_yours');
  expect((await light.request('POST', `/tickets/${kettle}/replies`, { text: 'to the customer' })).status, 'never to customers').toBe(403);

  expect((await light.request('POST', `/asks/${ask.id}/words`, { text: 'Two of them.' })).status).toBe(201);
  expect([await kinds(ana), await list(ana, 'by_me'), (await ana.request('GET', '/asks/count')).body]).toEqual([['ask_answered Lena'], [['answered', 'Two of them.']], { waiting: 0, answered: 1 }]);
  await ana.request('POST', `/asks/${ask.id}/words`, { text: 'In red?' });
  expect(await list(light, 'mine')).toEqual([['waiting', 'In red?']]);
  expect((await light.request('GET', `/asks/${ask.id}/words`)).body.items.map(({ author, text }: { author: { name: string }; text: string }) => [author.name, text])).toEqual([['Ana', 'Do we have the lid?'], ['Lena', 'Two of them.'], ['Ana', 'In red?']]);
  expect((await app.owner.request('GET', `/tickets/${kettle}/entries`)).body.items.filter(({ text }: { text: string }) => text !== '').map(({ text }: { text: string }) => text), 'it is no entry').toEqual(['x']);

  const { body: merge } = await app.owner.request('POST', `/tickets/${kettle}/merges`, { into: lamp });
  expect([await seenOn(light, lamp), await seenOn(other, lamp)]).toEqual([1, 0]);
  await app.owner.request('DELETE', `/merges/${merge.id}`);
  expect([await seenOn(light, lamp), await seenOn(light)]).toEqual([0, 1]);
  const [entry] = (await app.owner.request('GET', `/tickets/${kettle}/entries`)).body.items.filter(({ type }: { type: string }) => type !== 'event');
  await app.owner.request('POST', `/tickets/${kettle}/entries/${entry.id}/redactions`, { passages: ['In red'], reason: 'a secret' });
  expect(await list(light, 'mine')).toEqual([['waiting', '████?']]);

  expect((await ana.request('PUT', `/asks/${ask.id}/closure`)).status).toBe(204);
  expect([await list(light, 'mine'), await list(ana, 'by_me')]).toEqual([[], []]);
  await light.request('DELETE', `/asks/${ask.id}/closure`);
  expect((await list(ana, 'by_me')).length).toBe(1);
  await app.owner.request('PUT', `/tickets/${kettle}/deletion`);
  expect([await list(ana, 'by_me'), (await ana.request('GET', `/asks/${ask.id}/words`)).status]).toEqual([[], 404]);
});
