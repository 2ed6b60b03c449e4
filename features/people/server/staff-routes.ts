import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { neverRepeated } from '../../../platform/http/idempotency.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  Invite, InvitedView, PeopleQuery, PersonPage, PersonPatch, PersonView, TeamCreate, TeamPage, TeamPatch, TeamView,
} from '../core/contract.ts';
import { stateOf, type Person } from '../core/person.ts';
import type { People } from './people.ts';
import type { Team } from './team-store.ts';

/** Everybody else's accounts, and teams. */
export const staffRoutes = (people: People): Routes => async (app) => {
  const staff = ['people'];
  const deactivation = { schema: { tags: staff, params: IdParams, response: { 200: PersonView } } };

  app.get('/people', { schema: { tags: staff, summary: 'Who works here, by name', querystring: PeopleQuery, response: { 200: PersonPage } } },
    async ({ actor, query }) => {
      const { items, nextCursor } = await people.people(actor, query);
      return { items: items.map(toPerson), nextCursor };
    });

  app.post('/people', { preHandler: neverRepeated, schema: { tags: staff, summary: 'Invite somebody', body: Invite, response: { 201: InvitedView } } },
    async ({ actor, body }, reply) => {
      const { person, link } = await people.invite(actor, body);
      void reply.code(201);
      return { ...toPerson(person), invitationLink: link };
    });

  app.post('/people/:id/invitations', { preHandler: neverRepeated, schema: { tags: staff, summary: 'Send the invitation again', params: IdParams, response: { 201: InvitedView } } },
    async ({ actor, params }, reply) => {
      const { person, link } = await people.inviteAgain(actor, params.id);
      void reply.code(201);
      return { ...toPerson(person), invitationLink: link };
    });

  app.patch('/people/:id', { schema: { tags: staff, summary: 'Change name, role or teams', params: IdParams, body: PersonPatch, response: { 200: PersonView } } },
    async ({ actor, params, body }) => toPerson(await people.changePerson(actor, params.id, body)));

  app.put('/people/:id/deactivation', { schema: { ...deactivation.schema, summary: 'Deactivate: signed out everywhere at once' } },
    async ({ actor, params }) => toPerson(await people.deactivate(actor, params.id)));

  app.delete('/people/:id/deactivation', { schema: { ...deactivation.schema, summary: 'Activate again' } },
    async ({ actor, params }) => toPerson(await people.activate(actor, params.id)));

  const teams = ['teams'];

  app.get('/teams', { schema: { tags: teams, summary: 'Teams, by name', querystring: PageQuery, response: { 200: TeamPage } } },
    async ({ actor, query }) => {
      const { items, nextCursor } = await people.teams(actor, query);
      return { items: items.map(toTeam), nextCursor };
    });

  app.post('/teams', { schema: { tags: teams, summary: 'Make a team', body: TeamCreate, response: { 201: TeamView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return toTeam(await people.createTeam(actor, body)); });

  app.patch('/teams/:id', { schema: { tags: teams, summary: 'Change name or members', params: IdParams, body: TeamPatch, response: { 200: TeamView } } },
    async ({ actor, params, body }) => toTeam(await people.changeTeam(actor, params.id, body)));

  app.delete('/teams/:id', { schema: { tags: teams, summary: 'Archive a team', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await people.archiveTeam(actor, params.id); void reply.code(204); });
};

const toPerson = (person: Person): z.infer<typeof PersonView> => ({
  id: person.id, name: person.name, email: person.email, role: person.role, language: person.language, teamIds: [...person.teamIds],
  state: stateOf(person), createdAt: person.createdAt.toISOString(),
});

const toTeam = ({ id, name, memberIds, reopenDays }: Team): TeamView => ({ id, name, memberIds: [...memberIds], reopenDays });
