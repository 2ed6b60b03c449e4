import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { can } from '../../people/core/permissions.ts';
import type { TakenView } from '../core/contract.ts';
import { turnReason } from '../core/decide.ts';
import type { NeededSkill } from '../core/needs.ts';
import type { Reason } from '../core/reasons.ts';
import { waitsForUs } from '../core/seats.ts';
import { byTurn } from '../core/turn.ts';
import { agentRow, type StoredAgent } from './agent-store.ts';
import { byPerson, type Context } from './context.ts';
import type { Rules, StoredQueue } from './queue-store.ts';
import { writeLog } from './store.ts';
import { nextFor, turnOf, type QueueRow } from './waiting-store.ts';

const ROUNDS = 5;
const AT_ONCE = 20;

/** Taking the next: two who ask at once get two tickets, and nobody gets one that they cannot do. */
export function createTaking(context: Context) {
  const { tickets, emit, now } = context;

  /** The first of these that is still free, locked. */
  async function firstFree(tx: Tx, rows: readonly QueueRow[]) {
    for (const row of rows) {
      const [ticket] = await tickets.lockFree(tx, [row.ticketId]);
      if (ticket && waitsForUs(ticket)) return { row, ticket };
    }
    return undefined;
  }

  async function take(tx: Tx, actor: Actor, queues: readonly StoredQueue[], rules: Rules): Promise<TakenView> {
    const at = now();
    const agent = await agentRow(tx, actor.id, at);
    const tried: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const rows: QueueRow[] = [];
      for (const queue of queues) rows.push(...await candidates(tx, queue, rules, agent, { at, isLead: can(actor, 'routing.share'), not: tried }));
      if (rows.length === 0) break;
      rows.sort((a, b) => byTurn(turnOf(a), turnOf(b)));
      const found = await firstFree(tx, rows.slice(0, AT_ONCE));
      if (found) return taken(tx, actor, found, at);
      tried.push(...rows.slice(0, AT_ONCE).map(({ ticketId }) => ticketId));
    }
    throw new AppError('not_found', 'queue.none_waiting', 'Nothing waits there that you could take.');
  }

  async function taken(tx: Tx, actor: Actor, { row, ticket }: NonNullable<Awaited<ReturnType<typeof firstFree>>>, at: Date): Promise<TakenView> {
    await tickets.handOver(tx, actor.workspaceId, ticket, actor.id, byPerson(actor), at);
    const why: Reason[] = [{ code: 'pulled', values: {} }, turnReason({ ...turnOf(row), dueAt: row.dueAt?.getTime() ?? null }, at.getTime())];
    await writeLog(tx, actor.workspaceId, [{ id: newId(), ticketId: ticket.id, queueId: row.queueId, personId: actor.id, at, why }]);
    await emit(tx, actor.workspaceId, { type: 'routing.given', ticketId: ticket.id, subjectId: actor.id, actor: byPerson(actor), data: { personId: actor.id, queueId: row.queueId }, at });
    return { ticketId: ticket.id, number: ticket.number, why: (await context.explain(tx, actor, [why]))[0] ?? [] };
  }

  return {
    next: (actor: Actor, queueId: string): Promise<TakenView> =>
      context.work(actor, 'routing.work', async (tx) => {
        const rules = await context.rules(tx, actor.workspaceId);
        const queue = rules.queues.find(({ id }) => id === queueId);
        if (!queue) throw new AppError('not_found', 'queue.not_found', 'There is no such queue.');
        return take(tx, actor, [queue], rules);
      }),

    nextOfMine: (actor: Actor): Promise<TakenView> =>
      context.work(actor, 'routing.work', async (tx) => {
        const rules = await context.rules(tx, actor.workspaceId);
        return take(tx, actor, rules.queues.filter(({ teamIds, overflow }) => teamIds.length === 0 || [...teamIds, ...overflow.map(({ teamId }) => teamId)].some((team) => actor.teamIds.includes(team))), rules);
      }),
  };
}

type Asked = { readonly at: Date; readonly isLead: boolean; readonly not: readonly string[] };

/** What of a queue this person may take now. Leads may take from any; skills count for all. */
async function candidates(tx: Tx, queue: StoredQueue, rules: Rules, agent: StoredAgent | undefined, { at, isLead, not }: Asked): Promise<QueueRow[]> {
  if (!agent) return [];
  const ago = (given: number) => new Date(at.getTime() - given * 1000);
  const lacks = ({ id, level, need }: NeededSkill) => need === 'required' && (agent.skills[id] ?? 0) < level;
  const waits: number[] = [];
  for (const skill of queue.skills.filter(lacks)) {
    if (skill.relaxAfterSeconds === null) return [];
    waits.push(skill.relaxAfterSeconds);
  }
  const team = teamWait(queue, agent, isLead);
  if (team === null) return [];
  waits.push(team);
  const { language } = queue;
  const lacking = language === null ? [] : [...rules.languages].filter(([, id]) => lacks({ ...language, id })).map(([code]) => code);
  const longest = Math.max(...waits);
  return nextFor(tx, queue.id, {
    before: longest === 0 ? null : ago(longest), lacking, lackingBefore: language === null || language.relaxAfterSeconds === null ? null : ago(language.relaxAfterSeconds), limit: AT_ONCE, not,
  });
}

/** After how many seconds of waiting a ticket of this queue may go to them; null: never. */
function teamWait(queue: StoredQueue, agent: StoredAgent, isLead: boolean): number | null {
  if (isLead || queue.teamIds.length === 0 || queue.teamIds.some((team) => agent.teamIds.includes(team))) return 0;
  const helping = queue.overflow.filter(({ teamId }) => agent.teamIds.includes(teamId)).map(({ afterSeconds }) => afterSeconds);
  return helping.length === 0 ? null : Math.min(...helping);
}
