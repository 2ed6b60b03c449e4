import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';

const REPLY = { type: 'reply', texts: { en: 'Hello {{customer.name}}, about {{ticket.subject}}: we are on it.' } };

async function desk(events: readonly string[]) {
  const app = await mailDesk();
  const rules = rulesDesk(app);
  expect((await app.owner.request('POST', '/rules', { name: 'Answers', trigger: { on: 'event', events }, actions: [REPLY] })).status).toBe(201);
  await rules.hear();
  return {
    ...app, ...rules,
    mailed: async () => (await app.db.owner.selectFrom('outbox').select('envelope_to').execute()).flatMap(({ envelope_to: to }) => to),
    reasons: async (ticketId: string) => ((await app.owner.request('GET', `/tickets/${ticketId}/rule-runs`)).body.items as { effects: { effect: string; reason: string | null }[] }[])
      .flatMap(({ effects }) => effects.map(({ effect, reason }) => reason ?? effect)),
  };
}

test('whoever fills a form of a program with the address of a victim does not make rules write to them', async () => {
  const app = await desk(['ticket.created']);
  const { body: hook } = await app.owner.request('POST', '/incoming-webhooks', { name: 'Form', makes: 'ticket', mapping: { subject: '{/subject}', text: '{/text}', email: '{/email}', name: '{/name}' } });
  const given = { subject: 'You have won', text: 'Click http://evil.test', email: 'victim@innocent.test', name: 'Your bank' };
  const { body: { ticketId } } = await app.request('POST', new URL(hook.address as string).pathname, given, { 'content-type': 'application/json' });
  await app.settle();
  expect(await app.reasons(ticketId as string)).toEqual(['unproven_sender']);
  expect(await app.mailed()).toEqual([]);
  // Somebody here has written to them: it is a conversation from then on, and what the desk says by itself may go.
  await app.owner.request('POST', `/tickets/${ticketId as string}/replies`, { text: 'Is this yours?' });
  expect((await app.owner.request('POST', '/rules', { name: 'Tags', trigger: { on: 'event', events: ['ticket.changed'] }, actions: [REPLY] })).status).toBe(201);
  await app.owner.request('PATCH', `/tickets/${ticketId as string}`, { priority: 'high' });
  await app.settle();
  expect(await app.reasons(ticketId as string)).toEqual(['changes', 'unproven_sender']);
});

test('whoever types the address of a victim into a chat does not make rules write to them', async () => {
  const app = await desk(['ticket.created']);
  const { body: widget } = await app.owner.request('POST', '/chat/widgets', { name: 'Shop' });
  const { body: session } = await app.request('POST', '/visitor/session', { widget: widget.id });
  const visitor = (method: 'PATCH' | 'POST', path: string, body: object) => app.request(method, `/visitor${path}`, body, { authorization: `Bearer ${session.secret as string}` });
  await visitor('PATCH', '/profile', { name: 'Your bank', email: 'victim@innocent.test' });
  for (let i = 0; i < 2; i++) expect((await visitor('POST', '/messages', { clientId: `client-00${i}`, text: 'You have won, click http://evil.test' })).status).toBe(201);
  await app.settle();
  const [ticket] = (await app.owner.request('GET', '/tickets?status=all')).body.items;
  // Said in the chat, and there it stays.
  expect(await app.reasons(ticket.id as string)).toEqual(['changes']);
  app.pass(5);
  await app.settle();
  expect(await app.mailed()).toEqual([]);
});

test('many letters in the name of a victim make many tickets and few mails, also when rules do not answer but speak', async () => {
  const app = await desk(['ticket.changed']);
  for (let i = 0; i < 6; i++) {
    await app.send({ from: 'victim@innocent.test', to: 'support@shop.test', subject: `Matter ${i}`, text: `Number ${i} of what I never wrote.`, envelope: { from: 'victim@innocent.test', to: 'support@shop.test' } });
  }
  for (const { id } of await app.tickets()) await app.owner.request('PATCH', `/tickets/${id}`, { priority: 'high' });
  await app.settle();
  expect(await app.tickets()).toHaveLength(6);
  expect(await app.mailed()).toHaveLength(3);
});
