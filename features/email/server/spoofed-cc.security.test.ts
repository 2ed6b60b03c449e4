import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';

const PLAIN = 'Ana <ana@plain.example>';
const SIGNED = 'Ana <ana@home.example>';

test('a Cc that is added by mail brings nobody into a matter that is under way unless the sender’s domain vouches for the mail', async () => {
  const d = await provenDesk();
  const cc = async (ticketId: string | null) => (await d.recipients(ticketId)).cc.map(({ address }) => address);

  // Her domain says nothing, in neither direction: what she begins is for everybody whom she names.
  const first = await d.forge({ from: PLAIN, cc: 'boss@plain.example' });
  expect(first.entry.authentication).toMatchObject({ verdict: 'none' });
  expect(await cc(first.ticketId)).toEqual(['boss@plain.example']);
  const token = (await d.answered(first.ticketId)).messageId!;
  const answer = await d.forge({ from: PLAIN, to: 'support@desk.test, mallory@evil.example', cc: 'eve@evil.example', headers: [`In-Reply-To: ${token}`] });
  expect([answer.ticketId, answer.entry.authentication?.verdict]).toEqual([first.ticketId, 'none']);
  expect(await cc(first.ticketId)).toEqual(['boss@plain.example']);

  const proven = await d.mail({ from: SIGNED });
  const hers = (await d.answered(proven.ticketId)).messageId!;
  expect((await d.mail({ from: SIGNED, cc: 'boss@home.example', headers: [`In-Reply-To: ${hers}`] })).ticketId).toBe(proven.ticketId);
  expect(await cc(proven.ticketId)).toEqual(['boss@home.example']);
});
