import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  AbsenceCreate, AbsenceOutlook, AbsencePage, AbsenceQuery, AbsenceView, OwnStateCreate, OwnStatePage, OwnStatePatch, OwnStateView, PastAbsencePage, PastAbsenceQuery, PastAbsenceView, PersonRoutingPut,
  PersonRoutingView, PresencePage, PresencePut, PresenceQuery, PresenceView,
} from '../core/contract.ts';
import { Handed, Handover } from '../core/handover.ts';
import type { Routing } from './routing.ts';

const tags = ['presence'];

export const presenceRoutes = (routing: Routing): Routes => async (app) => {
  app.get('/me/presence', { schema: { tags, summary: 'My state, and what counts of it', response: { 200: PresenceView } } },
    async ({ actor }) => routing.presence(actor));
  app.put('/me/presence', { schema: { tags, summary: 'Say whether I am there', body: PresencePut, response: { 200: PresenceView } } },
    async ({ actor, body }) => routing.setPresence(actor, body));
  app.post('/me/presence/activity', { schema: { tags, summary: 'Hands are on the keyboard', response: { 204: z.void() } } },
    async ({ actor }, reply) => { await routing.active(actor); void reply.code(204); });

  app.get('/presence', { schema: { tags, summary: 'Who is there', querystring: PresenceQuery, response: { 200: PresencePage } } },
    async ({ actor, query }) => routing.board(actor, query));
  app.put('/people/:id/presence', { schema: { tags, summary: 'Set somebody else\'s state', params: IdParams, body: PresencePut, response: { 200: PresenceView } } },
    async ({ actor, params, body }) => routing.setPresenceOf(actor, params.id, body));

  app.get('/presence-states', { schema: { tags, summary: 'The workspace\'s own states', querystring: PageQuery, response: { 200: OwnStatePage } } },
    async ({ actor, query }) => routing.ownStates(actor, query));
  app.post('/presence-states', { schema: { tags, summary: 'Make a state', body: OwnStateCreate, response: { 201: OwnStateView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return routing.addOwnState(actor, body); });
  app.patch('/presence-states/:id', { schema: { tags, summary: 'Change a state', params: IdParams, body: OwnStatePatch, response: { 200: OwnStateView } } },
    async ({ actor, params, body }) => routing.changeOwnState(actor, params.id, body));
  app.delete('/presence-states/:id', { schema: { tags, summary: 'Remove a state', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await routing.removeOwnState(actor, params.id); void reply.code(204); });

  app.get('/absences', { schema: { tags, summary: 'Planned absences from now on', querystring: AbsenceQuery, response: { 200: AbsencePage } } },
    async ({ actor, query }) => routing.absences(actor, query));
  app.post('/absences', { schema: { tags, summary: 'Plan an absence, or be away from now on, with a deputy or without', body: AbsenceCreate, response: { 201: AbsenceView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return routing.planAbsence(actor, body); });
  app.delete('/absences/:id', { schema: { tags, summary: 'Call an absence off, or end it', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await routing.removeAbsence(actor, params.id); void reply.code(204); });

  app.get('/people/:id/absence-outlook', { schema: { tags, summary: 'What an absence from now on would leave behind, and who might stand in', params: IdParams, response: { 200: AbsenceOutlook } } },
    async ({ actor, params }) => routing.absenceOutlook(actor, params.id));

  app.get('/me/absences', { schema: { tags, summary: 'One’s own absences that are over', querystring: PastAbsenceQuery, response: { 200: PastAbsencePage } } },
    async ({ actor, query: { unseen, limit, cursor } }) => routing.pastAbsences(actor, { unseen: unseen === '1', limit, cursor }));
  app.get('/me/absences/:id', { schema: { tags, summary: 'One of them', params: IdParams, response: { 200: PastAbsenceView } } },
    async ({ actor, params }) => routing.pastAbsence(actor, params.id));
  app.put('/me/absences/:id/seen', { schema: { tags, summary: 'Put away what happened meanwhile', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await routing.seePast(actor, params.id); void reply.code(204); });

  app.post('/handovers', { schema: { tags, summary: 'Hand on what I have at the end of a shift, with a note for each', body: Handover, response: { 200: Handed } } },
    async ({ actor, body }) => routing.handOn(actor, body));

  app.get('/people/:id/routing', { schema: { tags, summary: 'What somebody can, and how much', params: IdParams, response: { 200: PersonRoutingView } } },
    async ({ actor, params }) => routing.abilities(actor, params.id));
  app.put('/people/:id/routing', { schema: { tags, summary: 'Say what somebody can, and how much', params: IdParams, body: PersonRoutingPut, response: { 200: PersonRoutingView } } },
    async ({ actor, params, body }) => routing.setAbilities(actor, params.id, body));
};
