import type { Channel } from './capacity.ts';
import { belongs, isAble, isFree, isThere, needsOf, type Agent, type LanguageSkills, type QueueRule, type Waiting } from './needs.ts';
import type { Reason } from './reasons.ts';

type Seen = { readonly queue: QueueRule; readonly agents: readonly Agent[]; readonly languages: LanguageSkills; /** How many have their turn before it. */ readonly ahead: number };

/** "Why is this waiting": the nearest obstacle first, then what will change by itself. */
export function whyWaiting(ticket: Waiting, { queue, agents, languages, ahead }: Seen, now: number): Reason[] {
  const needs = needsOf(queue, ticket, languages, now);
  const team = agents.filter((agent) => belongs(agent, needs));
  const there = team.filter((agent) => isThere(agent, ticket.channel));
  const able = there.filter((agent) => isAble(agent, needs));
  const free = able.filter((agent) => isFree(agent, ticket.channel, now));
  return [
    ...obstacle({ ticket, queue, team, there, able, free, required: needs.required.map(({ id }) => id), own: agents.find(({ id }) => id === ticket.own?.id), now }),
    ...(ahead > 0 ? [{ code: 'ahead', values: { count: ahead } } as const] : []),
    ...(there.length === 0 || able.length === 0 ? coming(queue, ticket, now) : []),
  ];
}

function obstacle({ ticket, queue, team, there, able, free, required, own, now }: {
  ticket: Waiting; queue: QueueRule; team: readonly Agent[]; there: readonly Agent[]; able: readonly Agent[]; free: readonly Agent[]; required: readonly string[]; own: Agent | undefined; now: number;
}): Reason[] {
  if (there.length === 0) return [nobody(team, ticket.channel)];
  if (able.length === 0) return [{ code: 'nobody_able', values: { present: there.length, skills: [...required] } }];
  if (queue.mode === 'pull') return [{ code: 'pull', values: { present: able.length } }];
  if (queue.ownAgentSeconds !== null && own && isThere(own, ticket.channel) && !isFree(own, ticket.channel, now) && now - ticket.since < queue.ownAgentSeconds * 1000) {
    return [{ code: 'kept_for', values: { person: own.id } }];
  }
  if (free.length === 0) return [{ code: 'all_busy', values: { present: able.length } }];
  if (free.every(({ id }) => ticket.refusedBy.includes(id))) return [{ code: 'refused', values: { count: free.length } }];
  return [{ code: 'next', values: {} }];
}

/** Present, and only this channel is switched off, is another thing than gone. */
const nobody = (team: readonly Agent[], channel: Channel): Reason => {
  const online = team.filter(({ state }) => state === 'online').length;
  return online > 0 ? { code: 'channel_off', values: { present: online, channel } } : { code: 'nobody_there', values: { people: team.length } };
};

/** What waiting alone will change. */
function coming(queue: QueueRule, { since, language }: Waiting, now: number): Reason[] {
  const waited = (now - since) / 1000;
  const overflow = queue.overflow.filter(({ afterSeconds }) => afterSeconds > waited).map(({ teamId, afterSeconds }): Reason => ({ code: 'overflow_in', values: { teams: [teamId], inSeconds: Math.ceil(afterSeconds - waited) } }));
  const skills = [...queue.skills, ...(queue.language && language !== null ? [queue.language] : [])];
  const relaxing = skills.flatMap(({ need, relaxAfterSeconds }) => (need === 'required' && relaxAfterSeconds !== null && relaxAfterSeconds > waited ? [relaxAfterSeconds - waited] : []));
  return [...overflow, ...(relaxing.length > 0 ? [{ code: 'relaxes_in', values: { inSeconds: Math.ceil(Math.min(...relaxing)) } } as const] : [])];
}
