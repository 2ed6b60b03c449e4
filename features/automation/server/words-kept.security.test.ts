import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';

const CARD = '4111 1111 1111 1111';

test('what was taken out of a ticket stays in the logs of rules and webhooks, and addresses of customers stand there', async () => {
  const desk = await mailDesk();
  const { hear } = rulesDesk(desk);
  const heard = await following(desk, 'webhooks');
  const { owner } = desk;
  await owner.request('POST', '/fields', { subject: 'ticket', key: 'paid_by', type: 'text', names: { en: 'Paid by' } });
  await owner.request('POST', '/rules', { name: 'Clean', trigger: { on: 'event', events: ['ticket.changed'] }, actions: [{ type: 'remove_tags', tags: ['other'] }, { type: 'add_tags', tags: ['seen'] }, { type: 'set_subject', subject: '[seen] {{ticket.subject}}' }, { type: 'set_field', field: 'paid_by', value: null }] });
  await owner.request('POST', '/rules', { name: 'Answer', trigger: { on: 'event', events: ['message.received', 'ticket.created'] }, actions: [{ type: 'reply', texts: { en: 'We have it' } }, { type: 'notify', to: { personId: owner.id }, text: 'Look' }] });
  await owner.request('POST', '/webhooks', { name: 'ERP', url: 'https://erp.example.org/hook', events: ['ticket.created', 'ticket.updated', 'message.received'] });
  const { body: hook } = await owner.request('POST', '/incoming-webhooks', { name: 'Form', makes: 'note', mapping: { text: '{/text}', ticketNumber: '{/ticket}', id: '{/card}' } });
  await heard();
  await hear();
  await desk.send({ from: 'Ana <ana@home.test>', to: 'support@shop.test', subject: 'Card', text: `I paid with ${CARD}` });
  const ticket = (await desk.tickets())[0]!;
  await owner.request('PATCH', `/tickets/${ticket.id}`, { tags: [`card ${CARD}`], subject: `Card ${CARD}`, fields: { paid_by: CARD } });
  expect((await desk.request('POST', new URL(hook.address as string).pathname, Buffer.from(JSON.stringify({ text: 'paid', ticket: ticket.number, card: CARD })), { 'content-type': 'application/json' })).status).toBe(202);
  await hear();
  await heard();

  const rowsOf = async (table: string): Promise<string> => (await sql<{ line: string }>`select to_jsonb(t)::text as line from ${sql.table(table)} t`.execute(desk.db.owner)).rows.map(({ line }) => line).join('\n');
  for (const kept of [`Card ${CARD}`, `paid_by: ${CARD}`]) expect(await rowsOf('rule_runs')).toContain(kept);
  expect(await rowsOf('incoming_webhook_calls')).toContain(CARD);
  for (const table of ['rule_runs', 'notices', 'webhook_deliveries']) expect(await rowsOf(table), table).not.toContain('ana@home.test');
  expect(await rowsOf('webhook_deliveries')).toContain('ticket.updated');

  const [entry] = await desk.entries(ticket.id);
  expect((await owner.request('POST', `/tickets/${ticket.id}/entries/${entry.id}/redactions`, { passages: [CARD] })).status).toBe(201);
  for (const table of ['rule_runs', 'rule_follow_ups', 'notices', 'webhook_deliveries', 'incoming_webhook_calls']) expect(await rowsOf(table), table).not.toContain(CARD);
  // What rules did otherwise is still told.
  const { items } = (await owner.request('GET', `/tickets/${ticket.id}/rule-runs`)).body as { items: { effects: { type: string; from: string | null }[] }[] };
  expect(items.map(({ effects }) => effects.map(({ type, from }) => [type, from]))).toContainEqual([['remove_tags', null], ['add_tags', null], ['set_subject', null], ['set_field', null]]);
});
