import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IdParams } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import {
  ArticleOpened, CallCreate, CallTimes, FileQuery, IntakeAsk, IntakeParams, IntakeStep, MAX_FILE_BYTES, MessageCreate, MessagePage, MessageQuery, MessageView, PageView, ProfilePatch, Rating, ReadMark, SessionCreate, SessionView, TranscriptView, Typing, UnreadQuery, UnreadView, UploadedFile, VisitorState, WidgetLook,
} from '../core/visitor-contract.ts';
import type { Chat } from './chat.ts';

const tags = ['visitors'];
/** Visitors show a secret of their own; nobody who works here is meant. */
const config = { public: true };
const none = { 204: z.void() };

export const visitorRoutes = (chat: Chat, typing: (workspaceId: string, ticketId: string, isTyping: boolean) => void): Routes => async (app) => {
  const of = ({ headers }: FastifyRequest) => chat.of(/^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]);

  app.get('/visitor/widgets/:id', { config, schema: { tags, summary: 'How a chat looks, for the page that it stands on', params: IdParams, response: { 200: WidgetLook } } },
    async ({ params }, reply) => {
      const found = await chat.look(params.id);
      if (!found) throw new AppError('not_found', 'visitor.no_such_widget', 'There is no such widget.');
      // Any page may ask: what it says is on the site for everybody to see.
      void reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
      return found.look;
    });

  app.get('/visitor/unread', { config, schema: { tags, summary: 'How many answers wait unseen, for the page around', querystring: UnreadQuery, response: { 200: UnreadView } } },
    async ({ query }, reply) => {
      const found = await chat.unread(query.badge);
      void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
      if (!found) throw new AppError('not_found', 'visitor.badge_over', 'This badge is over; the next session brings another.');
      return found;
    });

  app.post('/visitor/session', { config, schema: { tags, summary: 'Come to a chat: a guest with a secret, or a customer with a signed token', body: SessionCreate, response: { 201: SessionView } } },
    async ({ body, ip, host, headers }, reply) => { void reply.code(201); return chat.open(body, { address: ip, origin: headers.origin, host: host.toLowerCase() }); });

  app.delete('/visitor/session', { config, schema: { tags, summary: 'Sign out', response: none } },
    async (request, reply) => { await chat.signOut(await of(request)); void reply.code(204); });

  app.get('/visitor/state', { config, schema: { tags, summary: 'How things stand for this visitor', response: { 200: VisitorState } } },
    async (request) => chat.state(await of(request)));

  app.get('/visitor/messages', { config, schema: { tags, summary: 'What was said, in one order', querystring: MessageQuery, response: { 200: MessagePage } } },
    async (request) => chat.messages(await of(request), request.query));

  app.post('/visitor/messages', { config, schema: { tags, summary: 'Say something; the same clientId is the same message', body: MessageCreate, response: { 200: MessageView, 201: MessageView } } },
    async (request, reply) => {
      const { message, isNew } = await chat.say(await of(request), request.body);
      void reply.code(isNew ? 201 : 200);
      return message;
    });

  app.post('/visitor/intake/:kind', { config, schema: { tags, summary: 'What is asked first, by the answers so far', params: IntakeParams, body: IntakeAsk, response: { 200: IntakeStep } } },
    async (request) => chat.intakeStep(await of(request), request.params.kind, request.body));

  app.put('/visitor/read', { config, schema: { tags, summary: 'Everything up to here was seen', body: ReadMark, response: none } },
    async (request, reply) => { await chat.read(await of(request), request.body.seq); void reply.code(204); });

  app.put('/visitor/typing', { config, schema: { tags, summary: 'Somebody types', body: Typing, response: none } },
    async (request, reply) => {
      const visitor = await of(request);
      const { ticketId } = await chat.standing(visitor);
      if (ticketId !== null) typing(visitor.workspaceId, ticketId, request.body.isTyping);
      void reply.code(204);
    });

  app.put('/visitor/page', { config, schema: { tags, summary: 'Where on the site they are', body: PageView, response: none } },
    async (request, reply) => { await chat.page(await of(request), request.body); void reply.code(204); });

  app.put('/visitor/articles', { config, schema: { tags, summary: 'An article of the help centre was opened', body: ArticleOpened, response: none } },
    async (request, reply) => { await chat.opened(await of(request), request.body); void reply.code(204); });

  app.patch('/visitor/profile', { config, schema: { tags, summary: 'Name, address, attributes; what is typed proves nothing', body: ProfilePatch, response: { 200: VisitorState } } },
    async (request) => chat.profile(await of(request), request.body));

  app.post('/visitor/files', { config, bodyLimit: MAX_FILE_BYTES + 1, schema: { tags, summary: 'A file for the next message (application/octet-stream)', querystring: FileQuery, response: { 201: UploadedFile } } },
    async (request, reply) => {
      const visitor = await of(request);
      void reply.code(201);
      return chat.upload(visitor, request.query.name, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    });

  app.get('/visitor/files/:token', { config, schema: { tags, summary: 'A file, by its signed link', params: z.strictObject({ token: z.string().max(600) }) } },
    async ({ params }, reply) => {
      const file = await chat.file(params.token);
      if (!file) throw new AppError('not_found', 'visitor.link_over', 'This link is over; fetch the messages anew.');
      return asDownload(reply, { name: file.name, contentType: file.contentType, inline: /^image\/(?:png|jpeg|gif|webp)$/.test(file.contentType) }).send(file.bytes);
    });

  app.post('/visitor/ending', { config, schema: { tags, summary: 'End the conversation', response: { 200: VisitorState } } },
    async (request) => chat.end(await of(request)));

  app.put('/visitor/rating', { config, schema: { tags, summary: 'How it was', body: Rating, response: { 200: VisitorState } } },
    async (request) => chat.rate(await of(request), request.body));

  app.get('/visitor/call-times', { config, schema: { tags, summary: 'When somebody can call', response: { 200: CallTimes } } },
    async (request) => chat.callTimes(await of(request)));

  app.post('/visitor/calls', { config, schema: { tags, summary: 'Ask for a call; the same clientId is the same wish', body: CallCreate, response: { 201: MessageView } } },
    async (request, reply) => { const visitor = await of(request); void reply.code(201); return chat.askForCall(visitor, request.body); });

  app.post('/visitor/transcripts', { config, schema: { tags, summary: 'The conversation by mail', response: { 202: TranscriptView } } },
    async (request, reply) => { const visitor = await of(request); void reply.code(202); return chat.transcript(visitor); });
};
