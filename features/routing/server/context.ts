import type { Actor, Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { isLanguage, type Language } from '../../../kernel/languages.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Commitments } from '../../commitments/server/commitments.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { RoutingSettings } from '../core/contract.ts';
import { USUAL_SETTINGS } from '../core/presence.ts';
import type { Reason } from '../core/reasons.ts';
import { inWords } from '../core/words.ts';
import { allQueues, rulesIn, type Rules } from './queue-store.ts';
import { namesOf, settingsRow } from './store.ts';

export type RoutingDeps = {
  readonly db: Database;
  /** Business time. */
  readonly now: Now;
  /** The machine's: connections and hands on keyboards do not follow a turned clock. */
  readonly machineNow: Now;
  readonly emit: Emit;
  readonly people: Pick<People, 'peopleByIds' | 'requireActive' | 'requireTeams'>;
  readonly calendars: Pick<Calendars, 'timeFor' | 'require'>;
  readonly tickets: Pick<Tickets, 'current' | 'get' | 'hold' | 'changeByPerson' | 'noteByPerson' | 'lock' | 'lockFree' | 'handOver' | 'workOf' | 'openOf' | 'lastAgents' | 'assignedBy' | 'matching' | 'attributes' | 'onDues'>;
  readonly commitments: Pick<Commitments, 'handOver' | 'handBack' | 'handOn'>;
  readonly log: Log;
};

export type Context = ReturnType<typeof createContext>;

export const byPerson = (actor: Pick<Actor, 'id'>): EventActor => ({ kind: 'person', id: actor.id });
/** Routing itself. */
export const BY_ROUTING: EventActor = { kind: 'system', id: null };

const MOST_CACHED = 1_000;

/** What every verb of the room stands on. */
export function createContext(deps: RoutingDeps) {
  const cache = new Map<string, Rules>();

  async function settingsIn(tx: Tx): Promise<{ settings: RoutingSettings; version: number }> {
    const row = await settingsRow(tx);
    return { settings: { ...USUAL_SETTINGS, ...row?.settings }, version: row?.version ?? 0 };
  }

  /** The queues as they are now; asks for nothing but their version when they are known. */
  async function rules(tx: Tx, workspaceId: string): Promise<Rules> {
    const { settings, version } = await settingsIn(tx);
    const known = cache.get(workspaceId);
    if (known?.version === version) return { ...known, settings };
    const read = await rulesIn(tx, { version, settings });
    keepIn(cache, workspaceId, read, MOST_CACHED);
    return read;
  }

  return {
    ...deps,
    settingsIn, rules,
    /** With what changes by the minute: since when nobody is there. */
    freshQueues: allQueues,

    /** The only way in for a person: the right first, then a unit of work in their workspace. */
    work<T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> {
      demand(actor, permission);
      return deps.db.work(actor.workspaceId, act);
    },

    /** The language of whoever reads. */
    async languageOf(tx: Tx, actor: Pick<Actor, 'id'>): Promise<Language> {
      const language = (await deps.people.peopleByIds(tx, [actor.id])).get(actor.id)?.language ?? 'en';
      return isLanguage(language) ? language : 'en';
    },

    /** Reasons as sentences, with the names of now. */
    async explain(tx: Tx, actor: Pick<Actor, 'id'>, groups: readonly (readonly Reason[])[]): Promise<{ code: string; values: Record<string, unknown>; text: string }[][]> {
      const names = await namesOf(tx, [...new Set(groups.flat().flatMap(idsIn))]);
      const language = await this.languageOf(tx, actor);
      return groups.map((group) => group.map((reason) => ({ code: reason.code, values: { ...reason.values }, text: inWords(reason, language, (id) => names.get(id)) })));
    },
  };
}

function idsIn({ values }: Reason): string[] {
  const { person, skills, teams } = values as { person?: string; skills?: readonly string[]; teams?: readonly string[] };
  return [...(person === undefined ? [] : [person]), ...(skills ?? []), ...(teams ?? [])];
}
