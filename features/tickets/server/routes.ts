import { z } from 'zod';
import { Id, IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { sendCsv } from '../../../platform/http/csv.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  AttachmentView, ContactCreate, CustomerTimelinePage, EntryPage, EntryQuery, EntryView, ForwardCreate, HeldView, LinkPage, LinkParams, MergeCreate, MergeView,
  NextTicket, NoteCreate, ReplyCreate, SpamMarked, SpamMarks, TagPage, TicketCounts, TicketCreate, TicketFilter, TicketPage, TicketPatch, TicketQuery, TicketView,
  UploadQuery,
} from '../core/contract.ts';
import { SnoozeSet } from '../core/snooze.ts';
import type { Tickets } from './tickets.ts';

const tags = ['tickets'];
const none = { 204: z.void() };

export const ticketRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/tickets', { schema: { tags, summary: 'Tickets by filter, or by search with q', querystring: TicketQuery, response: { 200: TicketPage } } },
    async ({ actor, query }) => tickets.list(actor, query));

  app.post('/tickets', { schema: { tags, summary: 'Write to a customer first, or log a contact', body: TicketCreate, response: { 201: TicketView } } },
    async ({ actor, body }, reply) => { const id = await tickets.create(actor, body); void reply.code(201); return tickets.get(actor, id); });

  app.get('/tickets/counts', { schema: { tags, summary: 'Numbers beside the ready-made views', response: { 200: TicketCounts } } },
    async ({ actor }) => tickets.counts(actor));

  app.get('/tickets.csv', { config: { fresh: true }, schema: { tags, summary: 'A list as CSV (leads)', querystring: TicketFilter, produces: ['text/csv'] } },
    async ({ actor, query }, reply) => sendCsv(reply, 'tickets.csv', tickets.exported(actor, query)));

  app.post('/tickets/next', { schema: { tags, summary: 'Take the next unassigned ticket', body: NextTicket, response: { 200: TicketView } } },
    async ({ actor, body }) => tickets.get(actor, await tickets.takeNext(actor, body.team)));

  app.get('/tickets/:id', { schema: { tags, summary: 'One ticket', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => tickets.get(actor, params.id));

  app.patch('/tickets/:id', { schema: { tags, summary: 'Change a ticket', params: IdParams, body: TicketPatch, response: { 200: TicketView } } },
    async ({ actor, params, body }) => { await tickets.change(actor, params.id, body); return tickets.get(actor, params.id); });

  app.put('/tickets/:id/snooze', { schema: { tags, summary: 'Set aside until a time, another ticket, or the customer', params: IdParams, body: SnoozeSet, response: { 200: TicketView } } },
    async ({ actor, params, body }) => { await tickets.snooze(actor, params.id, body); return tickets.get(actor, params.id); });

  app.delete('/tickets/:id/snooze', { schema: { tags, summary: 'Back among what is to be done', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => { await tickets.wakeUp(actor, params.id); return tickets.get(actor, params.id); });

  app.put('/tickets/:id/deletion', { schema: { tags, summary: 'Delete (can be restored)', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => { await tickets.setDeleted(actor, params.id, true); return tickets.get(actor, params.id); });

  app.delete('/tickets/:id/deletion', { schema: { tags, summary: 'Restore', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => { await tickets.setDeleted(actor, params.id, false); return tickets.get(actor, params.id); });

  app.put('/tickets/:id/spam', { schema: { tags, summary: 'It is spam: out of the views, and the filter learns', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => { await tickets.markSpam(actor, params.id, true); return tickets.get(actor, params.id); });

  app.delete('/tickets/:id/spam', { schema: { tags, summary: 'It is no spam: back into the views', params: IdParams, response: { 200: TicketView } } },
    async ({ actor, params }) => { await tickets.markSpam(actor, params.id, false); return tickets.get(actor, params.id); });

  app.post('/tickets/spam', { schema: { tags, summary: 'Several at once are spam, or are none', body: SpamMarks, response: { 200: SpamMarked } } },
    async ({ actor, body }) => ({ ids: await tickets.markAllSpam(actor, body.ids, body.spam) }));

  app.put('/tickets/:id/read', { schema: { tags, summary: 'Mark as read by me', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.markRead(actor, params.id); void reply.code(204); });

  app.post('/tickets/:id/merges', { schema: { tags, summary: 'Merge into another ticket', params: IdParams, body: MergeCreate, response: { 201: MergeView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return { id: await tickets.merge(actor, params.id, body.into) }; });

  app.delete('/merges/:id', { schema: { tags, summary: 'Undo a merge', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.unmerge(actor, params.id); void reply.code(204); });

  app.get('/tickets/:id/links', { schema: { tags, summary: 'Tickets that this one may belong to, and those that may belong to it', params: IdParams, querystring: PageQuery, response: { 200: LinkPage } } },
    async ({ actor, params, query }) => tickets.links(actor, params.id, query));

  app.put('/tickets/:id/links/:to/separation', { schema: { tags, summary: 'Keep two linked tickets apart', params: LinkParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.keepApart(actor, params.id, params.to); void reply.code(204); });

  app.delete('/tickets/:id/links/:to/separation', { schema: { tags, summary: 'Ask again whether two linked tickets belong together', params: LinkParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.askAgain(actor, params.id, params.to); void reply.code(204); });

  app.get('/tags', { schema: { tags, summary: 'Tags in use', querystring: PageQuery.extend({ q: z.string().max(50).default('') }), response: { 200: TagPage } } },
    async ({ actor, query }) => tickets.tags(actor, query.q, query.limit));
};

export const entryRoutes = (tickets: Tickets): Routes => async (app) => {
  const written = { params: IdParams, response: { 201: EntryView } };
  const sent = { params: IdParams, response: { 201: EntryView, 202: HeldView } };
  /** 201 with the entry; 202 when somebody has to see it first. */
  const answerWith = async (actor: Actor, reply: { code(status: 201 | 202): unknown }, outcome: Awaited<ReturnType<Tickets['sendReply']>>, attachmentIds: readonly string[]): Promise<EntryView | HeldView> => {
    const isHeld = 'heldAs' in outcome;
    void reply.code(isHeld ? 202 : 201);
    return isHeld ? { approvalId: outcome.heldAs } : tickets.entry(actor, outcome, { isBare: attachmentIds.length === 0 });
  };

  app.get('/tickets/:id/entries', { schema: { tags, summary: 'The timeline', params: IdParams, querystring: EntryQuery, response: { 200: EntryPage } } },
    async ({ actor, params, query }) => tickets.entries(actor, params.id, { limit: query.limit, cursor: query.cursor, latest: query.latest === '1' }));

  app.post('/tickets/:id/replies', { schema: { tags, summary: 'Reply to the customer', body: ReplyCreate, ...sent } },
    async ({ actor, params, body }, reply) => answerWith(actor, reply, await tickets.sendReply(actor, params.id, body), body.attachmentIds));

  app.delete('/tickets/:id/replies/:entryId', { schema: { tags, summary: 'Take a reply back before it leaves', params: z.strictObject({ id: Id, entryId: Id }), response: none } },
    async ({ actor, params }, reply) => { await tickets.undoReply(actor, params.id, params.entryId); void reply.code(204); });

  app.post('/tickets/:id/notes', { schema: { tags, summary: 'Write an internal note', body: NoteCreate, ...written } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return tickets.entry(actor, await tickets.note(actor, params.id, body)); });

  app.post('/tickets/:id/contacts', { schema: { tags, summary: 'Log a call, a visit or a letter', body: ContactCreate, ...written } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return tickets.entry(actor, await tickets.contact(actor, params.id, body)); });

  app.post('/tickets/:id/forwards', { schema: { tags, summary: 'Forward an entry to anybody', body: ForwardCreate, ...sent } },
    async ({ actor, params, body }, reply) => answerWith(actor, reply, await tickets.forward(actor, params.id, body), body.attachmentIds));

  app.get('/customers/:id/timeline', { schema: { tags: ['customers'], summary: 'Everything with one customer, newest first', params: IdParams, querystring: PageQuery, response: { 200: CustomerTimelinePage } } },
    async ({ actor, params, query }) => tickets.customerTimeline(actor, params.id, query));

  app.post('/uploads', { schema: { tags, summary: 'Upload a file to attach (application/octet-stream)', querystring: UploadQuery, response: { 201: AttachmentView } } },
    async ({ actor, query, body }, reply) => {
      void reply.code(201);
      return tickets.upload(actor, { name: query.name, contentType: query.contentType ?? 'application/octet-stream', bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0) });
    });
};
