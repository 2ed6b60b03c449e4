import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  const ben = await app.person('agent', { of: app.owner });
  const ticket = async (subject: string): Promise<string> => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: 'Maria', email: 'maria@example.org' }, text: subject })).body.id;
  const answers = async (id: string): Promise<string[]> => (await app.owner.request('GET', `/tickets/${id}/entries`)).body.items.filter(({ direction }: { direction: string }) => direction === 'out').map(({ text }: { text: string }) => text);
  const mails = async (): Promise<number> => (await app.db.owner.selectFrom('outbox').select('id').execute()).length;
  return { ...app, ben, ticket, answers, mails };
}

test('an answer to a ticket that is merged at the same moment goes along, or is refused with where the matter went on; never twice, never nowhere', async () => {
  const { owner, ben, ticket, answers, mails } = await desk();
  for (let round = 0; round < 6; round += 1) {
    const [from, into] = [await ticket(`Lid ${round}`), await ticket(`Kettle ${round}`)];
    const before = await mails();
    const reply = () => ben.request('POST', `/tickets/${from}/replies`, { text: `A lid leaves today, ${round}.` });
    const merge = () => owner.request('POST', `/tickets/${from}/merges`, { into });
    const [answered, merged] = round % 2 === 0 ? await Promise.all([reply(), merge()]) : await Promise.all([merge(), reply()]).then(([one, other]) => [other, one] as const);
    expect(merged.status).toBe(201);
    const isSent = answered.status === 201;
    if (!isSent) expect(answered).toMatchObject({ status: 409, body: { code: 'ticket.merged', ticketId: into } });
    expect(await answers(into)).toEqual(isSent ? [`A lid leaves today, ${round}.`] : []);
    expect(await mails() - before).toBe(isSent ? 1 : 0);

    expect((await owner.request('DELETE', `/merges/${merged.body.id}`)).status).toBe(204);
    expect([await answers(from), await answers(into)], 'an answer goes back to the matter that it was written on').toEqual([isSent ? [`A lid leaves today, ${round}.`] : [], []]);
  }
});

test('whoever wrote while it was merged is told where it went on, and answers there', async () => {
  const { owner, ben, ticket, answers } = await desk();
  const [from, into] = [await ticket('Lid'), await ticket('Kettle')];
  await owner.request('POST', `/tickets/${from}/merges`, { into });
  const refused = await ben.request('POST', `/tickets/${from}/replies`, { text: 'Dear Maria' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'ticket.merged', ticketId: into } });
  expect((await ben.request('POST', `/tickets/${refused.body.ticketId}/replies`, { text: 'Dear Maria' })).status).toBe(201);
  expect(await answers(into)).toEqual(['Dear Maria']);
});
