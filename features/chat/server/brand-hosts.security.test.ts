import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { WebSocket } from 'ws';

const [TEA, COFFEE] = ['help.tea.example', 'help.coffee.example'];
const at = (host: string, origin = `http://${host}`) => ({ host, origin });

/** Two brands of one company, each with a host and a chat of its own, and a chat that is of neither. */
async function twoBrands() {
  const app = await chatDesk();
  const brand = async (name: string, host: string, widgetIds: string[]) => {
    const { status, body } = await app.owner.request('POST', '/calendar-places', { kind: 'brand', name, host, widgetIds });
    expect(status).toBe(201);
    return body.id as string;
  };
  const coffee = (await app.owner.request('POST', '/chat/widgets', { name: 'Coffee' })).body as { id: string };
  const common = (await app.owner.request('POST', '/chat/widgets', { name: 'Common' })).body as { id: string };
  const teaId = await brand('Tea House', TEA, [app.widget.id]);
  await brand('Coffee House', COFFEE, [coffee.id]);
  const come = async (widget: string, headers: Record<string, string>, body: object = {}) => app.request('POST', '/visitor/session', { widget, ...body }, headers);
  return { ...app, tea: app.widget, coffee, common, teaId, come };
}

test('the panel of a chat stands at its brand\'s own host, and what begins there is a matter of that brand', async () => {
  const { tea, common, teaId, come, request, owner } = await twoBrands();
  const opened = await come(tea.id, at(TEA), { site: 'https://shop.example', page: { url: 'https://shop.example/tea', title: 'Tea', referrer: '' } });
  expect([opened.status, opened.body.code]).toEqual([201, undefined]);
  expect((await come(tea.id, at(TEA), { site: `http://${TEA}` })).status).toBe(201);
  // Of no brand, it is at home with each.
  expect((await come(common.id, at(TEA))).status).toBe(201);
  const bearer = { authorization: `Bearer ${opened.body.secret as string}`, host: TEA };
  expect((await request('POST', '/visitor/messages', { clientId: 'client-1', text: 'Have you green tea?' }, bearer)).status).toBe(201);
  const { items } = (await owner.request('GET', '/tickets')).body as { items: { brand: { id: string } | null }[] };
  expect(items.map(({ brand }) => brand?.id)).toEqual([teaId]);
});

test('no host that is not a chat\'s own lets anybody in to it, whoever claims it', async () => {
  const app = await twoBrands();
  const { tea, coffee, come } = app;
  const stranger = await app.otherWorkspace();
  expect((await stranger.request('POST', '/calendar-places', { kind: 'brand', name: 'Theirs', host: 'help.theirs.example' })).status).toBe(201);
  expect((await stranger.request('PATCH', '/workspace', { publicHost: 'www.theirs.example' })).status).toBe(200);
  const tries: Record<string, Promise<{ status: number }>> = {
    'a name that somebody else let lead to us': come(tea.id, at('evil.example')),
    'another brand of the company': come(tea.id, at(COFFEE)),
    'a brand of another company': come(tea.id, at('help.theirs.example')),
    'the host of another company': come(tea.id, at('www.theirs.example')),
    'a page at the brand\'s host that asks the desk': come(tea.id, at('desk.test', `http://${TEA}`)),
    'a page of the desk that asks the brand\'s host': come(tea.id, at(TEA, 'http://desk.test')),
    'another port': come(tea.id, at(TEA, `http://${TEA}:8081`)),
    'another scheme': come(tea.id, at(TEA, `https://${TEA}`)),
    'one beneath it': come(tea.id, at(`x.${TEA}`)),
    'a frame on a page that may not show it': come(tea.id, at(TEA), { site: 'https://evil.example' }),
    'a frame on another brand\'s page': come(tea.id, at(TEA), { site: `http://${COFFEE}` }),
    'a page without an origin': come(tea.id, at(TEA, 'null')),
  };
  for (const [name, answer] of Object.entries(tries)) expect([name, (await answer).status]).toEqual([name, 403]);
  expect((await come(coffee.id, at(COFFEE))).status).toBe(201);
});

test('a secret and a token of one brand\'s chat open nothing at another\'s', async () => {
  const { tea, coffee, come, owner, machineNow } = await twoBrands();
  const first = (await come(tea.id, at(TEA))).body;
  const other = (await come(coffee.id, at(COFFEE), { secret: first.secret })).body;
  expect(other.secret).not.toBe(first.secret);
  expect(other.state.visitor.id).not.toBe(first.state.visitor.id);

  const { secret } = (await owner.request('POST', `/chat/widgets/${tea.id}/secrets`, {})).body as { secret: string };
  expect((await owner.request('POST', `/chat/widgets/${coffee.id}/secrets`, {})).status).toBe(201);
  const iat = Math.floor(machineNow().getTime() / 1000);
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('maria').setAudience(tea.id).setIssuedAt(iat).setExpirationTime(iat + 600).sign(new TextEncoder().encode(secret));
  expect((await come(coffee.id, at(COFFEE), { token })).body.code).toBe('visitor.bad_token');
  expect((await come(tea.id, at(TEA), { token })).status).toBe(201);
});

test('a socket is opened from the page of the host that it asks, and from no other', async () => {
  const app = await twoBrands();
  await app.listen();
  const answered = (headers: Record<string, string>) => new Promise<string>((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${app.port()}/api/v1/visitor/socket`, { headers });
    socket.once('open', () => { socket.terminate(); resolve('open'); }).once('error', ({ message }) => { resolve(message); });
  });
  expect(await answered(at(TEA))).toBe('open');
  for (const headers of [at('desk.test', `http://${TEA}`), at(TEA, `http://${COFFEE}`), at(TEA, 'https://evil.example'), at(TEA, 'null')]) expect(await answered(headers)).toContain('403');
});
