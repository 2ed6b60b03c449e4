import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { oneAppForAll, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

type Desk = Awaited<ReturnType<typeof chatDesk>>;
type Frame = { type: string; ticketId?: string; event?: { type: string; ticketId: string; data: { isTyping: boolean } } };

/** An agent's screen with one ticket open. */
async function screen(desk: Desk, { request }: Pick<Member, 'request'>, ticketId: string) {
  const { ticket } = (await request('POST', '/socket-tickets')).body;
  const socket = new WebSocket(`ws://127.0.0.1:${desk.port()}/api/v1/socket`, { origin: 'http://desk.test' });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', ticket, since: null })));
  const heard = (type: string) => frames.filter((frame) => frame.type === type);
  await expect.poll(() => heard('ready').length, { timeout: 5_000 }).toBe(1);
  socket.send(JSON.stringify({ type: 'watch', ticketId }));
  await expect.poll(() => heard('watchers').at(-1)?.ticketId, { timeout: 5_000 }).toBe(ticketId);
  return { typing: () => heard('fleeting').flatMap(({ event }) => (event?.type === 'chat.typing' ? [{ ticketId: event.ticketId, ...event.data }] : [])) };
}

test('that a visitor types is seen by whoever has their ticket open, by nobody else, and kept nowhere', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const [maria, other] = [await desk.visitor(), await desk.visitor()];
  const tab = await maria.tab();
  await tab.ready();
  await other.say('The lamp is dark');
  await maria.say('The kettle broke');
  // From here on the tab knows that it has an open matter.
  await tab.hears('state');
  const tickets = await desk.tickets();
  const of = (subject: string): string => tickets.find((one) => one.subject === subject)!.id;
  const id = of('The kettle broke');
  const ana = await desk.person('agent', { of: desk.owner, name: 'Ana' });
  const [hers, elsewhere] = [await screen(desk, desk.owner, id), await screen(desk, ana, of('The lamp is dark'))];
  const events = async () => (await desk.db.owner.selectFrom('events').select('seq').where('workspace_id', '=', desk.owner.workspaceId).execute()).length;
  const before = await events();

  tab.tell({ type: 'typing', isTyping: true });
  await expect.poll(() => hers.typing(), { timeout: 5_000 }).toEqual([{ ticketId: id, isTyping: true }]);
  // A program without a socket says it over HTTP.
  expect((await maria.request('PUT', '/typing', { isTyping: false })).status).toBe(204);
  await expect.poll(() => hers.typing().at(-1), { timeout: 5_000 }).toEqual({ ticketId: id, isTyping: false });
  expect(elsewhere.typing()).toEqual([]);
  expect(await events()).toBe(before);
});

test('that an agent types is seen in all tabs of that visitor, with the name, and in those of nobody else', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const [maria, other] = [await desk.visitor(), await desk.visitor()];
  const tabs = [await maria.tab(), await maria.tab(), await other.tab()];
  for (const tab of tabs) await tab.ready();
  await other.say('The lamp is dark');
  await maria.say('The kettle broke');
  const id = (await desk.tickets()).find(({ subject }) => subject === 'The kettle broke')!.id;
  await desk.answer(desk.owner, id, 'Let me see.');
  for (const isTyping of [true, false]) expect((await desk.owner.request('PUT', `/tickets/${id}/chat/typing`, { isTyping })).status).toBe(204);
  for (const tab of tabs.slice(0, 2)) {
    await expect.poll(() => tab.of('typing').map(({ name, isTyping }) => ({ name, isTyping })), { timeout: 5_000 })
      .toEqual([{ name: 'Main Owner', isTyping: true }, { name: 'Main Owner', isTyping: false }]);
  }
  expect(tabs[2]!.of('typing')).toEqual([]);
  // Nobody types into what belongs to another company.
  expect((await (await desk.otherWorkspace()).request('PUT', `/tickets/${id}/chat/typing`, { isTyping: true })).status).toBe(404);
});
