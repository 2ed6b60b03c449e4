import { isLive } from '../../tickets/core/channels.ts';
import { fits, type Channel, type Load } from './capacity.ts';
import type { Capacity, Mode, PresenceState } from './contract.ts';
import type { Turn } from './turn.ts';

type Need = 'required' | 'preferred';
export type NeededSkill = { readonly id: string; readonly level: number; readonly need: Need; readonly relaxAfterSeconds: number | null };

export type QueueRule = {
  readonly id: string;
  readonly mode: Mode;
  readonly teamIds: readonly string[];
  readonly overflow: readonly { readonly teamId: string; readonly afterSeconds: number }[];
  readonly offerSeconds: number | null;
  readonly skills: readonly NeededSkill[];
  readonly language: Omit<NeededSkill, 'id'> | null;
  readonly ownAgentSeconds: number | null;
};

export type Waiting = Turn & {
  readonly ticketId: string;
  readonly queueId: string;
  readonly channel: Channel;
  readonly language: string | null;
  /** Whom the customer knows; null: nobody, or nobody is looked for. */
  readonly own: OwnAgent | null;
  /** When what is promised on it is due, where its turn goes by that. */
  readonly dueAt: number | null;
  /** Who refused it or let the offer pass a short while ago. */
  readonly refusedBy: readonly string[];
};

/** `set`: named on the customer; `last`: a guess, who had their last ticket. `absentId`: they are the deputy of the one who is it. */
export type OwnAgent = { readonly id: string; readonly by: 'set' | 'last'; readonly absentId: string | null };

export type Agent = {
  readonly id: string;
  readonly teamIds: readonly string[];
  readonly skills: ReadonlyMap<string, number>;
  /** What counts now, not what they chose. */
  readonly state: PresenceState;
  readonly off: readonly Channel[];
  readonly capacity: Capacity;
  readonly load: Load;
  readonly idleSince: number;
  /** 0: nothing yet. */
  readonly lastGivenAt: number;
  readonly wrapUpUntil: number | null;
};

/** What a ticket asks of people at this moment. */
export type Needs = {
  /** Null: everybody. */
  readonly teams: ReadonlySet<string> | null;
  readonly required: readonly NeededSkill[];
  readonly preferred: readonly NeededSkill[];
  /** Skills that were required and are not any more, and teams that help by now. */
  readonly relaxed: readonly NeededSkill[];
  readonly overflow: readonly string[];
};

/** The skill that a language is; undefined where no skill is made of it, then everybody is taken to speak it. */
export type LanguageSkills = ReadonlyMap<string, string>;

function skillsOf(queue: QueueRule, language: string | null, languages: LanguageSkills): NeededSkill[] {
  const spoken = queue.language && language !== null ? languages.get(language) : undefined;
  return spoken === undefined ? [...queue.skills] : [...queue.skills, { ...queue.language!, id: spoken }];
}

export function needsOf(queue: QueueRule, ticket: Pick<Waiting, 'since' | 'language'>, languages: LanguageSkills, now: number): Needs {
  const waited = (now - ticket.since) / 1000;
  const all = skillsOf(queue, ticket.language, languages);
  const required = all.filter(({ need, relaxAfterSeconds }) => need === 'required' && (relaxAfterSeconds === null || waited < relaxAfterSeconds));
  const overflow = queue.overflow.filter(({ afterSeconds }) => waited >= afterSeconds).map(({ teamId }) => teamId);
  return {
    teams: queue.teamIds.length === 0 ? null : new Set([...queue.teamIds, ...overflow]),
    required, preferred: all.filter((skill) => !required.includes(skill)),
    relaxed: all.filter((skill) => skill.need === 'required' && !required.includes(skill)), overflow,
  };
}

/** The same string for tickets that ask the same of people. */
export const profileOf = (queue: QueueRule, ticket: Pick<Waiting, 'channel' | 'language'>, { required, overflow }: Needs): string =>
  `${queue.id} ${ticket.channel} ${ticket.language ?? ''} ${required.length} ${overflow.length}`;

const has = (agent: Pick<Agent, 'skills'>, { id, level }: NeededSkill): boolean => (agent.skills.get(id) ?? 0) >= level;
export const belongs = (agent: Pick<Agent, 'teamIds'>, { teams }: Needs): boolean => teams === null || agent.teamIds.some((team) => teams.has(team));
export const isAble = (agent: Pick<Agent, 'skills'>, { required }: Needs): boolean => required.every((skill) => has(agent, skill));
export const isThere = (agent: Pick<Agent, 'state' | 'off'>, channel: Channel): boolean => agent.state === 'online' && !agent.off.includes(channel);
/** How many of the wishes somebody meets. */
export const wishesMet = (agent: Pick<Agent, 'skills'>, { preferred }: Needs): number => preferred.filter((skill) => has(agent, skill)).length;

/** Nothing live comes during wrap-up. */
export const isFree = (agent: Agent, channel: Channel, now: number): boolean =>
  fits(agent.load, agent.capacity, channel) && !(isLive(channel) && agent.wrapUpUntil !== null && agent.wrapUpUntil > now);
