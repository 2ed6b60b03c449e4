import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

type Item = { id: string; subject: string; reason: string; from: string; state: string; purgeAt: string | null };

/** Mails with a code in them are held back by a rule of this room's own, so the whole way is walked without any other. */
const code = (n: number, more: object = {}) => ({
  from: `service${n}@tool${n}.example`, to: 'support@shop.test', subject: `Offer number ${n}`, text: `Your verification code is: 48${1000 + n}`, messageId: `<code${n}@tool.example>`,
  date: new Date('2026-03-02T08:00:00Z'), ...more,
});

async function desk() {
  const app = await mailDesk();
  const quarantine = async (query = '', as = app.owner) => (await as.request('GET', `/email/quarantine?${query}`)).body.items as Item[];
  const decide = (body: object, as = app.owner) => as.request('POST', '/email/quarantine/decisions', body);
  return {
    ...app, quarantine, decide,
    count: async (as = app.owner) => (await as.request('GET', '/email/quarantine/count')).body.count as number,
    /** Past the time in which a release can be taken back, and what is due then. */
    async undoIsOver() {
      app.passMachine(11);
      await app.email.upkeep.release();
      await app.email.sweep();
    },
  };
}

test('what is held back opens no ticket, is not acknowledged, and says why', async () => {
  const d = await desk();
  const [mailbox] = (await d.owner.request('GET', '/mailboxes')).body.items;
  await d.owner.request('PATCH', `/mailboxes/${mailbox.id}`, { acknowledge: true });
  await d.send(code(1, { attachments: [{ filename: 'terms.txt', content: 'small print' }] }));
  expect(await d.tickets()).toEqual([]);
  await d.sender.sendDue();
  expect(d.sink.received).toEqual([]);
  expect(await d.ledger()).toMatchObject([{ state: 'quarantined', ticketId: null, subject: 'Offer number 1', quarantine: { reason: 'verification_code', state: 'held' } }]);
  const [item] = await d.quarantine();
  expect(item).toMatchObject({ reason: 'verification_code', from: 'service1@tool1.example', subject: 'Offer number 1', state: 'held' });
  const { body } = await d.owner.request('GET', `/email/quarantine/${item!.id}`);
  expect(body).toMatchObject({ text: 'Your verification code is: 481001', attachments: [{ name: 'terms.txt', size: 11 }], to: ['support@shop.test'] });
  expect((await d.owner.request('GET', `/email/ledger/${item!.id}/raw`)).body).toContain('Offer number 1');
});

test('a released message is filed as if it had passed, once, when it is too late to take that back', async () => {
  const d = await desk();
  await d.send(code(1));
  const [item] = await d.quarantine();
  expect((await d.decide({ verb: 'release', ids: [item!.id] })).body).toMatchObject({ count: 1, hasMore: false });
  expect((await d.decide({ verb: 'release', ids: [item!.id] })).body).toMatchObject({ count: 0 });
  expect([await d.count(), await d.tickets()]).toEqual([0, []]);
  await d.undoIsOver();
  const [ticket, ...others] = await d.tickets();
  expect([ticket!.subject, others]).toEqual(['Offer number 1', []]);
  expect(await d.ledger()).toMatchObject([{ state: 'filed', ticketId: ticket!.id, quarantine: { state: 'released' } }]);
  await d.undoIsOver();
  expect((await d.decide({ verb: 'release', ids: [item!.id] })).body).toMatchObject({ count: 0 });
  expect(await d.tickets()).toHaveLength(1);
  // The same message again is a copy of the one that was filed.
  await d.send(code(1));
  expect(await d.tickets()).toHaveLength(1);
});

test('a decision is taken back whole while its messages are no tickets', async () => {
  const d = await desk();
  await Promise.all([1, 2, 3].map((n) => d.send(code(n))));
  const ids = (await d.quarantine()).map(({ id }) => id);
  const released = (await d.decide({ verb: 'release', ids })).body;
  expect((await d.owner.request('DELETE', `/email/quarantine/decisions/${released.id}`)).body).toMatchObject({ count: 3 });
  await d.undoIsOver();
  expect([await d.count(), await d.tickets()]).toEqual([3, []]);

  const discarded = (await d.decide({ verb: 'discard', ids })).body;
  expect(await d.quarantine('state=discarded')).toMatchObject([{ decidedBy: { id: d.owner.id } }, {}, {}]);
  d.passMachine(3_600);
  expect((await d.owner.request('DELETE', `/email/quarantine/decisions/${discarded.id}`)).body).toMatchObject({ count: 3 });
  expect(await d.count()).toBe(3);

  const { id } = (await d.decide({ verb: 'release', ids })).body;
  await d.undoIsOver();
  expect(await d.owner.request('DELETE', `/email/quarantine/decisions/${id}`)).toMatchObject({ status: 409, body: { code: 'quarantine.too_late' } });
  expect(await d.tickets()).toHaveLength(3);
});

test('all that match are decided about in one go, and nothing that came since or does not match', async () => {
  const d = await desk();
  for (const n of [1, 2, 3]) await d.send(code(n));
  await d.send(code(4, { subject: 'Парола за магазина' }));
  const until = d.now().toISOString();
  d.pass(1);
  await d.send(code(5));
  expect((await d.quarantine('q=offer')).map(({ subject }) => subject)).toHaveLength(4);
  expect(await d.quarantine(`q=${encodeURIComponent('парола')}`)).toMatchObject([{ from: 'service4@tool4.example' }]);
  expect(await d.quarantine('q=tool2.example')).toMatchObject([{ subject: 'Offer number 2' }]);
  expect((await d.decide({ verb: 'discard', filter: { q: 'offer', until } })).body).toMatchObject({ count: 3, hasMore: false });
  expect((await d.quarantine()).map(({ subject }) => subject).sort()).toEqual(['Offer number 5', 'Парола за магазина']);
  // Signs alone find nothing, and decide about nothing.
  expect(await d.quarantine('q=%21%21')).toEqual([]);
  expect((await d.decide({ verb: 'discard', filter: { q: '!!', until: d.now().toISOString() } })).body).toMatchObject({ count: 0 });
  expect(await d.quarantine('reason=spam')).toEqual([]);
});

test('pages follow each other without a gap', async () => {
  const d = await desk();
  for (let n = 1; n <= 5; n += 1) await d.send(code(n));
  const first = (await d.owner.request('GET', '/email/quarantine?limit=3')).body;
  const second = (await d.owner.request('GET', `/email/quarantine?limit=3&cursor=${first.nextCursor}`)).body;
  expect(new Set([...first.items, ...second.items].map(({ id }: Item) => id)).size).toBe(5);
  expect(second.nextCursor).toBeNull();
});

test('the ledger is searched by author, Message-ID and state', async () => {
  const d = await desk();
  await d.send(code(1));
  await d.send({ from: 'Ana@Example.org', to: 'support@shop.test', subject: 'Kettle', text: 'The lid is broken.', messageId: '<kettle@example.org>' });
  const found = async (query: string) => (await d.owner.request('GET', `/email/ledger?${query}`)).body.items.map(({ subject }: { subject: string }) => subject);
  expect(await found('q=ana@example.org')).toEqual(['Kettle']);
  expect(await found(`q=${encodeURIComponent('<kettle@example.org>')}`)).toEqual(['Kettle']);
  expect(await found('q=kettle@example.org')).toEqual(['Kettle']);
  expect(await found('state=quarantined')).toEqual(['Offer number 1']);
  expect(await found('state=bounce')).toEqual([]);
  expect(await found('q=nobody@example.org')).toEqual([]);
});
