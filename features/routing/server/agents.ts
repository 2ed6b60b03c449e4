import type { Tx } from '../../../platform/db/db.ts';
import { addWork, noLoad, type Channel, type Load } from '../core/capacity.ts';
import type { Capacity, RoutingSettings } from '../core/contract.ts';
import type { Agent } from '../core/needs.ts';
import { effectiveOf, type Effective } from '../core/presence.ts';
import { agentRows, offeredTo, type StoredAgent } from './agent-store.ts';
import type { Context } from './context.ts';

export type Settled = { readonly row: StoredAgent; readonly effective: Effective; readonly capacity: Capacity; readonly load: Load };

/** People as routing sees them: what counts of their presence, and what they have in hand. */
export function createAgents({ machineNow, tickets }: Pick<Context, 'machineNow' | 'tickets'>) {
  /** With what they have and are being asked to take. Only of those who are there, when `thereOnly`. */
  async function settle(tx: Tx, rows: readonly StoredAgent[], settings: RoutingSettings, { thereOnly = false } = {}): Promise<Settled[]> {
    const machine = machineNow();
    const all = rows.map((row) => {
      const effective = effectiveOf({ ...row, missedOffers: row.missedAway }, { settings, machine, absentSince: row.absentFrom });
      return { row, effective, capacity: row.capacity ?? settings.capacity, load: noLoad() };
    }).filter(({ effective }) => !thereOnly || effective.state === 'online');
    const byId = new Map(all.map((one) => [one.row.id, one]));
    const [work, offered] = await Promise.all([tickets.workOf(tx, [...byId.keys()]), offeredTo(tx)]);
    const add = (personId: string, channel: Channel, count: number, percent: number) => {
      const one = byId.get(personId);
      if (one) addWork(one.load, one.capacity, { channel, count, percent });
    };
    for (const { personId, channel, status, count } of work) add(personId, channel, count, settings.statuses[status] ?? 0);
    for (const { personId, channel, count } of offered) add(personId, channel, count, 100);
    return all;
  }

  return {
    settle,
    async present(tx: Tx, settings: RoutingSettings, now: Date, { thereOnly = false } = {}): Promise<Agent[]> {
      return (await settle(tx, await agentRows(tx, now, thereOnly), settings, { thereOnly })).map(toAgent);
    },
  };
}

const toAgent = ({ row, effective, capacity, load }: Settled): Agent => ({
  id: row.id, teamIds: row.teamIds, skills: new Map(Object.entries(row.skills)), state: effective.state,
  off: Object.entries(row.channels).flatMap(([channel, on]) => (on ? [] : [channel as Channel])), capacity, load,
  idleSince: (row.idleSince ?? row.since).getTime(), lastGivenAt: row.lastGivenAt?.getTime() ?? 0, wrapUpUntil: row.wrapUpUntil?.getTime() ?? null,
});
