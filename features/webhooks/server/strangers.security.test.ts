import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('ids of another workspace in the bodies of rules, webhooks, policies and promises are not there', async () => {
  const app = await testApp();
  const { owner } = app;
  const team = (await owner.request('POST', '/teams', { name: 'Ours' })).body.id as string;
  const calendar = (await owner.request('POST', '/calendars', { name: 'Ours', timeZone: 'Europe/Sofia', week: {} })).body.id as string;
  const reply = (await owner.request('POST', '/saved-replies', { name: 'Ours', variants: { en: '<p>Hello</p>' } })).body.id as string;
  const ticket = (await owner.request('POST', '/tickets', { subject: 'Ours', channel: 'phone', customer: { email: 'a@example.org' }, text: 'x' })).body.id as string;
  const promise = (await owner.request('POST', '/commitments', { ticketId: ticket, what: 'Call', dueAt: '2026-03-03T09:00:00Z' })).body.id as string;
  expect([team, calendar, reply, ticket, promise].every((id) => typeof id === 'string')).toBe(true);
  const stranger = await app.otherWorkspace();
  const theirs = (await stranger.request('POST', '/tickets', { subject: 'Theirs', channel: 'phone', customer: { email: 'a@example.org' }, text: 'x' })).body.id as string;
  const rule = (action: object) => ['POST', '/rules', { name: 'R', trigger: { on: 'event', events: ['ticket.created'] }, actions: [action] }] as const;
  const promised = { what: 'Call', dueAt: '2026-03-03T09:00:00Z' };
  const target = { name: 'P', targets: [{ metric: 'first_reply', seconds: 3_600, time: 'calendar' }] };
  for (const [method, path, body] of [
    rule({ type: 'set_team', teamId: team }), rule({ type: 'set_assignee', personId: owner.id }), rule({ type: 'notify', to: { personId: owner.id }, text: 'x' }), rule({ type: 'reply', savedReplyId: reply }),
    ['POST', '/incoming-webhooks', { name: 'I', mapping: {}, teamId: team }],
    ['POST', '/commitments', { ticketId: ticket, ...promised }], ['POST', '/commitments', { ticketId: theirs, ownerId: owner.id, ...promised }],
    ['GET', `/commitments/${promise}`], ['POST', `/commitments/${promise}/keeping`, {}], ['POST', `/commitments/${promise}/letters`, { dueAt: '2026-03-04T09:00:00Z' }],
    ['POST', '/sla-policies', { ...target, actions: [{ do: 'reassign', at: 50, assigneeId: owner.id }] }], ['POST', '/sla-policies', { ...target, actions: [{ do: 'reassign', at: 50, teamId: team }] }],
    ['GET', `/tickets/${ticket}/clocks`], ['GET', `/tickets/${ticket}/rule-runs`],
    ['POST', '/sla-policies', { ...target, calendarId: calendar }], ['POST', `/calendars/${calendar}/due`, { from: '2026-03-03T09:00:00Z', seconds: 60 }],
    ['POST', '/queues', { name: 'Q', calendarId: calendar }], ['POST', '/queues', { name: 'Q', teamIds: [team] }], ['POST', '/queues', { name: 'Q', overflow: [{ teamId: team, afterSeconds: 60 }] }],
    ['POST', '/rules', { name: 'R', trigger: { on: 'event', events: ['ticket.created'] }, calendarId: calendar, actions: [{ type: 'escalate' }] }],
  ] as const) {
    const answer = await stranger.request(method, path, body);
    expect([400, 404], `${method} ${path} ${JSON.stringify(body)} ${JSON.stringify(answer.body)}`).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain('request.invalid');
  }
  expect((await stranger.request('GET', `/sla/urgent?tickets=${ticket}`)).body).toEqual({ items: [] });
  expect((await stranger.request('GET', `/commitments?ticket=${ticket}`)).body.items).toEqual([]);
  expect((await owner.request('GET', `/commitments/${promise}`)).body.state).toBe('made');
});
