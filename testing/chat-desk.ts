import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { MessageView, ServerFrame, SessionView, VisitorState } from '../features/chat/core/visitor-contract.ts';
import { testApp, type Answer, type Member, type Method } from './test-app.ts';

let clients = 0;
/** A new name for one intent of a visitor's program. */
export const newClientId = (): string => `client-${String(++clients).padStart(6, '0')}`;

/** A company with a chat on its site, where one agent takes chats; visitors come over HTTP and by sockets. */
/** `unattended`: nobody takes chats at first. */
export async function chatDesk({ unattended = false, ...given }: Parameters<typeof testApp>[0] & { unattended?: boolean } = {}) {
  const app = await testApp(given);
  if (!unattended) expect((await app.owner.request('PUT', '/me/presence', { state: 'online' })).status).toBe(200);
  const { body: widget } = await app.owner.request('POST', '/chat/widgets', { name: 'Shop', sites: ['https://shop.example'] });
  const listens = { port: 0 };

  async function visitor(session: object = {}, { from = widget.id as string, headers = {} as Record<string, string> } = {}) {
    const opened: Answer<SessionView> = await app.request('POST', '/visitor/session', { widget: from, ...session }, headers);
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    const { secret } = opened.body;
    const request = (method: Method, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> =>
      app.request(method, `/visitor${path}`, body, { authorization: `Bearer ${secret}`, ...more });
    return {
      secret, session: opened.body, request,
      say: async (text: string, more: object = {}): Promise<Answer> => request('POST', '/messages', { clientId: newClientId(), text, ...more }),
      sees: async (): Promise<MessageView[]> => (await request('GET', '/messages?after=0&limit=100')).body.items,
      /** What people said, and what the desk says by itself, in order. */
      reads: async (): Promise<string[]> => ((await request('GET', '/messages?after=0&limit=100')).body.items as MessageView[]).map(({ from, text, notice }) => (notice === null ? `${from}: ${text}` : notice)),
      state: async (): Promise<VisitorState> => (await request('GET', '/state')).body,
      tab: (since: number | null = null) => tab(listens.port, secret, since),
    };
  }

  return {
    ...app, widget: widget as { id: string; version: number }, visitor, port: () => listens.port,
    /** What comes in over sockets, and what they are told. */
    async listen(): Promise<void> {
      // Desks of one file share their server.
      if (!app.http.server.listening) {
        await app.signals.start();
        app.sequencer.start();
        await app.followers.start();
        await app.http.listen({ port: 0, host: '127.0.0.1' });
      }
      listens.port = (app.http.server.address() as AddressInfo).port;
    },
    goOnline: async (who: Member): Promise<void> => { expect((await who.request('PUT', '/me/presence', { state: 'online' })).status).toBe(200); },
    tickets: async () => (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items as { id: string; number: number; subject: string; status: string; channel: string; assignee: { id: string } | null; customer: { id: string; name: string; email: string | null } }[],
    entries: async (id: string) => ((await app.owner.request('GET', `/tickets/${id}/entries?limit=100`)).body.items as { id: string; type: string; text: string; channel: string; direction: string }[]).filter(({ type }) => type !== 'event'),
    answer: async (who: Member, ticketId: string, text: string, more: object = {}): Promise<Answer> => who.request('POST', `/tickets/${ticketId}/replies`, { channel: 'chat', text, ...more }),
    due: () => app.due.round(),
  };
}

/** One open tab of a visitor. */
export async function tab(port: number, secret: string, since: number | null, headers: { origin?: string } = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/visitor/socket`, headers);
  onTestFinished(() => socket.terminate());
  const frames: ServerFrame[] = [];
  const closed = Promise.withResolvers<number>();
  const opened = Promise.withResolvers<void>();
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  socket.on('close', (code) => closed.resolve(code));
  socket.on('error', (error) => opened.reject(error));
  socket.on('open', () => { socket.send(JSON.stringify({ type: 'hello', secret, since })); opened.resolve(); });
  await opened.promise;
  const of = <T extends ServerFrame['type']>(type: T) => frames.filter((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type);
  return {
    frames, of, closed: closed.promise, close: () => socket.close(), tell: (frame: object) => socket.send(JSON.stringify(frame)),
    /** Everything that came as messages, in order, and what this tab said itself. */
    texts: () => frames.flatMap((frame) => (frame.type === 'messages' ? frame.items.map(({ text }) => text) : frame.type === 'sent' ? [frame.message.text] : [])),
    ready: async () => { await expect.poll(() => frames[0]?.type, { timeout: 5_000 }).toBe('ready'); return of('ready')[0]!.state; },
    hears: async (type: ServerFrame['type']) => expect.poll(() => of(type).length, { timeout: 5_000 }).toBeGreaterThan(0),
  };
}
