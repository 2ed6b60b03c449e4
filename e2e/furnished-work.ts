import { film, recording } from '../testing/film.ts';
import type { House, Person } from './house.ts';

type Desk = { readonly owner: Person; readonly arabic: Person; readonly ivan: Person; readonly kettleId: string };

/** What is done with tickets and people, each begun: asked, settled with others, split, set aside, merged, changed in bulk, brought in. */
export async function atWork(house: House, { owner, arabic, ivan, kettleId }: Desk): Promise<{ busyId: string; splitId: string; setAsideId: string; filmId: string; mergedId: string }> {
  const { app, mail } = house;
  const call = async (person: Person, method: 'POST' | 'PATCH' | 'PUT', path: string, body: object | string): Promise<{ id: string; ticketId: string }> => {
    const isText = typeof body === 'string';
    const answer = await fetch(`${house.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${person.token}`, 'content-type': isText ? 'application/octet-stream' : 'application/json' }, body: isText ? body : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return await answer.json() as { id: string; ticketId: string };
  };
  const phoned = (subject: string, text: string, customer: { name: string; phone: string; email?: string }): Promise<string> =>
    app.tickets.create(ivan.actor, { channel: 'phone', direction: 'in', subject, text, tags: [], customer, cc: [], attachmentIds: [] });

  const busyId = await phoned('Parcel 4711 is late', 'The parcel should have come on Monday. And the invoice names the wrong street.', { name: 'Georgi Dimitrov', phone: '+359881230001', email: 'georgi@trading.example' });
  await call(owner, 'POST', `/tickets/${busyId}/asides`, { subject: 'Parcel 4711', to: ['parcels@courier.example'], text: 'Where is it?', waits: true });
  for (const person of [owner, arabic]) {
    const { id } = await call(person, 'POST', `/tickets/${busyId}/asks`, { personId: ivan.id, text: 'Do we pay for the delay?' });
    await call(ivan, 'POST', `/asks/${id}/words`, { text: 'We do, half of the shipping.' });
  }
  await app.tickets.note(ivan.actor, busyId, { text: 'He called once more: the invoice is another matter.', attachmentIds: [] });
  const entries = (await app.tickets.entries(owner.actor, busyId, { limit: 20 })).items;
  const { ticketId: splitId } = await call(owner, 'POST', `/tickets/${busyId}/splits`, { entryIds: [entries.find(({ type }) => type === 'note')!.id] });
  await app.tickets.relate(owner.actor, busyId, kettleId, { kind: 'related' });

  const setAsideId = await phoned('Call in spring', 'Wants to be called when the new kettles are there.', { name: 'Георги Димитров', phone: '+359881230002' });
  await app.tickets.change(owner.actor, setAsideId, { assigneeId: owner.id });
  await call(owner, 'PUT', `/tickets/${setAsideId}/snooze`, { until: new Date(Date.now() + 90 * 86_400_000).toISOString() });

  const [again] = [await phoned('A lid', 'Asks for a lid.', { name: 'Georgi Dimitrov', phone: '+359881230003' }), await phoned('Two lids', 'Asks for two.', { name: 'Georgi Dimitrov', phone: '+359881230004' })];
  const listed = async () => (await app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 20 })).items;
  const items = await listed();
  const customerOf = (id: string): string => items.find((ticket) => ticket.id === id)!.customer.id;
  const mergedId = customerOf(busyId);
  await call(owner, 'POST', `/customers/${customerOf(again)}/merges`, { into: mergedId });

  await mail({
    from: { name: 'Jan Kowalski', address: 'jan@example.org' }, subject: 'It leaks', text: 'Look and listen.',
    attachments: [{ filename: 'leak.webm', content: film({ seconds: 5, bytesASecond: 100 }), contentType: 'video/webm' }, { filename: 'call.wav', content: recording(), contentType: 'audio/wav' }],
  });
  const filmId = (await listed()).find(({ subject }) => subject === 'It leaks')!.id;

  for (const [person, tag] of [[owner, 'courier'], [arabic, 'شحن']] as const) await call(person, 'POST', '/bulk-runs', { ticketIds: [busyId, splitId], actions: [{ type: 'add_tags', tags: [tag] }] });
  await call(owner, 'POST', '/imports?kind=customers&name=customers.csv', 'Name,E-mail,Phone,Loyalty\nLena Braun,lena@example.org,+4930123456,gold\nNobody,no address,12,silver\nياسمين,yasmin@example.org,,\n');
  await app.due.round();
  return { busyId, splitId, setAsideId, filmId, mergedId };
}
