import { expect, test } from 'vitest';
import { mailsOf } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
const ticket = async ({ owner }: TestApp, email: string | undefined, language: string, tags: readonly string[]): Promise<string> => {
  const { body } = await owner.request('POST', '/tickets', { subject: 'Order', channel: 'phone', direction: 'in', language, customer: email === undefined ? { phone: '+359881234567' } : { email }, text: 'x' });
  await owner.request('PATCH', `/tickets/${body.id}`, { tags });
  return body.id;
};
const tagged = (tag: string) => ({ version: 1, all: [{ field: 'tags', operator: 'has_any', value: [tag] }] });

test('a notice reaches each customer whom it touches once, in their language, after it could have been taken back', async () => {
  const app = await testApp();
  await ticket(app, 'maria@example.org', 'bg', ['lid']);
  await ticket(app, 'maria@example.org', 'bg', ['lid']);
  await ticket(app, 'jan@example.org', 'pl', ['lid']);
  await ticket(app, undefined, 'en', ['lid']);
  await ticket(app, 'other@example.org', 'en', ['spout']);
  const bulk = async () => (await mailsOf(app, app.owner.workspaceId)).filter(({ purpose }) => purpose === 'bulk');
  const agent = await app.person('agent', { of: app.owner });
  expect((await agent.request('POST', '/status-notices/audiences', { condition: tagged('lid') })).status).toBe(403);
  expect((await app.owner.request('POST', '/status-notices/audiences', { condition: tagged('lid') })).body).toEqual({ customers: 3, more: false });

  const given = { titles: { en: 'New lids', bg: 'Нови капаци' }, texts: { en: 'They come in May.', bg: 'Идват през май.' }, condition: tagged('lid') };
  expect((await app.owner.request('POST', '/status-notices', { ...given, most: 2 })).body.code).toBe('notice.too_many');
  expect((await app.owner.request('POST', '/status-notices', { ...given, condition: tagged('nothing'), most: 2 })).body.code).toBe('notice.nobody');

  const first = (await app.owner.request('POST', '/status-notices', { ...given, most: 3 })).body;
  expect(first).toMatchObject({ state: 'waiting', chosen: 3, written: 0 });
  await app.due.round();
  expect(await bulk()).toEqual([]);
  expect((await app.owner.request('POST', `/status-notices/${first.id}/withdrawal`)).body).toMatchObject({ state: 'taken_back', skipped: { stopped: 3 } });

  const { body: second } = await app.owner.request('POST', '/status-notices', { ...given, most: 3 });
  app.passMachine(120_000);
  await app.due.round();
  await app.due.round();
  expect((await bulk()).map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual(['jan@example.org [Main] New lids', 'maria@example.org [Main] Нови капаци']);
  expect((await app.owner.request('GET', '/status-notices')).body.items).toMatchObject([{ id: second.id, state: 'sent', written: 2, skipped: { no_address: 1 } }, { id: first.id, state: 'taken_back' }]);
  expect((await (await app.otherWorkspace()).request('POST', `/status-notices/${second.id}/withdrawal`)).status).toBe(404);
});

test('an incident takes many tickets at once, and agents add the one that they read; each is told once what was said last', async () => {
  const app = await testApp();
  const [one, two, three] = [await ticket(app, 'a@example.org', 'bg', ['cards']), await ticket(app, 'b@example.org', 'en', ['cards']), await ticket(app, 'c@example.org', 'en', [])];
  const { body: incident } = await app.owner.request('POST', '/status-incidents', { titles: { en: 'Cards are refused' }, texts: { en: 'We look into it.', bg: 'Проучваме.' } });
  const agent = await app.person('agent', { of: app.owner });
  const path = `/status-incidents/${incident.id}`;
  expect((await agent.request('POST', `${path}/attachments`, { condition: tagged('cards') })).status).toBe(403);
  expect((await app.owner.request('POST', '/status-incidents/matches', { condition: tagged('cards') })).body).toEqual({ count: 2, more: false });

  expect((await app.owner.request('POST', `${path}/attachments`, { condition: tagged('cards'), tell: true })).body).toEqual({ matched: 2, attached: 2 });
  expect((await app.owner.request('POST', `${path}/attachments`, { ticketIds: [one, two], tell: true })).body).toEqual({ matched: 2, attached: 0 });
  expect((await agent.request('PUT', `${path}/tickets/${three}`)).status).toBe(204);
  expect((await agent.request('GET', `/tickets/${three}/status-incidents`)).body.items).toMatchObject([{ id: incident.id, titles: { en: 'Cards are refused' }, tickets: 3 }]);
  await app.due.round();
  const told = await mailsOf(app, app.owner.workspaceId);
  expect(told.map(({ to }) => to).toSorted()).toEqual(['a@example.org', 'b@example.org']);
  expect(told.find(({ to }) => to === 'a@example.org')!.text).toContain('Проучваме.');

  await agent.request('DELETE', `${path}/tickets/${two}`);
  await app.owner.request('POST', `${path}/updates`, { state: 'resolved', texts: { en: 'It works again.' } });
  await app.due.round();
  expect((await mailsOf(app, app.owner.workspaceId)).slice(2).map(({ to }) => to).toSorted()).toEqual(['a@example.org', 'c@example.org']);
  expect((await agent.request('PUT', `${path}/tickets/${two}`)).body.code).toBe('incident.ended');
});
