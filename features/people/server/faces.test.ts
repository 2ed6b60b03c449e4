import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKElEQVR42u3NMQEAAAgDoC251Q3hIQQg1QQEBAQEBAQEBAQEBATWgQdPXgABx2l5wwAAAABJRU5ErkJggg==', 'base64');

test('an agent has a face in the chat, at an address that nobody guesses, until they take it away', async () => {
  const desk = await chatDesk();
  const agent = await desk.person('agent', { of: desk.owner });
  const other = await desk.otherWorkspace();
  const send = (who: { token: string }, payload: Buffer) => desk.http.inject({ method: 'POST', url: '/api/v1/me/face', headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/octet-stream' }, payload });
  const look = (path: string) => desk.http.inject(path);

  const refused = await Promise.all([Buffer.from('<svg onload="x()"/>'), Buffer.alloc(0), PNG.subarray(0, 50), Buffer.concat([PNG.subarray(0, 16), Buffer.from([0, 0, 9, 0]), PNG.subarray(20)])].map(async (bytes) => (await send(agent, bytes)).json().code as string));
  expect(refused).toEqual(['face.not_a_picture', 'face.not_a_picture', 'face.not_a_picture', 'face.wrong_size']);
  expect((await send(agent, Buffer.alloc(200_002))).statusCode).toBe(413);

  const said = await send(agent, Buffer.concat([PNG, Buffer.from('<script>')]));
  expect(said.statusCode).toBe(201);
  const { face } = said.json() as { face: string };
  const shown = await look(face);
  expect(shown.rawPayload.equals(PNG), 'what hung on its end is gone').toBe(true);
  expect(shown.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" });
  expect((await look(`/faces/${'A'.repeat(22)}`)).statusCode).toBe(404);

  // Colleagues see it, other workspaces do not.
  expect((await desk.owner.request('GET', '/faces')).body).toEqual({ items: [{ id: agent.id, face }], nextCursor: null });
  expect((await other.request('GET', '/faces')).body.items).toEqual([]);

  // And so does whoever talks with them.
  await desk.goOnline(agent);
  const visitor = await desk.visitor();
  await visitor.say('Is anybody there?');
  const [ticket] = await desk.tickets();
  expect((await desk.owner.request('PATCH', `/tickets/${ticket!.id}`, { assigneeId: agent.id })).status).toBe(200);
  expect((await desk.answer(agent, ticket!.id, 'I am.')).status).toBe(201);
  expect((await visitor.state()).conversation?.agent).toMatchObject({ id: agent.id, face });
  expect((await visitor.sees()).map((message) => [message.from, message.face])).toEqual([['visitor', null], ['system', null], ['agent', face]]);

  // Whoever manages people may take it away; nobody else may.
  const colleague = await desk.person('agent', { of: desk.owner });
  expect((await colleague.request('DELETE', `/people/${agent.id}/face`)).status).toBe(403);
  expect((await desk.owner.request('DELETE', `/people/${agent.id}/face`)).status).toBe(204);
  expect((await look(face)).statusCode).toBe(404);
  expect((await send(agent, PNG)).statusCode).toBe(201);
  expect((await agent.request('DELETE', '/me/face')).status).toBe(204);
  expect((await desk.owner.request('GET', '/faces')).body.items).toEqual([]);
});
