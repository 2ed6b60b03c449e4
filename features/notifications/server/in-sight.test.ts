import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { following } from '../../../testing/following.ts';
import type { Member } from '../../../testing/test-app.ts';

test('whoever has a chat open before them is not told of each message there; who has turned away, or has another open, is', async () => {
  const d = await chatDesk();
  const heard = await following(d, 'notifications');
  await d.listen();
  const visitor = await d.visitor();
  await visitor.say('Hello');
  const ticketId = (await d.tickets())[0]!.id;
  await d.owner.request('PATCH', `/tickets/${ticketId}`, { assigneeId: d.owner.id });
  const follower = await d.person('agent', { of: d.owner });
  await follower.request('PUT', `/tickets/${ticketId}/followers/${follower.id}`);

  async function looking(who: Member) {
    const { body } = await who.request('POST', '/socket-tickets');
    const socket = new WebSocket(`ws://127.0.0.1:${d.port()}/api/v1/socket`, { origin: 'http://desk.test' });
    onTestFinished(() => socket.terminate());
    const frames: { type: string; people?: { id: string; idle: boolean }[] }[] = [];
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as never));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', ticket: body.ticket, since: null })));
    await expect.poll(() => frames.map(({ type }) => type)).toContain('ready');
    return async (watch: { ticketId: string | null; idle?: boolean }) => {
      const before = frames.filter(({ type }) => type === 'pong').length;
      socket.send(JSON.stringify({ type: 'watch', ...watch }));
      if (watch.ticketId !== null) await expect.poll(() => frames.findLast(({ type }) => type === 'watchers')).toBeDefined();
      socket.send('{"type":"ping"}');
      await expect.poll(() => frames.filter(({ type }) => type === 'pong').length).toBe(before + 1);
    };
  }
  const told = async (who: Member = d.owner) => (await heard(), (await who.request('GET', '/me/notices')).body.items.filter(({ kind }: { kind: string }) => kind === 'answered' || kind === 'followed_answered').length as number);
  const before = await told();
  const look = await looking(d.owner);

  await look({ ticketId });
  await visitor.say('Are you there?');
  expect(await told(), 'it is in sight').toBe(before);
  expect(await told(follower), 'who follows it from elsewhere').toBe(1);
  await look({ ticketId, idle: true });
  await visitor.say('Hello?');
  expect(await told(), 'nobody moves there').toBe(before + 1);
  await look({ ticketId: null });
  await visitor.say('Well.');
  expect(await told(), 'it was closed').toBe(before + 2);
});
