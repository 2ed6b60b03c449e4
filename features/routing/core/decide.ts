import { addWork } from './capacity.ts';
import { belongs, isAble, isFree, isThere, needsOf, profileOf, wishesMet, type Agent, type LanguageSkills, type Needs, type OwnAgent, type QueueRule, type Waiting } from './needs.ts';
import type { Reason } from './reasons.ts';
import { byTurn } from './turn.ts';

export type RoutingState = {
  readonly queues: ReadonlyMap<string, QueueRule>;
  readonly agents: readonly Agent[];
  readonly waiting: readonly Waiting[];
  readonly languages: LanguageSkills;
};

/** `offer`: they are asked and may refuse; `give`: it is theirs. */
export type Decision = { readonly ticketId: string; readonly queueId: string; readonly personId: string; readonly how: 'offer' | 'give'; readonly expiresAt: number | null; readonly why: readonly Reason[] };

/**
 * Who gets what, now: the whole of routing. Tickets in turn (`byTurn`), each to one of those who are there, free and able, chosen
 * as its queue says. Nothing is kept back but for the customer's own agent, for the time that the queue allows. Queues of mode
 * `pull` give nothing by themselves.
 */
export function decide({ queues, agents, waiting, languages }: RoutingState, now: number): Decision[] {
  const pool = agents.filter(({ state }) => state === 'online').map((agent) => ({ ...agent, load: { ...agent.load, counts: { ...agent.load.counts } } }));
  const table: Table = { pool, byId: new Map(pool.map((agent) => [agent.id, agent])), hopeless: new Set(), languages, now };
  return [...waiting].sort(byTurn).flatMap((ticket) => {
    const queue = queues.get(ticket.queueId);
    const found = queue && queue.mode !== 'pull' ? choiceFor(ticket, queue, table) : null;
    if (!queue || !found) return [];
    const { agent, why } = found;
    addWork(agent.load, agent.capacity, { channel: ticket.channel, count: 1, percent: 100 });
    Object.assign(agent, { lastGivenAt: now, idleSince: now });
    const isAsked = queue.offerSeconds !== null;
    return [{ ticketId: ticket.ticketId, queueId: queue.id, personId: agent.id, how: isAsked ? 'offer' : 'give', expiresAt: isAsked ? now + queue.offerSeconds * 1000 : null, why } satisfies Decision];
  });
}

type Table = {
  readonly pool: readonly Agent[];
  readonly byId: ReadonlyMap<string, Agent>;
  /** Whoever asks the same as somebody for whom nobody was found need not be looked at. */
  readonly hopeless: Set<string>;
  readonly languages: LanguageSkills;
  readonly now: number;
};

function choiceFor(ticket: Waiting, queue: QueueRule, { pool, byId, hopeless, languages, now }: Table): { agent: Agent; why: Reason[] } | null {
  const needs = needsOf(queue, ticket, languages, now);
  const own = ownAgent(queue, ticket, ticket.own === null ? undefined : byId.get(ticket.own.id), needs, now);
  if (own === 'kept') return null;
  if (own && ticket.own) return { agent: own, why: [ownReason(ticket.own), turnReason(ticket, now)] };
  const profile = profileOf(queue, ticket, needs);
  if (hopeless.has(profile)) return null;
  const free = pool.filter((agent) => isThere(agent, ticket.channel) && belongs(agent, needs) && isAble(agent, needs) && isFree(agent, ticket.channel, now));
  if (free.length === 0) hopeless.add(profile);
  const agent = chosen(free.filter(({ id }) => !ticket.refusedBy.includes(id)), queue, needs);
  return agent ? { agent, why: reasonsFor(agent, free.length, { queue, ticket, needs, now }) } : null;
}

/** The customer's own agent when it is for them, `kept` while it waits for them, null when it is for anybody. */
function ownAgent(queue: QueueRule, ticket: Waiting, agent: Agent | undefined, needs: Needs, now: number): Agent | 'kept' | null {
  if (queue.ownAgentSeconds === null || !agent || ticket.refusedBy.includes(agent.id) || !isThere(agent, ticket.channel) || !belongs(agent, needs)) return null;
  if (isFree(agent, ticket.channel, now)) return agent;
  return now - ticket.since < queue.ownAgentSeconds * 1000 ? 'kept' : null;
}

type Order = (a: Agent, b: Agent) => number;
const byTurns: Order = (a, b) => a.lastGivenAt - b.lastGivenAt;
const share = ({ load, capacity }: Agent): number => load.all / capacity.total;
const byLoad: Order = (a, b) => share(a) - share(b) || byTurns(a, b);
const byIdleness: Order = (a, b) => a.idleSince - b.idleSince || byTurns(a, b);
const ORDER: Record<Exclude<QueueRule['mode'], 'pull'>, Order> = { push: byLoad, least_loaded: byLoad, round_robin: byTurns, longest_idle: byIdleness };

function chosen(free: readonly Agent[], queue: QueueRule, needs: Needs): Agent | undefined {
  const order = ORDER[queue.mode === 'pull' ? 'push' : queue.mode];
  let best: Agent | undefined;
  let met = 0;
  for (const agent of free) {
    const wishes = wishesMet(agent, needs);
    if (!best || wishes > met || (wishes === met && (order(agent, best) || (agent.id < best.id ? -1 : 1)) < 0)) [best, met] = [agent, wishes];
  }
  return best;
}

const ownReason = ({ by, absentId }: OwnAgent): Reason =>
  (absentId === null ? { code: by === 'set' ? 'named_agent' : 'own_agent', values: {} } : { code: 'deputy', values: { person: absentId } });

/** Why it was its turn. */
export function turnReason({ since, rankAt, dueAt }: Pick<Waiting, 'since' | 'rankAt' | 'dueAt'>, now: number): Reason {
  const values = { waitedSeconds: Math.round((now - since) / 1000), headStartSeconds: Math.round((since - rankAt) / 1000) };
  if (dueAt === null) return { code: 'turn', values };
  const inSeconds = Math.round(Math.abs(dueAt - now) / 1000);
  return { code: dueAt > now ? 'turn_due' : 'turn_late', values: { ...values, inSeconds } };
}

function reasonsFor(agent: Agent, free: number, { queue, ticket, needs, now }: { queue: QueueRule; ticket: Waiting; needs: Needs; now: number }): Reason[] {
  const asked = [...needs.required, ...needs.preferred.filter(({ id, level }) => (agent.skills.get(id) ?? 0) >= level)];
  return [
    free === 1 ? { code: 'only_one', values: {} } : modeReason(agent, queue, free, now),
    ...(asked.length > 0 ? [{ code: 'skills', values: { skills: asked.map(({ id }) => id) } } as const] : []),
    ...(needs.relaxed.length > 0 ? [{ code: 'relaxed', values: { skills: needs.relaxed.map(({ id }) => id) } } as const] : []),
    ...(agent.teamIds.some((team) => needs.overflow.includes(team)) && !agent.teamIds.some((team) => queue.teamIds.includes(team)) ? [{ code: 'overflow', values: { teams: needs.overflow.filter((team) => agent.teamIds.includes(team)) } } as const] : []),
    turnReason(ticket, now),
  ];
}

function modeReason(agent: Agent, { mode }: QueueRule, free: number, now: number): Reason {
  if (mode === 'round_robin') return { code: 'round_robin', values: { free } };
  if (mode === 'longest_idle') return { code: 'longest_idle', values: { free, idleSeconds: Math.max(0, Math.round((now - agent.idleSince) / 1000)) } };
  return { code: 'least_loaded', values: { free, percent: Math.round(share(agent) * 100) } };
}
