import { expect, test } from 'vitest';
import { absenceDesk, BEGINS, ENDS } from '../../../testing/absence-desk.ts';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

/** Where tickets come to Ana, who reads later what happened to them. */
async function desk() {
  const given = await absenceDesk();
  const { ana, plansAbsence: plan } = given;
  const arrives = (subject: string, assigneeId: string | null = ana.id) => given.arrives({ subject, assigneeId });
  type Told = { ticket: { subject: string; assignee: { name: string } | null }; happenings: { kind: string; by: string | null; to: string | null; text: string | null; number: number | null; count: number }[]; more: number };
  const told = async (id: string, who: Member = ana): Promise<Told[]> => (await who.request('GET', `/me/absences/${id}/tickets`)).body.items;
  const inShort = async (id: string) => (await told(id)).map(({ ticket, happenings }) => [ticket.subject, ...happenings.map(({ kind, by, count }) => `${kind} ${by ?? '-'}${count > 1 ? ` ×${count}` : ''}`)]);
  return { ...given, arrives, plan, told, inShort };
}

test('whoever is back reads what happened on their tickets, what waits for them first, until they put it away', async () => {
  const d = await desk();
  const heard = await following(d, 'notifications');
  const [late, waits, named, done, quiet, other] = [await d.arrives('late'), await d.arrives('waits'), await d.arrives('named', d.cleo.id), await d.arrives('done'), await d.arrives('quiet'), await d.arrives('other', d.cleo.id)];
  const promise = (await d.ana.request('POST', '/commitments', { ticketId: late, what: 'Call back', dueAt: '2026-03-04T15:00:00Z' })).body.id as string;
  for (const id of [late, waits, done, quiet]) await d.ana.request('POST', `/tickets/${id}/notes`, { text: 'Mine, before' });
  const id = await d.plan();
  expect((await d.ana.request('GET', '/me/absences')).body.items, 'not over').toEqual([]);
  await d.at(BEGINS);
  await d.at('2026-03-03T10:00:00Z');
  await d.ben.request('POST', `/tickets/${waits}/notes`, { text: 'Photos came' });
  await d.ben.request('POST', `/tickets/${waits}/notes`, { text: 'More photos' });
  await d.cleo.request('POST', `/tickets/${named}/notes`, { text: 'What did you tell her?', mentions: [{ personId: d.ana.id }] });
  await d.cleo.request('POST', `/tickets/${other}/notes`, { text: 'None of hers' });
  await d.ben.request('PATCH', `/tickets/${done}`, { status: 'resolved' });
  await d.at('2026-03-04T15:00:00Z');
  await d.ben.request('POST', `/commitments/${promise}/keeping`, {});
  await heard();
  await d.at(ENDS);
  await d.ben.request('POST', `/tickets/${waits}/notes`, { text: 'After she was back' });

  const { items } = (await d.ana.request('GET', '/me/absences?unseen=1')).body;
  expect(items).toEqual([expect.objectContaining({ id, from: BEGINS, to: ENDS, backAt: ENDS, seen: false, deputy: { id: d.ben.id, name: 'Ben' } })]);
  expect(await d.inShort(id)).toEqual([
    ['late', 'commitment_kept Ben', 'commitment_broken -', 'deputised -'],
    ['waits', 'noted Ben ×2', 'deputised -'],
    ['named', 'mentioned Cleo'],
    ['done', 'resolved Ben', 'deputised -'],
  ]);
  expect((await d.told(id)).map(({ ticket }) => ticket.assignee?.name)).toEqual(['Ana', 'Ana', 'Cleo', 'Ben']);

  // Page by page it is the same.
  const pages: string[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const { body } = await d.ana.request('GET', `/me/absences/${id}/tickets?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
    pages.push(...body.items.map(({ ticket }: { ticket: { subject: string } }) => ticket.subject));
    cursor = body.nextCursor;
  }
  expect(pages).toEqual(['late', 'waits', 'named', 'done']);

  // Nobody else's business, whatever their right.
  for (const who of [d.ben, d.owner, await d.otherWorkspace()]) {
    for (const [method, path] of [['GET', ''], ['GET', '/tickets'], ['PUT', '/seen']] as const) expect((await who.request(method, `/me/absences/${id}${path}`)).status).toBe(404);
  }
  expect((await d.ana.request('PUT', `/me/absences/${id}/seen`)).status).toBe(204);
  expect((await d.ana.request('GET', '/me/absences?unseen=1')).body.items).toEqual([]);
  expect((await d.ana.request('GET', '/me/absences')).body.items).toEqual([expect.objectContaining({ id, seen: true })]);
  expect((await d.inShort(id)).map(([subject]) => subject), 'still to be read').toEqual(['late', 'waits', 'named', 'done']);
  expect((await d.told(id)).flatMap(({ happenings }) => happenings).some(({ by }) => by === 'Ana'), 'her own doing').toBe(false);
});

test('whoever is back early, or called it off, is told until that moment; merged and given on are told too', async () => {
  const d = await desk();
  const [one, into, given] = [await d.arrives('one'), await d.arrives('into', d.cleo.id), await d.arrives('given')];
  const id = await d.plan();
  await d.at(BEGINS);
  await d.ben.request('POST', `/tickets/${one}/merges`, { into });
  await d.ben.request('PATCH', `/tickets/${given}`, { assigneeId: d.cleo.id });
  await d.cleo.request('PATCH', `/tickets/${given}`, { assigneeId: null });
  await d.ben.request('PATCH', `/tickets/${given}`, { assigneeId: d.ben.id });
  await d.at('2026-03-03T10:00:00Z');
  await d.ana.request('PUT', '/me/presence', { state: 'online' });
  await d.at('2026-03-03T10:05:00Z');
  await d.cleo.request('POST', `/tickets/${given}/notes`, { text: 'After she was back' });
  const [absence] = (await d.ana.request('GET', '/me/absences?unseen=1')).body.items;
  expect(absence).toMatchObject({ id, backAt: '2026-03-03T10:00:00.000Z', to: ENDS });
  expect((await d.told(id)).map(({ ticket, happenings }) => [ticket.subject, ...happenings.filter(({ kind }) => kind !== 'deputised').map(({ kind, by, to }) => [kind, by, to])])).toEqual([
    ['given', ['taken', 'Ben', null], ['moved', 'Cleo', null], ['moved', 'Ben', 'Cleo']], ['one', ['merged_into', 'Ben', null]],
  ]);

  const second = await d.plan({ from: '2026-03-04T10:00:00Z', to: '2026-03-06T10:00:00Z' });
  await d.at('2026-03-05T10:00:00Z');
  expect((await d.ana.request('DELETE', `/absences/${second}`)).status).toBe(204);
  expect((await d.ana.request('GET', '/me/absences')).body.items.map(({ id: one_, backAt }: { id: string; backAt: string }) => [one_, backAt])).toEqual([[id, '2026-03-03T10:00:00.000Z'], [second, '2026-03-05T10:00:00.000Z']]);
  // What nobody opened for weeks greets nobody; it is in the list.
  await d.at('2026-04-01T10:00:00Z');
  expect([(await d.ana.request('GET', '/me/absences?unseen=1')).body.items.length, (await d.ana.request('GET', '/me/absences')).body.items.length]).toEqual([0, 2]);
});

test('a deputy is told that they stand in, and that they do not any more', async () => {
  const d = await desk();
  const heard = await following(d, 'notifications');
  const told = async (who: Member) => {
    await heard();
    return (await who.request('GET', '/me/notices')).body.items.map(({ kind, data, by }: { kind: string; data: { name: string }; by: string }) => [kind, data.name, by]);
  };
  const id = await d.plan();
  expect(await told(d.ben)).toEqual([['deputy_named', 'Ana', 'Ana']]);
  expect((await d.owner.request('DELETE', `/absences/${id}`)).status).toBe(204);
  expect(await told(d.ben)).toEqual([['deputy_released', 'Ana', expect.any(String)], ['deputy_named', 'Ana', 'Ana']]);
  await d.plan({ deputyId: null });
  expect([await told(d.ana), await told(d.cleo)]).toEqual([[], []]);
  expect(await told(d.ben)).toHaveLength(2);
});
