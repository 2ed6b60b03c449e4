import { expect, test } from 'vitest';
import { testApp } from '../../testing/test-app.ts';
import { customersOf } from './demo-people.ts';
import { DEMO_AGENT, seedDemo } from './demo.ts';
import { planDemo } from './demo-plan.ts';
import { LANGUAGES } from '../../kernel/languages.ts';

const NOW = new Date('2026-03-02T15:00:00Z');

test('the demo fills the desk through its doors, once, and mails nobody', async () => {
  const app = await testApp({ startsAt: NOW.toISOString() });
  const { workspaceId } = app.owner;
  const password = 'as printed at the start';
  expect(await seedDemo(app, { workspaceId, now: NOW, tickets: 40, password })).toBe(true);
  expect(await seedDemo(app, { workspaceId, now: NOW, tickets: 40 })).toBe(false);

  await app.db.work(workspaceId, async (tx) => {
    const tickets = await tx.selectFrom('tickets').select(['status', 'waiting_since', 'created_at']).execute();
    expect(tickets).toHaveLength(40);
    expect(tickets.every((ticket) => ticket.created_at < NOW)).toBe(true);
    expect(tickets.some((ticket) => ticket.waiting_since !== null)).toBe(true);
    expect(await tx.selectFrom('tickets').select('id').where('snoozed_at', 'is not', null).execute()).toHaveLength(1);
    expect(await tx.selectFrom('outbox').select('id').execute()).toEqual([]);
    expect(await tx.selectFrom('teams').select('id').execute()).toHaveLength(3);
    expect(await tx.selectFrom('rules').select('enabled').where('ready_made', 'is', null).execute()).toEqual([{ enabled: true }, { enabled: true }, { enabled: true }]);
    expect(await tx.selectFrom('article_texts').select('language').where('live_version', 'is not', null).execute()).toHaveLength(10 * LANGUAGES.length);
    expect(await tx.selectFrom('calendars').select('is_default').execute()).toEqual([{ is_default: true }]);
  });
  // One can look around as an agent, and as nobody else of them.
  const enters = async (email: string) => (await app.request('POST', '/session', { email, password })).status;
  expect([await enters(DEMO_AGENT), await enters(DEMO_AGENT.replace('james', 'elena'))]).toEqual([201, 401]);
  expect((await app.owner.request('GET', '/sla-policies')).body.items.map(({ name }: { name: string }) => name).slice(0, 2)).toEqual(['Complaints and claims', 'Everybody']);
  const queues = await app.owner.request('GET', '/queues');
  expect(queues.body.items.map(({ name, mode }: { name: string; mode: string }) => [name, mode])).toEqual([['Chat', 'push'], ['Repairs and warranty', 'pull'], ['Everything else', 'pull']]);
  const skills = await app.owner.request('GET', '/skills');
  expect(skills.body.items.map(({ language, people }: { language: string; people: number }) => [language, people > 0])).toEqual(expect.arrayContaining([...LANGUAGES, null].map((language) => [language, true])));
  const { body } = await app.owner.request('GET', `/tickets?q=${encodeURIComponent('чайника')}&limit=10`);
  expect(body.items.length).toBeGreaterThan(0);
});

test('the plan is a shop at work: every language, every state, no hole in a text', () => {
  const plan = planDemo(NOW, { days: 90 });
  const last = new Map<number, string>();
  for (const step of plan) if (step.type !== 'note') last.set(step.ticket, step.type === 'change' ? (step.change.status ?? last.get(step.ticket)!) : step.type);
  const ends = [...last.values()];
  expect(last.size).toBe(300);
  for (const [end, least] of [['message', 15], ['reply', 20], ['resolved', 100], ['scheduled', 1], ['waiting_third_party', 1]] as const) {
    expect(ends.filter((one) => one === end).length, end).toBeGreaterThanOrEqual(least);
  }
  const languages = plan.flatMap((step) => ('customer' in step ? [step.customer.language] : []));
  expect(new Set(languages).size).toBe(5);
  expect(plan.filter((step) => 'text' in step && /[{}|]|undefined/u.test(step.text))).toEqual([]);
  expect(plan.every((step) => step.at < NOW)).toBe(true);
});

test('customers are sixty people with addresses of their own', () => {
  const all = LANGUAGES.flatMap(customersOf);
  expect(all).toHaveLength(60);
  expect(new Set(all.map((customer) => customer.address)).size).toBe(60);
});

test('the plan is the same every time', () => {
  expect(planDemo(NOW, { days: 90 })).toEqual(planDemo(NOW, { days: 90 }));
});
