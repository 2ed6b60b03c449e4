import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { Refused } from '../src/api.ts';
import { type Memory, memoryIn } from '../src/memory.ts';
import { createVisitor, type Visitor, type VisitorOptions } from '../src/visitor.ts';

const APP = { url: 'app://shop/orders', title: 'Orders', referrer: '' };

/** A program with this package in it, which has come to the desk's chat. */
async function program(desk: Awaited<ReturnType<typeof chatDesk>>, more: Partial<VisitorOptions> = {}): Promise<Visitor> {
  const visitor = createVisitor({ desk: `http://127.0.0.1:${desk.port()}/`, widget: desk.widget.id, language: 'pl', ...more });
  onTestFinished(() => visitor.stop());
  visitor.comeTo(null, APP);
  await expect.poll(() => visitor.get().isUp || visitor.get().refusal).toBeTruthy();
  return visitor;
}
const texts = (visitor: Visitor): string[] => visitor.get().messages.filter(({ notice }) => notice === null).map(({ from, text }) => `${from}: ${text}`);

async function open() {
  const desk = await chatDesk();
  await desk.listen();
  return desk;
}

/** As a company's server signs it. */
function tokenFor(widget: string, secret: string, sub: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ aud: widget, sub, iat, exp: iat + 600, name: 'Jan Nowak', email: 'jan@example.org' })}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

test('a guest writes, is answered, comes back and finds it, and is the same guest', async () => {
  const desk = await open();
  const memory = memoryIn(null, 'chat');
  const unread: number[] = [];
  const badges: (string | null)[] = [];
  const one = await program(desk, { memory, onUnread: (count) => unread.push(count), onBadge: (badge) => badges.push(badge) });
  expect(one.get()).toMatchObject({ refusal: null, look: { name: 'Shop' }, state: { conversation: null, visitor: { isProven: false } } });
  one.say({ text: 'Dzień dobry' });
  await expect.poll(() => texts(one)).toEqual(['visitor: Dzień dobry']);
  expect(one.get().drafts).toEqual([]);
  one.show(false);
  const [ticket] = await desk.tickets();
  await desk.answer(desk.owner, ticket!.id, 'W czym pomóc?');
  await expect.poll(() => texts(one)).toEqual(['visitor: Dzień dobry', 'agent: W czym pomóc?']);
  expect(unread.at(-1)).toBe(1);
  one.show(true);
  await expect.poll(() => one.get().state?.readSeq).toBe(one.get().messages.at(-1)!.seq);
  expect(unread.at(-1)).toBe(0);
  expect((await desk.request('GET', `/visitor/unread?badge=${encodeURIComponent(badges[0]!)}`)).body.count).toBe(0);
  one.stop();

  const again = await program(desk, { memory });
  await expect.poll(() => texts(again)).toEqual(['visitor: Dzień dobry', 'agent: W czym pomóc?']);
  expect(again.get().state!.visitor.id).toBe(one.get().state!.visitor.id);
  expect((await desk.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body.visitor).toMatchObject({ page: { url: 'app://shop/orders' } });
});

test('what was written without a network outlives the program, and goes out once and in order', async () => {
  const desk = await open();
  const memory = memoryIn(null, 'chat');
  const one = await program(desk, { memory });
  one.say({ text: 'First' });
  await expect.poll(() => texts(one)).toEqual(['visitor: First']);
  one.network(false);
  await expect.poll(() => one.get().isUp).toBe(false);
  one.stop();
  one.say({ text: 'Second' });
  one.say({ text: 'Third' });
  expect(one.get().drafts.map(({ text }) => text)).toEqual(['Second', 'Third']);

  const again = await program(desk, { memory });
  await expect.poll(() => texts(again)).toEqual(['visitor: First', 'visitor: Second', 'visitor: Third']);
  expect(again.get().drafts).toEqual([]);
  expect(memory.all('out.')).toEqual([]);
  expect(await desk.tickets()).toHaveLength(1);
});

test('what is said before it is known who says it goes out all the same, once and in order', async () => {
  const desk = await open();
  const memory = memoryIn(null, 'chat');
  const one = createVisitor({ desk: `http://127.0.0.1:${desk.port()}`, widget: desk.widget.id, language: 'pl', memory });
  onTestFinished(() => one.stop());
  one.comeTo(null, APP);
  one.say({ text: 'First' });
  one.say({ text: 'Second' });
  await expect.poll(() => texts(one)).toEqual(['visitor: First', 'visitor: Second']);
  expect([one.get().drafts, memory.all('out.')]).toEqual([[], []]);
});

test('whoever signs in is another than the guest before, and signing out leaves nothing of them', async () => {
  const desk = await open();
  const { body: { secret } } = await desk.owner.request('POST', `/chat/widgets/${desk.widget.id}/secrets`, {});
  await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { allowsGuests: true });
  const badges: (string | null)[] = [];
  const one = await program(desk, { onBadge: (badge) => badges.push(badge) });
  one.say({ text: 'As a guest' });
  await expect.poll(() => texts(one)).toEqual(['visitor: As a guest']);

  one.identify(tokenFor(desk.widget.id, secret, 'customer-7'));
  await expect.poll(() => one.get().isUp && one.get().state?.visitor).toMatchObject({ name: 'Jan Nowak', email: 'jan@example.org', isProven: true });
  expect(texts(one)).toEqual([]);
  one.say({ text: 'As Jan' });
  await expect.poll(() => texts(one)).toEqual(['visitor: As Jan']);

  one.identify(null);
  await expect.poll(() => texts(one)).toEqual(['visitor: As a guest']);
  expect(badges).toEqual([expect.any(String), null, expect.any(String), null, expect.any(String)]);
});

test('whoever signs out after their token has run out is a guest again', async () => {
  const desk = await open();
  const { body: { secret } } = await desk.owner.request('POST', `/chat/widgets/${desk.widget.id}/secrets`, {});
  await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { allowsGuests: true });
  const token = tokenFor(desk.widget.id, secret, 'customer-7');
  let expired = 0;
  const one = await program(desk, { onExpired: () => { expired += 1; } });
  one.identify(token);
  await expect.poll(() => one.get().isUp && one.get().state?.visitor.isProven).toBe(true);
  one.say({ text: 'As Jan' });
  await expect.poll(() => texts(one)).toEqual(['visitor: As Jan']);

  await (await desk.visitor({ token })).request('DELETE', '/session');
  await expect.poll(() => one.get().refusal).toBe('visitor.session_over');
  expect(expired).toBe(1);
  await expect(one.profile({ name: 'Jan' })).rejects.toEqual(new Refused(401, 'visitor.session_over'));
  one.identify(null);
  await expect.poll(() => one.get().state?.visitor.isProven).toBe(false);
  expect([one.get().refusal, texts(one)]).toEqual([null, []]);
});

test('a file goes with a message and is fetched by its address; a program is refused with a code', async () => {
  const desk = await open();
  const one = await program(desk);
  const file = await one.upload(new Blob([Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2])]), 'zdjęcie.png');
  one.say({ text: '', files: [file] });
  await expect.poll(() => one.get().messages[0]?.files[0]?.name).toBe('zdjęcie.png');
  expect((await fetch(one.addressOf(one.get().messages[0]!.files[0]!))).status).toBe(200);
  await expect(one.upload(new Blob(['MZ']), 'run.exe')).rejects.toEqual(new Refused(422, 'visitor.file_type'));
});

test('a chat that is switched off says so, and nobody keeps asking', async () => {
  const desk = await open();
  await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { isOn: false });
  const one = await program(desk);
  expect(one.get()).toMatchObject({ refusal: 'visitor.no_such_widget', isUp: false, state: null });
});

test('a memory that is full or forbidden keeps until the program ends', () => {
  const forbidden: Parameters<typeof memoryIn>[0] = { length: 0, key: () => null, getItem: () => null, removeItem: () => undefined, setItem: () => { throw new Error('full'); } };
  const memory: Memory = memoryIn(forbidden, 'chat');
  memory.set('out.a.1', 'one');
  memory.set('secret', 'x');
  expect([memory.get('secret'), memory.all('out.a.')]).toEqual(['x', ['one']]);
  memory.remove('secret');
  expect(memory.get('secret')).toBeNull();
  const full = memoryIn({ ...forbidden, getItem: () => 'of before' }, 'chat');
  expect(full.get('secret')).toBe('of before');
  full.set('secret', 'of now');
  expect(full.get('secret')).toBe('of now');
});
