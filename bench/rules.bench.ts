import type { App } from '../apps/server/compose.ts';
import type { FollowedEvent } from '../platform/events/followers.ts';
import type { BenchOptions } from './bench.ts';
import { withOwnApp } from './own-app.ts';

export const about = 'what 200 rules add to a change of a ticket, and throughput without rules and with them, by turns';

const RULES = 200;
const TICKETS = 50;
const WARM = 20;
const CHANGES = 200;
const FULL = 2_000;

type Desk = { readonly what: string; readonly workspaceId: string; readonly token: string; readonly tickets: string[]; seq: number; readonly change: number[]; readonly rules: number[] };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  return withOwnApp('rules', (app) => measure(app, full ? FULL : CHANGES, say));
}

async function measure(app: App, changes: number, say: (line: string) => void): Promise<Record<string, unknown>> {
  const desks = [await desk(app, 'no rules', 0, 0), await desk(app, `${RULES} rules, none fits`, RULES, 0), await desk(app, `${RULES} rules, 3 run`, RULES, 3)];
  for (let i = 0; i < WARM + changes; i++) {
    // By turns, so that whatever else the machine does is everybody's.
    for (const one of desks) await change(app, one, i, i >= WARM);
  }
  const rows = Object.fromEntries(desks.map(({ what, change, rules }) => [what, {
    'change p50 ms': at(change, 0.5), 'change p95 ms': at(change, 0.95), 'rules p50 ms': at(rules, 0.5), 'rules p95 ms': at(rules, 0.95),
    'changes/s': round(changes / ((sum(change) + sum(rules)) / 1000)),
  }]));
  say(`${changes} changes each, one after the other; "rules" is from the committed change until every rule has been judged and has run`);
  say(Object.entries(rows).map(([what, row]) => `  ${what.padEnd(24)} ${Object.entries(row).map(([name, value]) => `${name} ${value}`).join('   ')}`).join('\n'));
  const [none, judged, ran] = Object.values(rows).map((row) => row['changes/s']);
  const ratios = { 'throughput with 200 rules that do not fit, to none': round(judged! / none!), 'throughput with 3 of 200 running, to none': round(ran! / none!) };
  say(Object.entries(ratios).map(([what, ratio]) => `  ${what}: ${ratio}`).join('\n'));
  return { rows, ratios };
}

async function desk(app: App, what: string, rules: number, running: number): Promise<Desk> {
  const email = `owner-${rules}-${running}@desk.example`;
  const { workspaceId, personId } = await app.people.createWorkspace({ name: what, owner: { email, name: 'Owner', password: null } });
  const { token } = await app.people.openSession(workspaceId, { id: personId, email });
  const actor = (await app.people.authenticate({ authorization: `Bearer ${token}` }))!;
  for (let i = 0; i < rules; i++) {
    await app.automation.create(actor, {
      name: `Rule ${i}`, description: '', trigger: { on: 'event', events: ['ticket.changed'] }, calendarId: null, hourlyLimit: 10_000, includeExisting: false, enabled: true,
      conditions: { version: 1, all: [
        { field: 'status', operator: 'in', value: ['new', 'open'] }, { field: 'subject', operator: 'contains', value: i < running ? 'lamp' : `nothing like this ${i}` },
        { any: [{ field: 'priority', operator: 'changed' }, { field: 'tags', operator: 'has_any', value: [`t${i}`] }] },
      ] },
      actions: i === 0 ? [{ type: 'set_kind', kind: 'claim' }] : [{ type: 'note', text: 'Seen by a rule' }],
    });
  }
  const tickets: string[] = [];
  for (let i = 0; i < TICKETS; i++) {
    tickets.push(await app.tickets.create(actor, { subject: `A lamp ${i}`, channel: 'phone', direction: 'in', customer: { email: `c${i}@example.org` }, text: 'It flickers', attachmentIds: [], cc: [] }));
  }
  const { seq } = await app.db.owner.selectFrom('events').select((e) => e.fn.max('seq').as('seq')).executeTakeFirstOrThrow();
  return { what, workspaceId, token, tickets, seq, change: [], rules: [] };
}

async function change(app: App, desk: Desk, i: number, counts: boolean): Promise<void> {
  const began = performance.now();
  const { statusCode } = await app.http.inject({
    method: 'PATCH', url: `/api/v1/tickets/${desk.tickets[i % TICKETS]!}`, headers: { authorization: `Bearer ${desk.token}` }, payload: { priority: Math.floor(i / TICKETS) % 2 === 0 ? 'high' : 'normal' },
  });
  if (statusCode !== 200) throw new Error(`a change was answered with ${statusCode}`);
  const changed = performance.now();
  await hear(app, desk);
  if (!counts) return;
  desk.change.push(changed - began);
  desk.rules.push(performance.now() - changed);
}

/** As the worker does, until nothing comes of it; without waiting for the sequencer's turn, which is the same with and without rules. */
async function hear(app: App, desk: Desk): Promise<void> {
  const { follower } = app.automation;
  for (;;) {
    const rows = await app.db.owner.selectFrom('events').selectAll().where('workspace_id', '=', desk.workspaceId).where('seq', '>', desk.seq).orderBy('seq').limit(200).execute();
    if (rows.length === 0) return;
    for (const row of rows) {
      desk.seq = row.seq;
      if (!follower.types!.includes(row.type)) continue;
      await follower.handle({
        workspaceId: row.workspace_id, seq: row.seq, position: row.seq, type: row.type as FollowedEvent['type'], ticketId: row.ticket_id, subjectId: row.subject_id,
        actor: { kind: row.actor_kind, id: row.actor_id }, data: row.data as FollowedEvent['data'], at: row.at,
      }, new AbortController().signal);
    }
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const at = (values: readonly number[], share: number): number => round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);
const round = (value: number): number => Math.round(value * 100) / 100;
