import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { type Desk, DeskProvider } from '../features/tickets/agent/desk.tsx';
import type { EntryView, TicketView } from '../features/tickets/core/contract.ts';
import { ToastRegion } from '../ui/components/Toast.tsx';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const AT = '2026-11-12T10:00:00.000Z';
export const ME = { id: uuid(1), name: 'Ivan Petrov' };
export const MARIA = { id: uuid(2), name: 'Maria Petrova', email: 'maria@example.org', flags: [] };

export const aTicket = (n: number, change: Partial<TicketView> = {}): TicketView => ({
  id: uuid(1000 + n), number: 1000 + n, subject: `Ticket ${n}`, status: 'open', priority: 'normal', kind: 'question', channel: 'email', customer: MARIA,
  assignee: null, team: null, mailboxId: uuid(3), brand: null, office: null, slaPolicyId: null, queueChoice: null, language: 'en', tags: [], fields: {}, snippet: `Words of ${n}`, waitingSince: AT, dueAt: null, lastMessageAt: AT, unread: false, readAt: null,
  company: null, isPrivate: false, followerIds: [], version: 1, createdAt: AT, updatedAt: AT, deletedAt: null, spam: false, mergedInto: null, snooze: null, wokenAt: null, ...change,
});

export const anEntry = (n: number, change: Partial<EntryView> = {}): EntryView => ({
  id: uuid(5000 + n), type: 'message', channel: 'email', direction: 'in', author: { kind: 'customer', id: MARIA.id, name: MARIA.name, address: MARIA.email },
  subject: '', text: `Message ${n}`, html: null, htmlUrl: null, remoteImages: 0, quoted: '', recipients: null, attachments: [], delivery: null, rawUrl: null,
  forwardedEntryId: null, notice: null, authentication: null, event: null, createdAt: new Date(Date.parse(AT) + n * 60_000).toISOString(), ...change,
});

const ME_VIEW: Desk['me'] = {
  ...ME, email: 'ivan@example.org', role: 'agent', language: 'en', theme: 'light', teamIds: [], mailLeaves: true,
  permissions: ['tickets.read', 'tickets.note', 'tickets.change', 'tickets.reply', 'customers.read', 'customers.change', 'macros.list', 'people.list'],
  workspace: { id: uuid(9), name: 'Shop', language: 'en', timeZone: 'Europe/Sofia' },
};

export const AtDesk = ({ children, me = {}, ...more }: { children: ReactNode; me?: Partial<Desk['me']> } & Partial<Pick<Desk, 'promise' | 'begin' | 'rules' | 'proposeArticle' | 'promisedTo'>>) => (
  <DeskProvider desk={{ me: { ...ME_VIEW, ...me }, ticketHref: (id) => `/inbox/mine/${id}`, goToTicket: () => undefined, followTicket: () => undefined, retryDelivery: null, blockSender: null, misdirected: null, routing: null, rules: null, saved: null, withSelected: null, proposeArticle: null, elsewhere: null, begin: null, underFacts: null, chat: null, commitments: null, promise: null, ...more }}>
    {children}
    <ToastRegion />
  </DeskProvider>
);

type Answer = (body: unknown, path: string) => unknown;

/** The server's side of the conversation: "GET /tickets" and the like; the longest beginning that fits answers. Others are not there. */
export function answering(routes: Readonly<Record<string, Answer>>): { readonly asked: string[]; readonly bodies: unknown[] } {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  const answer = (request: string, body: unknown): Response => {
    asked.push(request);
    const given: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    bodies.push(given);
    const route = Object.keys(routes).filter((key) => request.startsWith(key)).sort((a, b) => b.length - a.length)[0];
    const said = route === undefined ? undefined : routes[route]?.(given, request);
    if (said === undefined) return Response.json({ status: 404, code: 'not.there' }, { status: 404 });
    if (said instanceof Response) return said;
    return said === null ? new Response(null, { status: 204 }) : Response.json(said, { status: request.startsWith('POST ') ? 201 : 200 });
  };
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body }: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url, location.origin);
    if (pathname !== '/api/v1/answers') return answer(`${method} ${url.replace('/api/v1', '')}`, body);
    const parts = searchParams.getAll('of').map((path) => answer(`GET ${path}`, undefined));
    return Response.json({ items: await Promise.all(parts.map(async (part) => ({ status: part.status, body: await part.json() as unknown }))) });
  });
  return { asked, bodies };
}

export const page = <T,>(items: readonly T[]) => ({ items, nextCursor: null });
