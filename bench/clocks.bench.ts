import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { App } from '../apps/server/compose.ts';
import { EVERY_HOUR, fit, type Rule } from '../features/sla/core/policy.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from '../features/sla/core/sheet.ts';
import type { BenchOptions } from './bench.ts';
import { withOwnApp } from './own-app.ts';

export const about = 'what is due among 10,000 and 200,000 running clocks (--full: 1,000,000), and how late a breach is announced while 100 break a second';

const FEW = 10_000;
const MANY = 200_000;
const FULL = 1_000_000;
const PER_SECOND = 100;
const SECONDS = 20;
const LOOKS = 300;
const TARGET_SECONDS = 14_400;

type Figures = { idle: number; batch: number; p50: number; p99: number; worst: number; announced: number };
type Desk = { app: App; workspaceId: string; rule: Rule };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const measured: Record<string, Figures> = {};
  for (const size of [FEW, full ? FULL : MANY]) measured[size] = await measure(size, say);
  const [few, many] = Object.values(measured) as [Figures, Figures];
  const ratios = { clocks: (full ? FULL : MANY) / FEW, idle: round(many.idle / few.idle), batch: round(many.batch / few.batch), p99: round(many.p99 / few.p99) };
  if (!quiet) {
    say('\nmilliseconds: to find that nothing is due, to find 200 that are; from due to heard by every process (goal: p99 below 2,000)');
    console.table(measured);
    say('times as much, for so many times the clocks');
    console.table(ratios);
  }
  return { milliseconds: measured, ratios };
}

const measure = (size: number, say: (line: string) => void): Promise<Figures> => withOwnApp('clocks', async (app) => {
  const began = performance.now();
  const desk = await promise(app);
  await fill(desk, size);
  say(`${size.toLocaleString('en')} clocks made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const idle = await look(app, new Date(0));
  const delays = await breaking(desk);
  const batch = await look(app, new Date(Date.now() + 400 * 86_400_000));
  return { idle, batch, ...delays };
});

async function promise(app: App): Promise<Desk> {
  const { workspaceId, personId } = await app.people.createWorkspace({ name: 'Bench', owner: { email: 'owner@desk.example', name: 'Owner', password: null } });
  const { token } = await app.people.openSession(workspaceId, { id: personId, email: 'owner@desk.example' });
  const targets = [{ metric: 'first_reply', seconds: TARGET_SECONDS, time: 'calendar' }];
  const { id } = (await app.http.inject({ method: 'POST', url: '/api/v1/sla-policies', headers: { authorization: `Bearer ${token}` }, payload: { name: 'All', targets } })).json<{ id: string }>();
  return { app, workspaceId, rule: { id, name: 'All', calendarId: null, conditions: null, targets: targets as Rule['targets'], actions: [], time: EVERY_HOUR, heldBy: null } };
}

/** A ticket whose first reply was due at that moment, and that was warned of before. */
function sheetDue(rule: Rule, due: number): Sheet {
  const at = due - TARGET_SECONDS * 1000;
  const facts: Fact[] = [{ type: 'created', at, status: 'new', priority: 'normal' }, { type: 'customer_wrote', at, since: at, channel: 'email' }];
  const sheet = facts.reduce((all, fact) => fit(advance(all, fact, EVERY_HOUR), rule, { now: fact.at, byRules: false }), EMPTY_SHEET);
  return { ...sheet, clocks: sheet.clocks.map((clock) => (clock.goal ? { ...clock, told: 90 } : clock)) };
}

/** All due within a month, none within the measurement. Without durability of rows, which are as alike as they may be. */
async function fill({ app, workspaceId, rule }: Desk, size: number): Promise<void> {
  const { owner } = app.db;
  const customer = crypto.randomUUID();
  await sql`insert into customers (workspace_id, id, name, created_at, updated_at) values (${workspaceId}, ${customer}, 'Rada', now(), now())`.execute(owner);
  await sql`update sla_rules set swept = version where workspace_id = ${workspaceId}`.execute(owner);
  const sheet = JSON.stringify(sheetDue(rule, Date.now() + 86_400_000));
  for (let made = 0; made < size; made += 50_000) {
    const last = Math.min(size, made + 50_000);
    await sql`
      with made as (
        insert into tickets (workspace_id, id, number, subject, status, channel, customer_id, last_message_at, queue_order, created_at, updated_at)
        select ${workspaceId}, gen_random_uuid(), n, 'Question', 'new', 'email', ${customer}, now(), n, now(), now() from generate_series(${made + 1}::bigint, ${last}::bigint) n
        returning workspace_id, id, number)
      insert into sla_sheets (workspace_id, ticket_id, policy_id, sheet, rules, next_at, due_at)
      select workspace_id, id, ${rule.id}, ${sheet}::jsonb, (select version from sla_rules), next, next
      from (select made.*, now() + interval '1 hour' + random() * interval '30 days' as next from made) as made`.execute(owner);
  }
  await sql`vacuum analyze sla_sheets`.execute(owner);
  await sql`vacuum analyze tickets`.execute(owner);
}

/** Milliseconds that a worker spends, twice a second, to find what is due. */
async function look(app: App, now: Date): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < LOOKS; i++) await sql`select * from sla_due(${now.toISOString()}::timestamptz, 200)`.execute(app.db.lookup);
  return round((performance.now() - began) / LOOKS);
}

/** A hundred break each second; heard when the log tells it. */
async function breaking({ app, workspaceId, rule }: Desk): Promise<Omit<Figures, 'idle' | 'batch'>> {
  const count = PER_SECOND * SECONDS;
  const { rows } = await sql<{ id: string }>`select ticket_id as id from sla_sheets where workspace_id = ${workspaceId} order by ticket_id limit ${count}`.execute(app.db.owner);
  const from = Date.now() + 5_000;
  const dues = new Map(rows.map(({ id }, i) => [id, from + i * (1000 / PER_SECOND)]));
  const sheets = [...dues].map(([id, due]) => ({ id, due: new Date(due).toISOString(), sheet: sheetDue(rule, due) }));
  await sql`update sla_sheets s set sheet = d.sheet, next_at = d.due, due_at = d.due
    from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) as d (id uuid, due timestamptz, sheet jsonb) where s.workspace_id = ${workspaceId} and s.ticket_id = d.id`.execute(app.db.owner);

  const delays: number[] = [];
  app.followers.tail((events) => {
    for (const { type, ticketId } of events) if (type === 'sla.breached' && ticketId !== null) delays.push(Date.now() - (dues.get(ticketId) ?? 0));
  });
  await app.signals.start();
  app.sequencer.start();
  await app.followers.start();
  app.due.start();
  const until = from + SECONDS * 1000 + 30_000;
  while (delays.length < count && Date.now() < until) await pause(100);
  await app.due.stop();
  delays.sort((a, b) => a - b);
  const at = (share: number) => Math.round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p99: at(0.99), worst: at(1), announced: delays.length };
}

const round = (value: number): number => Math.round(value * 100) / 100;
