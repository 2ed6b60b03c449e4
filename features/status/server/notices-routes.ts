import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { AudienceRequest, AudienceView, NoticeCreate, NoticePage, NoticeView } from '../core/notices-contract.ts';
import type { Status } from './status.ts';

const tags = ['status page'];

export const noticeRoutes = ({ notices }: Pick<Status, 'notices'>): Routes => async (app) => {
  app.get('/status-notices', { schema: { tags, summary: 'Mail to the customers whom changes touched, newest first', querystring: PageQuery, response: { 200: NoticePage } } },
    async ({ actor, query }) => notices.list(actor, query));

  app.post('/status-notices', { schema: { tags, summary: 'Write to the customers whom a change touches', body: NoticeCreate, response: { 201: NoticeView } } },
    async ({ actor, body }, reply) => reply.code(201).send(await notices.send(actor, body)));

  app.post('/status-notices/audiences', { schema: { tags, summary: 'How many customers it would reach', body: AudienceRequest, response: { 200: AudienceView } } },
    async ({ actor, body }) => notices.audience(actor, body));

  app.post('/status-notices/:id/withdrawal', { schema: { tags, summary: 'Nothing more of it leaves', params: IdParams, response: { 200: NoticeView } } },
    async ({ actor, params }) => notices.withdraw(actor, params.id));
};
