import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { chatDesk, newClientId, tab } from '../../../testing/chat-desk.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';

oneAppForAll();

const keyOf = (secret: string) => new TextEncoder().encode(secret);
type Claims = { sub?: string; aud?: string; minutes?: number; ago?: number; alg?: string; more?: object };

async function desk() {
  const app = await chatDesk();
  const made = await app.owner.request('POST', `/chat/widgets/${app.widget.id}/secrets`, {});
  expect([made.status, made.body.algorithm]).toEqual([201, 'HS256']);
  const secret = made.body.secret as string;
  const token = ({ sub = 'customer-1', aud = app.widget.id, minutes = 30, ago = 0, more = {} }: Claims = {}, key = secret) => {
    const iat = Math.floor(app.machineNow().getTime() / 1000) - ago * 60;
    return new SignJWT({ name: 'Maria', email: 'maria@example.org', ...more }).setProtectedHeader({ alg: 'HS256' }).setSubject(sub).setAudience(aud).setIssuedAt(iat).setExpirationTime(iat + minutes * 60).sign(keyOf(key));
  };
  const knock = (body: object) => app.request('POST', '/visitor/session', { widget: app.widget.id, ...body });
  return { ...app, secret, token, knock };
}

test('a missing, forged, expired, endless or unsigned token, and one for another widget, opens nothing', async () => {
  const app = await desk();
  const other = await app.owner.request('POST', '/chat/widgets', { name: 'Other' });
  const otherSecret = (await app.owner.request('POST', `/chat/widgets/${other.body.id}/secrets`, {})).body.secret as string;
  const good = await app.token();
  const [head, body, tag] = good.split('.') as [string, string, string];
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const asText = (given: object) => Buffer.from(JSON.stringify(given)).toString('base64url');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const bad: Record<string, string> = {
    garbage: 'x', 'alg none': `${none}.${body}.`, 'alg none, signed': `${none}.${body}.${tag}`, 'other claims': `${head}.${asText({ ...claims, sub: 'customer-2' })}.${tag}`,
    'another secret': await app.token({}, 'another secret of thirty-two bytes'), 'of another widget': await app.token({ aud: other.body.id as string }, otherSecret),
    'of another widget for this one': await app.token({}, otherSecret), 'for another widget': await app.token({ aud: other.body.id as string }),
    expired: await app.token({ ago: 60 }), endless: await app.token({ minutes: 61 }), 'from the future': await app.token({ ago: -10 }), 'nobody\'s': await app.token({ sub: '' }),
  };
  for (const [name, token] of Object.entries(bad)) expect([name, (await app.knock({ token })).body.code]).toEqual([name, 'visitor.bad_token']);
  expect((await app.knock({})).body.code).toBe('visitor.token_required');
  expect((await app.knock({ secret: 'AAAAAAAAAAAAAAAAAAAAAA' })).body.code).toBe('visitor.token_required');
  expect((await app.knock({ token: good })).status).toBe(201);
});

test('the company\'s public key is no HMAC secret', async () => {
  const app = await chatDesk();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect((await app.owner.request('POST', `/chat/widgets/${app.widget.id}/secrets`, { publicKey: pem })).body).toMatchObject({ algorithm: 'ES256', secret: null });
  expect((await app.owner.request('POST', `/chat/widgets/${app.widget.id}/secrets`, { publicKey: 'no key' })).body.code).toBe('chat.bad_public_key');
  const iat = Math.floor(app.machineNow().getTime() / 1000);
  const jwt = () => new SignJWT({}).setSubject('one').setAudience(app.widget.id).setIssuedAt(iat).setExpirationTime(iat + 600);
  const knock = async (token: string) => (await app.request('POST', '/visitor/session', { widget: app.widget.id, token })).status;
  expect(await knock(await jwt().setProtectedHeader({ alg: 'ES256' }).sign(privateKey))).toBe(201);
  for (const key of [pem, pem.trim()]) expect(await knock(await jwt().setProtectedHeader({ alg: 'HS256' }).sign(keyOf(key)))).toBe(401);
});

test('nobody sees another person\'s conversation, and whoever signs out is out with every token of before', async () => {
  const app = await desk();
  const maria = await app.visitor({ token: await app.token() });
  await maria.say('My secret');
  const phone = await app.visitor({ token: await app.token() });
  expect(await phone.reads()).toEqual(['visitor: My secret']);
  const ivan = await app.visitor({ token: await app.token({ sub: 'customer-2', more: { email: 'maria@example.org' } }) });
  expect([await ivan.reads(), (await ivan.state()).conversation]).toEqual([[], null]);

  const before = await app.token();
  expect((await phone.request('DELETE', '/session')).status).toBe(204);
  for (const one of [maria, phone]) expect((await one.request('GET', '/messages')).status).toBe(401);
  expect((await app.knock({ token: before })).body.code).toBe('visitor.signed_out');
  app.passMachine(2);
  expect((await app.knock({ token: await app.token() })).status).toBe(201);
});

test('an address typed into a chat opens nobody\'s history and makes nobody a customer', async () => {
  const app = await chatDesk();
  await app.owner.request('POST', '/tickets', { subject: 'Old matter', channel: 'phone', customer: { email: 'maria@example.org', name: 'Maria' }, text: 'private' });
  const thief = await app.visitor();
  await thief.request('PATCH', '/profile', { name: 'Maria', email: 'maria@example.org' });
  await thief.say('It is me');
  expect(await thief.reads()).toEqual(['visitor: It is me']);
  const [chat] = (await app.tickets()).filter(({ channel }) => channel === 'chat');
  expect(chat!.customer.email).toBeNull();
  expect((await app.owner.request('GET', '/customers?q=maria')).body.items.filter((one: { email: string | null }) => one.email === 'maria@example.org')).toHaveLength(1);
  const { body } = await app.owner.request('GET', `/tickets/${chat!.id}/chat`);
  expect(body.visitor).toMatchObject({ email: 'maria@example.org', isProven: false });
});

test('what is written to others on a ticket that a chat was merged into never reaches the visitor', async () => {
  ownApp();
  const app = await chatDesk();
  const guest = await app.visitor();
  await guest.say('Mine');
  const [chat] = await app.tickets();
  const { body: other } = await app.owner.request('POST', '/tickets', { subject: 'Theirs', channel: 'phone', customer: { email: 'ivan@example.org', name: 'Ivan' }, text: 'private' });
  expect((await app.owner.request('POST', `/tickets/${chat!.id}/merges`, { into: other.id })).status).toBe(201);
  expect((await app.owner.request('POST', `/tickets/${other.id}/replies`, { text: 'For Ivan alone' })).status).toBe(201);
  expect((await app.owner.request('POST', `/tickets/${other.id}/notes`, { text: 'Inside' })).status).toBe(201);
  expect(await guest.reads()).toEqual(['visitor: Mine']);
  await app.answer(app.owner, other.id, 'For the guest');
  expect((await guest.reads()).at(-1)).toBe('agent: For the guest');

  // Nor when they say that they are Ivan, and nobody whom they name is let into Ivan's matter.
  await guest.request('PATCH', '/profile', { email: 'ivan@example.org' });
  expect((await app.owner.request('POST', `/tickets/${other.id}/replies`, { text: 'For Ivan again', channel: 'email' })).status).toBe(201);
  expect(await guest.reads()).not.toContain('agent: For Ivan again');
  await guest.request('PATCH', '/profile', { email: 'thief@example.com' });
  const { body: entry } = await app.owner.request('POST', `/tickets/${other.id}/replies`, { text: 'Not for thieves', channel: 'email' });
  expect(JSON.stringify(entry)).toContain('ivan@example.org');
  expect(JSON.stringify(entry)).not.toContain('thief@example.com');
});

test('only the allowed sites show a chat, and no page of another opens its socket', async () => {
  const app = await chatDesk();
  const ask = async (site: string | undefined, origin: string | undefined = 'http://desk.test') =>
    (await app.request('POST', '/visitor/session', { widget: app.widget.id, ...(site !== undefined && { site }) }, { ...(origin !== undefined && { origin }) })).status;
  expect(await Promise.all(['https://shop.example', 'https://SHOP.example', 'http://desk.test', undefined].map((site) => ask(site)))).toEqual([201, 201, 201, 201]);
  expect(await Promise.all(['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'https://shop.example:444', 'null', 'file:///'].map((site) => ask(site)))).toEqual([403, 403, 403, 403, 403, 403]);
  expect(await ask(undefined, 'https://evil.example')).toBe(403);
  expect((await app.chat.look(app.widget.id))?.frameAncestors).toBe("'self' https://shop.example");

  await app.listen();
  const { secret } = await app.visitor();
  for (const origin of ['https://evil.example', 'null', 'https://shop.example']) await expect(tab(app.port(), secret, null, { origin })).rejects.toThrow('403');
  const good = await tab(app.port(), secret, null, { origin: 'http://desk.test' });
  await good.ready();
  const guessed = await tab(app.port(), 'A'.repeat(22), null);
  expect(await guessed.closed).toBe(4401);
  expect((await app.request('GET', '/visitor/messages', undefined, { authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAA' })).status).toBe(401);
  expect((await app.request('GET', '/visitor/messages', undefined, { authorization: `Bearer ${app.owner.token}` })).status).toBe(401);
  expect((await app.request('GET', '/tickets', undefined, { authorization: `Bearer ${secret}` })).status).toBe(401);
});

test('another company\'s chats, and one\'s own without the right, are not there', async () => {
  const app = await chatDesk();
  const guest = await app.visitor();
  await guest.say('Hello');
  const [ticket] = await app.tickets();
  const [other, colleague] = [await app.otherWorkspace(), await app.person('colleague', { of: app.owner })];
  for (const path of [`/tickets/${ticket!.id}/chat`, `/chat/widgets/${app.widget.id}`]) expect((await other.request('GET', path)).status).toBe(404);
  expect((await other.request('PUT', `/tickets/${ticket!.id}/chat/typing`, { isTyping: true })).status).toBe(404);
  expect((await other.request('POST', `/tickets/${ticket!.id}/chat/ban`, {})).status).toBe(404);
  expect((await other.request('POST', `/chat/widgets/${app.widget.id}/secrets`, {})).status).toBe(404);
  expect((await colleague.request('POST', `/tickets/${ticket!.id}/chat/ending`, {})).status).toBe(403);
  expect((await colleague.request('PATCH', `/chat/widgets/${app.widget.id}`, { name: 'x' })).status).toBe(403);
  expect((await app.answer(colleague, ticket!.id, 'x')).status).toBe(403);
});

test('secrets are kept by nobody: not in a table, not in an answer, not in a page', async () => {
  const app = await desk();
  const maria = await app.visitor({ token: await app.token() });
  await maria.say('Hello');
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(app.db.owner);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ hit: boolean }>`select exists (select from ${sql.table(name)} t where t::text like ${`%${maria.secret}%`} or t::text like ${`%${app.secret}%`}) as hit`.execute(app.db.owner);
    if (rows[0]!.hit) found.push(name);
  }
  expect(found).toEqual([]);
  const shown = JSON.stringify([(await app.owner.request('GET', '/chat/widgets')).body, (await app.request('GET', `/visitor/widgets/${app.widget.id}`)).body, await maria.state()]);
  expect([shown.includes(app.secret), shown.includes(maria.secret), shown.includes('shop.example')]).toEqual([false, false, true]);
});

test('a banned visitor is out at once, and does not come back from there with a new secret', async () => {
  ownApp();
  const app = await chatDesk();
  await app.listen();
  const guest = await app.visitor();
  await guest.say('Rude');
  const open = await guest.tab();
  await open.ready();
  const [ticket] = await app.tickets();
  // What is needed before somebody resolves a ticket keeps nobody in.
  expect((await app.owner.request('POST', '/fields', { subject: 'ticket', key: 'cause', type: 'text', names: { en: 'Cause' }, required: true })).status).toBe(201);
  const { status, body } = await app.owner.request('POST', `/tickets/${ticket!.id}/chat/ban`, { days: 7, reason: 'Threats' });
  expect(status).toBe(201);
  expect(await open.closed).toBe(4403);
  expect((await guest.request('POST', '/messages', { clientId: 'client-after', text: 'x' })).status).toBe(401);
  expect((await app.request('POST', '/visitor/session', { widget: app.widget.id })).body.code).toBe('visitor.banned');
  expect(body).toMatchObject({ reason: 'Threats', by: 'Main Owner' });
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}`)).body.status).toBe('resolved');
  const agent = await app.person('agent', { of: app.owner });
  expect((await agent.request('DELETE', `/chat/bans/${body.id}`)).status).toBe(403);
  // Taken back, nothing of theirs is lost.
  expect((await app.owner.request('DELETE', `/chat/bans/${body.id}`)).status).toBe(204);
  expect((await app.request('POST', '/visitor/session', { widget: app.widget.id })).status).toBe(201);
  expect((await guest.say('Sorry')).status).toBe(201);
});

test('words of a guest are not sent to an address that they typed, in our name: neither by a transcript nor as a name', async () => {
  ownApp();
  const app = await chatDesk();
  const guest = await app.visitor();
  await guest.say('Cheap pills at https://pills.example');
  expect((await guest.request('PATCH', '/profile', { name: 'Pills for you: pills.example', email: 'victim@example.org' })).status).toBe(200);
  const [ticket] = await app.tickets();
  await app.answer(app.owner, ticket!.id, 'Hello, how can I help?');
  expect((await guest.request('POST', '/transcripts')).status).toBe(202);
  app.pass(2);
  await app.due();
  const sent = await app.db.owner.selectFrom('outbox').selectAll().execute();
  expect(sent).toHaveLength(2);
  expect(JSON.stringify(sent)).not.toMatch(/pills/i);
  expect(JSON.stringify(sent)).toContain('how can I help?');
});

test('programs are not taken as files, nor another visitor\'s, nor one twice', async () => {
  const app = await chatDesk();
  const [maria, ivan] = [await app.visitor(), await app.visitor()];
  const send = (name: string, bytes: Buffer) => maria.request('POST', `/files?name=${encodeURIComponent(name)}`, bytes, { 'content-type': 'application/octet-stream' });
  for (const name of ['run.exe', 'x.bat', 'report.pdf.js', 'a.lnk ', 'sheet.xlsm']) expect([name, (await send(name, Buffer.from('hello'))).body.code]).toEqual([name, 'visitor.file_type']);
  expect((await send('photo.jpg', Buffer.from('MZ\u0090\u0000'))).body.code).toBe('visitor.file_type');
  const { status, body } = await send('../../photo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]));
  expect([status, body.name, body.contentType]).toEqual([201, 'photo.png', 'image/png']);
  expect((await ivan.say('', { fileIds: [body.id] })).body.code).toBe('visitor.file_not_found');
  const said = await maria.say('See', { fileIds: [body.id] });
  expect(said.body.files).toMatchObject([{ name: 'photo.png', size: 6 }]);
  expect((await app.request('GET', said.body.files[0]!.url)).status).toBe(200);
  expect((await app.request('GET', `${said.body.files[0]!.url.slice(0, -2)}xx`)).status).toBe(404);
  expect((await maria.say('Again', { fileIds: [body.id] })).body.code).toBe('visitor.file_not_found');
});

test('a program that moves between pages without end fills no log that is kept for good', async () => {
  ownApp();
  const app = await chatDesk();
  const guest = await app.visitor();
  await guest.say('Hello');
  for (let i = 0; i < 40; i++) expect((await guest.request('PUT', '/page', { url: `https://shop.example/${i}` })).status).toBe(204);
  const told = await app.db.owner.selectFrom('events').select('seq').where('type', '=', 'chat.changed').execute();
  expect(told.length).toBeLessThanOrEqual(31);
  expect((await app.owner.request('GET', `/tickets/${(await app.tickets())[0]!.id}/chat`)).body.visitor.page.url).toBe('https://shop.example/39');
});

test('one telephone rings again and again, written in another way each time, or one network has everybody called', async () => {
  const desk = await chatDesk({ startsAt: '2026-03-02T09:10:00Z' });
  await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { offersCalls: true });
  const wish = async (phones: readonly string[]): Promise<number[]> => {
    const guest = await desk.visitor();
    const answers: number[] = [];
    for (const phone of phones) answers.push((await guest.request('POST', '/calls', { clientId: newClientId(), phone, from: '2026-03-02T12:00:00.000Z' })).status);
    return answers;
  };
  expect(await wish(['+359 88 812 3456', '00359888123456', '0888 123 456', '(088) 812-3456'])).toEqual([201, 201, 201, 429]);
  const others = (from: number) => Array.from({ length: 8 }, (_none, i) => `+359 2 555 ${from + i}`);
  expect([...await wish(others(1_000)), ...await wish(others(2_000))]).toEqual(Array.from({ length: 16 }, () => 201));
  expect(await wish(['+359 2 777 7777'])).toEqual([429]);
});
