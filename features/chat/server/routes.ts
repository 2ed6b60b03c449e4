import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { neverRepeated } from '../../../platform/http/idempotency.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  AnswerCreate, AnswerView, AttendingPage, BanCreate, BanPage, BanView, ChatView, EndingCreate, MinePage, SecretCreate, SecretCreated, TransferCreate, WidgetCreate, WidgetPage, WidgetPatch, WidgetView,
} from '../core/contract.ts';
import { Typing } from '../core/visitor-contract.ts';
import type { Chat } from './chat.ts';

const tags = ['chat'];
const none = { 204: z.void() };
/** It decides who may say to be whom. */
const config = { fresh: true };

export const chatRoutes = (chat: Chat, typing: (visitorId: string, name: string, isTyping: boolean) => void): Routes => async (app) => {
  app.get('/chat/widgets', { schema: { tags, summary: 'Chats on the company\'s sites, by name', querystring: PageQuery, response: { 200: WidgetPage } } },
    async ({ actor, query }) => chat.widgets(actor, query));

  app.post('/chat/widgets', { schema: { tags, summary: 'Make a chat', body: WidgetCreate, response: { 201: WidgetView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return chat.createWidget(actor, body); });

  app.get('/chat/widgets/:id', { schema: { tags, summary: 'One chat', params: IdParams, response: { 200: WidgetView } } },
    async ({ actor, params }) => chat.widget(actor, params.id));

  app.patch('/chat/widgets/:id', { schema: { tags, summary: 'Change a chat', params: IdParams, body: WidgetPatch, response: { 200: WidgetView } } },
    async ({ actor, params, body }) => chat.changeWidget(actor, params.id, body));

  app.delete('/chat/widgets/:id', { schema: { tags, summary: 'Delete a chat; what was said in it stays', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await chat.deleteWidget(actor, params.id); void reply.code(204); });

  app.post('/chat/widgets/:id/secrets', { config, preHandler: neverRepeated, schema: { tags, summary: 'A secret by which customers are proven; it is shown once', params: IdParams, body: SecretCreate, response: { 201: SecretCreated } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return chat.createSecret(actor, params.id, body); });

  app.delete('/chat/widgets/:id/secrets', { config, schema: { tags, summary: 'No token proves anything any more', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await chat.removeSecrets(actor, params.id); void reply.code(204); });

  app.get('/chat/mine', { schema: { tags, summary: 'The open chats that I hold', response: { 200: MinePage } } },
    async ({ actor }) => chat.mine(actor));

  app.get('/chat/attending', { schema: { tags, summary: 'Who takes chats at this moment', response: { 200: AttendingPage } } },
    async ({ actor }) => chat.attending(actor));

  app.get('/chat/bans', { schema: { tags, summary: 'Who may not chat, newest first', querystring: PageQuery, response: { 200: BanPage } } },
    async ({ actor, query }) => chat.bans(actor, query));

  app.delete('/chat/bans/:id', { schema: { tags, summary: 'Let somebody in again', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await chat.liftBan(actor, params.id); void reply.code(204); });

  app.get('/tickets/:id/chat', { schema: { tags, summary: 'The live side of a ticket', params: IdParams, response: { 200: ChatView } } },
    async ({ actor, params }) => chat.chat(actor, params.id));

  app.post('/tickets/:id/chat/messages', { schema: { tags, summary: 'Answer in the chat, with answers as buttons', params: IdParams, body: AnswerCreate, response: { 201: AnswerView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return chat.answer(actor, params.id, body); });

  app.put('/tickets/:id/chat/read', { schema: { tags, summary: 'I have it before my eyes', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await chat.readChat(actor, params.id); void reply.code(204); });

  app.put('/tickets/:id/chat/typing', { schema: { tags, summary: 'I type an answer', params: IdParams, body: Typing, response: none } },
    async ({ actor, params, body }, reply) => {
      const { visitorId, name } = await chat.visitorOn(actor, params.id);
      typing(visitorId, name, body.isTyping);
      void reply.code(204);
    });

  app.post('/tickets/:id/chat/ending', { schema: { tags, summary: 'End a chat', params: IdParams, body: EndingCreate, response: none } },
    async ({ actor, params, body }, reply) => { await chat.endChat(actor, params.id, body.status); void reply.code(204); });

  app.post('/tickets/:id/chat/transfer', { schema: { tags, summary: 'Hand a chat on, with a word for whoever gets it', params: IdParams, body: TransferCreate, response: none } },
    async ({ actor, params, body }, reply) => { await chat.transfer(actor, params.id, body); void reply.code(204); });

  app.post('/tickets/:id/chat/ban', { schema: { tags, summary: 'Ban a visitor', params: IdParams, body: BanCreate, response: { 201: BanView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return chat.ban(actor, params.id, body); });
};
