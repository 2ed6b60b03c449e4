import { expect, test } from 'vitest';
import { askedDuring } from '../../../testing/round-trips.ts';
import { ownApp, oneAppForAll, testApp } from '../../../testing/test-app.ts';
import { createNumbers } from './numbers.ts';

oneAppForAll();

const LISTS = {
  mine: 'assignee=me&status=awake', unassigned: 'assignee=none&status=awake', mentions: 'mentioned=me&status=awake', followed: 'followed=me&status=active',
  team: 'team=mine&status=awake', active: 'status=awake', waiting: 'waiting=us&status=awake', snoozed: 'status=snoozed', all: 'status=all',
};

async function desk() {
  const app = await testApp();
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  const team = (await app.owner.request('POST', '/teams', { name: 'Returns', memberIds: [ana.id] })).body.id as string;
  const ticket = async (subject: string): Promise<string> => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { email: 'maria@example.org' }, text: 'words' })).body.id;
  const numbers = async (who = app.owner): Promise<Record<string, number>> =>
    Object.fromEntries(Object.entries((await who.request('GET', '/tickets/counts')).body as Record<string, { count: number }>).map(([shelf, { count }]) => [shelf, count]));
  /** As many as each list shows. */
  const lengths = async (who = app.owner): Promise<Record<string, number>> =>
    Object.fromEntries(await Promise.all(Object.entries(LISTS).map(async ([shelf, query]) => [shelf, (await who.request('GET', `/tickets?limit=100&${query}`)).body.items.length])));
  const mail = (id: string, customerId: string) => app.db.work(app.owner.workspaceId, async (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: id, customerId, mailboxId: null, teamId: null, channel: 'email', subject: '', text: 'Hello?', quoted: '', html: null, author: { name: 'Maria', address: 'maria@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
  }));
  return { ...app, ana, team, ticket, numbers, lengths, mail };
}

test('after whatever happens to tickets each number is what its list shows, for whoever looks, at once', async () => {
  const here = await desk();
  const { owner, ana, team, ticket, numbers, lengths, mail } = here;
  const [a, b, c] = [await ticket('A'), await ticket('B'), await ticket('C')];
  const customer = (await owner.request('GET', `/tickets/${a}`)).body.customer.id as string;
  const seen: string[] = [];
  const hold = async (what: string) => {
    for (const who of [owner, ana]) {
      const told = await numbers(who);
      expect(told, `${what}, ${who === owner ? 'the owner' : 'Ana'}`).toEqual(await lengths(who));
      seen.push(JSON.stringify(told));
    }
  };
  const change = (id: string, patch: object) => owner.request('PATCH', `/tickets/${id}`, patch);
  let merge = '';
  const deeds: Record<string, () => Promise<unknown>> = {
    'nothing yet': async () => undefined,
    'taken by Ana': () => change(a, { assigneeId: ana.id }),
    'to a team': () => change(b, { teamId: team }),
    'a customer writes': () => mail(b, customer),
    'followed': () => ana.request('PUT', `/tickets/${c}/followers/me`),
    'named in a note': () => owner.request('POST', `/tickets/${b}/notes`, { text: 'Look', mentionedIds: [ana.id] }),
    'her team named in a note': () => owner.request('POST', `/tickets/${c}/notes`, { text: 'Look', mentionedIds: [team] }),
    'set aside': () => owner.request('PUT', `/tickets/${a}/snooze`, { until: new Date(here.now().getTime() + 9e6).toISOString() }),
    'woken': () => owner.request('DELETE', `/tickets/${a}/snooze`),
    'merged': async () => { merge = (await owner.request('POST', `/tickets/${b}/merges`, { into: a })).body.id; },
    'apart again': () => owner.request('DELETE', `/merges/${merge}`),
    'solved': () => change(c, { status: 'resolved' }),
    'open again': () => change(c, { status: 'open' }),
    'thrown away': () => owner.request('PUT', `/tickets/${b}/deletion`),
    'brought back': () => owner.request('DELETE', `/tickets/${b}/deletion`),
    'spam': () => owner.request('PUT', `/tickets/${c}/spam`),
    'no spam': () => owner.request('DELETE', `/tickets/${c}/spam`),
    'one more': () => ticket('D'),
    'not followed': () => ana.request('DELETE', `/tickets/${c}/followers/me`),
    'out of the team': () => owner.request('PATCH', `/teams/${team}`, { memberIds: [] }),
  };
  for (const [what, act] of Object.entries(deeds)) {
    await act();
    await hold(what);
  }
  expect(new Set(seen).size).toBeGreaterThan(15);
});

test('a change is looked at once, however many look at their numbers', async () => {
  const { person, owner, ticket, numbers } = await desk();
  const many = await Promise.all(Array.from({ length: 6 }, async (_, i) => person('agent', { of: owner, name: `Agent ${i}` })));
  const id = await ticket('A');
  for (const who of many) await numbers(who);
  const walks = async (act: () => Promise<unknown>) => (await askedDuring(act)).statements.filter((text) => /from "?tickets/.test(text)).length;

  expect(await walks(async () => { for (const who of many) await numbers(who); })).toBe(0);
  await owner.request('PATCH', `/tickets/${id}`, { assigneeId: many[0]!.id });
  expect(await walks(async () => { for (const who of many) expect((await numbers(who)).mine).toBe(who === many[0] ? 1 : 0); })).toBe(1);
});

test('what another process changed is known when it is heard, what nobody tells after a minute, and what is beyond stays so until less is left', async () => {
  ownApp();
  const { owner, db, ticket } = await desk();
  const ids = [await ticket('A'), await ticket('B'), await ticket('C'), await ticket('D')];
  let now = new Date('2026-03-02T09:00:00Z');
  let fails = false;
  const { of, heard } = createNumbers({
    machineNow: () => now, most: { known: 3, told: 2, kept: 100 },
    work: async (workspaceId, act) => { if (fails) throw new Error('gone'); return db.work(workspaceId, act, { reads: true }); },
  });
  const unassigned = async () => (await of({ id: owner.id, workspaceId: owner.workspaceId, teamIds: [] })).unassigned;
  const take = (...some: string[]) => db.owner.updateTable('tickets').set({ assignee_id: owner.id }).where('id', 'in', some).execute();
  const tell = (...some: string[]) => heard(some.map((ticketId) => ({ workspaceId: owner.workspaceId, ticketId, data: {} })));

  // Who creates a ticket by hand has it.
  await db.owner.updateTable('tickets').set({ assignee_id: null }).where('id', 'in', ids).execute();
  expect(await unassigned()).toBe(3);
  await take(ids[0]!);
  tell(ids[0]!);
  expect(await unassigned(), 'one of those that are known, or not').toBe(3);
  await take(ids[1]!);
  expect(await unassigned(), 'not heard yet').toBe(3);
  fails = true;
  tell(ids[1]!);
  await expect(unassigned()).rejects.toThrow('gone');
  fails = false;
  expect(await unassigned()).toBe(2);
  await take(ids[2]!);
  expect(await unassigned()).toBe(2);
  now = new Date(now.getTime() + 60_000);
  expect(await unassigned()).toBe(1);
  await take(ids[3]!);
  tell(...Array.from({ length: 1_000 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`));
  expect(await unassigned(), 'so much has changed that it is counted anew').toBe(0);
});

test('of more people than are kept, what is the same for everybody stays known', async () => {
  const { db, owner, person } = await desk();
  const { of } = createNumbers({ machineNow: () => new Date('2026-03-02T09:00:00Z'), most: { known: 3, told: 2, kept: 9 }, work: (workspaceId, act) => db.work(workspaceId, act, { reads: true }) });
  const counted = async () => {
    const { id } = await person('agent', { of: owner });
    const { statements } = await askedDuring(() => of({ id, workspaceId: owner.workspaceId, teamIds: [] }));
    return ['"mine"', '"unassigned"'].map((shelf) => statements.some((text) => text.includes(`as ${shelf}`)));
  };

  expect(await counted()).toEqual([true, true]);
  for (let n = 0; n < 3; n += 1) expect(await counted()).toEqual([true, false]);
});
