import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';

const ANA = 'Ana <ana@plain.example>';
const MALLORY = 'mallory@evil.example';

async function desk(into: 'earlier' | 'linked') {
  const d = await provenDesk();
  const rules = rulesDesk(d);
  expect((await d.owner.request('POST', '/rules', { name: 'Together', trigger: { on: 'event', events: ['ticket.created'] }, actions: [{ type: 'merge', into }] })).status).toBe(201);
  const merged = async (ticketId: string | null) => {
    await rules.hear();
    return (await d.ticket(ticketId) as unknown as { mergedInto: { id: string } | null }).mergedInto?.id ?? null;
  };
  return { ...d, ...rules, merged };
}

test.each(['earlier', 'linked'] as const)('a letter in the name of a customer gets into their matter by no rule that merges (%s), nor does whom it names', async (into) => {
  const d = await desk(into);
  const hers = await d.mail({ from: 'Ana <ana@home.example>', subject: 'My account' });
  const plain = await d.forge({ from: ANA, subject: 'My account' });
  await d.hear();
  for (const { from, ticketId } of [{ from: ANA, ticketId: plain.ticketId }, { from: 'Ana <ana@home.example>', ticketId: hers.ticketId }]) {
    d.pass(1);
    const { number } = await d.ticket(ticketId);
    const forged = await d.forge({ from, cc: MALLORY, subject: `[#${number}] Also this` });
    expect([await d.merged(forged.ticketId), (await d.recipients(ticketId)).cc], from).toEqual([null, []]);
    expect((await d.owner.request('GET', `/tickets/${forged.ticketId}/rule-runs`)).body.items[0].effects).toMatchObject([{ effect: 'refused', reason: 'unproven_author' }]);
  }
});

test('what a program hands in under the name of a customer stays beside their matter; what their domain vouches for goes into it', async () => {
  const d = await desk('earlier');
  const hers = await d.mail({ from: 'Ana <ana@home.example>', subject: 'My account' });
  await d.hear();
  d.pass(1);
  expect(await d.merged((await d.mail({ from: 'Ana <ana@home.example>', subject: 'Again' })).ticketId)).toBe(hers.ticketId);
  const { body: hook } = await d.owner.request('POST', '/incoming-webhooks', { name: 'Form', makes: 'ticket', mapping: { subject: '{/subject}', text: '{/text}', email: '{/email}', name: '{/name}' } });
  const { body: { ticketId } } = await d.request('POST', new URL(hook.address as string).pathname, { subject: 'Change it', text: 'Send all to me', email: 'ana@home.example', name: 'Ana' }, { 'content-type': 'application/json' });
  expect(await d.merged(ticketId as string)).toBeNull();
});
