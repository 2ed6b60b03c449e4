import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { oneAppForAll } from '../../../testing/test-app.ts';

oneAppForAll();

test('a saved reply is filled in for the visitor, does what it is to do, and comes into the chat as plain words with its file', async () => {
  const desk = await chatDesk();
  const { owner } = desk;
  const upload = await owner.request('POST', '/uploads?name=label.txt', Buffer.from('To the workshop'), { 'content-type': 'application/octet-stream' });
  const { body: reply } = await owner.request('POST', '/saved-replies', {
    name: 'Return', variants: { en: '<p>Dear {{customer.name}}, your number is <b>{{ticket.number}}</b>.</p><p>The label is attached.</p>' },
    attachmentIds: [upload.body.id], actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'add_tags', tags: ['return'] }],
  });
  const maria = await desk.visitor();
  await maria.request('PATCH', '/profile', { name: 'Maria' });
  await maria.say('The kettle broke');
  const { id, number } = (await desk.tickets())[0]!;

  const { status, body: filled } = await owner.request('POST', `/saved-replies/${reply.id}/applications`, { ticketId: id });
  expect(status).toBe(200);
  expect((await owner.request('GET', `/tickets/${id}`)).body).toMatchObject({ kind: 'claim', tags: ['return'] });
  // Nothing has been said by that alone.
  expect(await maria.reads()).toEqual(['visitor: The kettle broke']);

  const files = (filled.attachments as { id: string }[]).map((file) => file.id);
  expect((await owner.request('POST', `/tickets/${id}/replies`, { channel: 'chat', html: filled.html, attachmentIds: files })).status).toBe(201);
  const said = (await maria.sees()).at(-1)!;
  expect(said).toMatchObject({ from: 'agent', author: 'Main Owner', via: 'chat', files: [{ name: 'label.txt', size: 15 }] });
  expect(said.text.replace(/\s+/g, ' ')).toBe(`Dear Maria, your number is ${number}. The label is attached.`);
  expect((await desk.request('GET', said.files[0]!.url)).body).toBe('To the workshop');
});

test('answers as buttons come with a saved text, and what is pressed is the visitor\'s own word', async () => {
  const desk = await chatDesk();
  const { body: reply } = await desk.owner.request('POST', '/saved-replies', { name: 'Which', variants: { en: '<p>Which of the two?</p>' } });
  const maria = await desk.visitor();
  await maria.say('It broke');
  const { id } = (await desk.tickets())[0]!;
  const { body: filled } = await desk.owner.request('POST', `/saved-replies/${reply.id}/renderings`, { ticketId: id });
  const text = (filled.html as string).replace(/<[^>]+>/g, '');
  expect((await desk.owner.request('POST', `/tickets/${id}/chat/messages`, { text, choices: ['Kettle', 'Lamp'] })).status).toBe(201);
  expect((await maria.sees()).at(-1)).toMatchObject({ text: 'Which of the two?', choices: ['Kettle', 'Lamp'] });
  await maria.say('Lamp');
  expect((await desk.entries(id)).map(({ direction, text: words }) => `${direction}: ${words}`)).toEqual(['in: It broke', 'out: Which of the two?', 'in: Lamp']);
});
