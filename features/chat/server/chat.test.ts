import { expect, test } from 'vitest';
import { chatDesk, newClientId } from '../../../testing/chat-desk.ts';
import { helpDesk } from '../../../testing/help-desk.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';

oneAppForAll();

test('what a visitor says is a ticket, and what an agent answers stands before them', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor({ page: { url: 'https://shop.example/kettles', title: 'Kettles' } });
  const { status, body } = await maria.say('My kettle is cracked\nWhat now?');
  expect([status, body.seq, body.from, body.text]).toEqual([201, 1, 'visitor', 'My kettle is cracked\nWhat now?']);
  const [ticket] = await desk.tickets();
  expect(ticket).toMatchObject({ subject: 'My kettle is cracked', channel: 'chat', status: 'new', assignee: null });
  expect(ticket!.customer.name).toMatch(/^Guest [0-9A-F]{4}$/);

  const answer = await desk.answer(desk.owner, ticket!.id, 'We send a new one: see https://shop.example/returns.');
  expect([answer.status, answer.body.channel]).toEqual([201, 'chat']);
  expect(await maria.reads()).toEqual(['visitor: My kettle is cracked\nWhat now?', 'joined', 'agent: We send a new one: see https://shop.example/returns.']);
  expect((await maria.sees())[2]!.body).toEqual([[{ text: 'We send a new one: see ' }, { text: 'https://shop.example/returns', href: 'https://shop.example/returns' }, { text: '.' }]]);
  expect((await maria.state()).conversation).toMatchObject({ state: 'active', number: ticket!.number, agent: { name: 'Main Owner' } });
  // The talk goes on: the place stays taken, and nobody waits.
  expect((await desk.tickets())[0]).toMatchObject({ status: 'open', assignee: { id: desk.owner.id } });
});

test('a message sent again after a cut is the same message', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  const message = { clientId: newClientId(), text: 'Hello' };
  const answers = await Promise.all([1, 2, 3].map(() => maria.request('POST', '/messages', message)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  await maria.say('And?');
  expect(await maria.reads()).toEqual(['visitor: Hello', 'visitor: And?']);
  expect(await desk.tickets()).toHaveLength(1);
});

test('several tabs show one conversation, in one order, and a cut one catches up', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const maria = await desk.visitor();
  const [one, other] = [await maria.tab(), await maria.tab()];
  await Promise.all([one.ready(), other.ready()]);
  one.tell({ type: 'message', message: { clientId: newClientId(), text: 'First' } });
  await one.hears('sent');
  await expect.poll(() => other.texts()).toEqual(['First']);
  const [ticket] = await desk.tickets();
  other.close();
  await other.closed;
  await desk.answer(desk.owner, ticket!.id, 'Second');
  await expect.poll(() => one.texts()).toEqual(['First', 'Main Owner is here for you now.', 'Second']);
  const back = await maria.tab(1);
  await back.ready();
  await expect.poll(() => back.texts()).toEqual(['Main Owner is here for you now.', 'Second']);
  back.tell({ type: 'message', message: { clientId: newClientId(), text: 'Third' } });
  await expect.poll(() => one.texts().at(-1)).toBe('Third');
  await expect.poll(() => back.texts().filter((text) => text === 'Third')).toEqual(['Third']);
});

test('whoever answers has read what was said before: an open tab is told so, and knows as much as one that asks', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const visitor = await desk.visitor();
  const tab = await visitor.tab();
  await tab.ready();
  await visitor.say('Is the kettle in stock?');
  const [ticket] = await desk.tickets();
  const hears = (text: string) => expect.poll(() => tab.texts(), { timeout: 5_000 }).toContain(text);
  await desk.answer(desk.owner, ticket!.id, 'Let me look.');
  await hears('Let me look.');
  await visitor.say('Thank you');
  await desk.answer(desk.owner, ticket!.id, 'It is.');
  await hears('It is.');
  const { marks, seq } = await visitor.state();
  expect(marks.read).toBe(seq);
  await expect.poll(() => tab.of('state').at(-1)?.state.marks, { timeout: 5_000 }).toEqual(marks);
  expect(tab.of('state').at(-1)!.state.seq).toBe(seq);
});

test('whoever says their very first word in an open tab sits there for the desk at once, without any clock', async () => {
  ownApp();
  const desk = await chatDesk();
  await desk.listen();
  const maria = await desk.visitor();
  const tab = await maria.tab();
  await tab.ready();
  tab.tell({ type: 'message', message: { clientId: newClientId(), text: 'Hello?' } });
  await tab.hears('sent');
  const [ticket] = await desk.tickets();
  expect((await desk.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body.visitor.isHere).toBe(true);
  const told = async () => (await desk.db.owner.selectFrom('events').select('data').where('type', '=', 'chat.changed').orderBy('seq').execute()).map(({ data }) => (data as { what: string }).what);
  expect(await told()).toContain('came');
  tab.tell({ type: 'message', message: { clientId: newClientId(), text: 'Anybody?' } });
  await expect.poll(() => tab.of('sent').length).toBe(2);
  expect((await told()).filter((what) => what === 'came')).toEqual(['came']);
});

test('a page where nobody has opened the chat is told how many answers wait, and that alone', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  const waits = async (badge = maria.session.badge) => desk.request('GET', `/visitor/unread?badge=${encodeURIComponent(badge)}`);
  expect((await waits()).body).toEqual({ count: 0, againSeconds: null });
  await maria.say('Hello');
  expect((await waits()).body).toEqual({ count: 0, againSeconds: 30 });
  const [ticket] = await desk.tickets();
  await desk.answer(desk.owner, ticket!.id, 'One');
  await desk.answer(desk.owner, ticket!.id, 'Two');
  expect(await waits()).toMatchObject({ body: { count: 2, againSeconds: 30 }, headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store' } });
  await maria.request('PUT', '/read', { seq: (await maria.state()).seq });
  await maria.request('POST', '/ending', {});
  expect((await waits()).body).toEqual({ count: 0, againSeconds: null });

  expect(await waits(`${maria.session.badge.slice(0, -2)}xx`)).toMatchObject({ status: 404, body: { code: 'visitor.badge_over' } });
  expect(await desk.request('GET', '/visitor/messages', undefined, { authorization: `Bearer ${maria.session.badge}` })).toMatchObject({ status: 401 });
});

test('what a visitor looked for in vain and read in the panel stands beside the chat, and the help centre knows which matter came all the same', async () => {
  ownApp();
  const desk = await chatDesk();
  const help = helpDesk(desk);
  const article = await help.write({ title: 'How to return a kettle' });
  await help.write({ title: 'For us alone', state: 'internal' });
  const asked = async (q: string, more = '') => JSON.parse((await help.read(`/help/search.json?${new URLSearchParams({ q, lang: 'en' })}${more}`)).body);
  expect(await asked('')).toMatchObject({ items: [{ number: 1, title: 'How to return a kettle', language: 'en' }], searched: null });
  expect((await asked('gift cards')).searched).toBeNull();
  expect((await help.good('GET', '/knowledge/gaps')).items).toEqual([]);
  const { items, searched } = await asked('gift cards', '&asked=');
  expect(items).toEqual([]);

  const maria = await desk.visitor({ page: { url: 'https://shop.example/kettles', title: 'Kettles' } });
  expect((await maria.request('PUT', '/articles', { number: 2, language: 'en' })).body.code).toBe('visitor.no_such_article');
  expect((await maria.request('PUT', '/articles', { number: 1, language: 'en' })).status).toBe(204);
  await maria.say('Do you have gift cards?', { searched });
  const [ticket] = await desk.tickets();
  const { visitor } = (await desk.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body;
  expect(visitor.pages.map(({ url, title }: { url: string; title: string }) => [url, title])).toEqual([['https://shop.example/kettles', 'Kettles'], ['http://desk.test/help/en/articles/1', 'How to return a kettle']]);
  expect(visitor.page.url).toBe('https://shop.example/kettles');

  expect((await help.good('GET', '/knowledge/gaps')).items).toMatchObject([{ words: 'gift cards', ticketCount: 1, tickets: [{ id: ticket!.id }] }]);
  expect((await help.good('GET', `/articles/${article.id}/figures`)).tickets).toMatchObject([{ id: ticket!.id }]);
  // What goes on is no new matter, and whoever only writes has read nothing.
  await maria.say('Hello?', { searched: (await asked('vouchers', '&asked=')).searched });
  await (await desk.visitor()).say('Something else');
  expect((await help.good('GET', '/knowledge/gaps')).items.map(({ words, ticketCount }: { words: string; ticketCount: number }) => `${words} ${ticketCount}`).toSorted()).toEqual(['gift cards 1', 'vouchers 0']);
  expect((await help.good('GET', `/articles/${article.id}/figures`)).ticketCount).toBe(1);

  // A ticket that is gone is named to nobody.
  await desk.owner.request('PUT', `/tickets/${ticket!.id}/deletion`);
  expect((await help.good('GET', '/knowledge/gaps')).items.find(({ words }: { words: string }) => words === 'gift cards')).toMatchObject({ tickets: [] });
});
