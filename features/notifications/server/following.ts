import type { Now } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { FollowedEvent, Follower } from '../../../platform/events/followers.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { concernsOf, FOR_DEPUTIES, HEARD, isUrgent, mayConcern, USUAL, type Audience, type Concern, type Kind } from '../core/kinds.ts';
import { mailMoment, outOfQuiet } from '../core/times.ts';
import { activeOf, insertNotices, leadsOf, managers, membersOf, namesOf, toldOf, unreadOf } from './store.ts';
import { preferencesOf, timesOf } from './preference-store.ts';
import { enqueue, withDevices } from './push-store.ts';

type Source = Pick<FollowedEvent, 'workspaceId' | 'seq' | 'ticketId' | 'actor' | 'at'>;
type Delivery = { readonly kind: Kind; readonly facts: Concern['facts']; readonly ids: ReadonlySet<string>; /** By their deputy's id, the name of whoever is absent. */ readonly standIns: ReadonlyMap<string, string>; readonly urgent: boolean };

/** Turns what happened into what people are told, once each. Nobody is told what they did themselves. */
export function createFollowing({ db, tickets, routing, emit, now, isInSight }: {
  db: Database; tickets: Pick<Tickets, 'find'>; routing: Pick<Routing, 'deputiesOf'>; emit: Emit; now: Now; isInSight: (workspaceId: string, ticketId: string, personId: string) => boolean;
}): Follower {
  const idsOf = (tx: Tx, workspaceId: string, audience: Audience): Promise<string[]> => {
    if ('people' in audience) return activeOf(tx, workspaceId, audience.people, audience.who);
    if ('membersOf' in audience) return membersOf(tx, workspaceId, audience.membersOf, audience.who);
    return 'managers' in audience ? managers(tx, workspaceId) : leadsOf(tx, workspaceId, audience.leadsOf);
  };

  /** Who hears of it in somebody's place, by whose: they are among those who are told. Who is absent reads it when they are back. */
  async function standInsOf(tx: Tx, { workspaceId, actor }: FollowedEvent, kind: Kind, ids: Set<string>): Promise<Map<string, string>> {
    if (!FOR_DEPUTIES.has(kind)) return new Map();
    const given = [...await routing.deputiesOf(tx, [...ids])].filter(([, deputyId]) => deputyId !== actor.id);
    const active = new Set(await activeOf(tx, workspaceId, given.map(([, deputyId]) => deputyId)));
    // Whom an answer waits for was looked up by whoever keeps it; others who are named themselves are told as themselves.
    const standing = given.filter(([, deputyId]) => active.has(deputyId) && ids.has(deputyId) === (kind === 'approval_asked'));
    const names = await namesOf(tx, workspaceId, standing.map(([personId]) => personId));
    for (const [, deputyId] of standing) ids.add(deputyId);
    return new Map(standing.map(([personId, deputyId]) => [deputyId, names.get(personId) ?? '']));
  }

  async function concerned(tx: Tx, { workspaceId, ticketId, actor }: FollowedEvent, to: Concern['to'], facts: Concern['facts']): Promise<Set<string>> {
    const ids = new Set<string>();
    for (const audience of to) for (const id of await idsOf(tx, workspaceId, audience)) ids.add(id);
    if (actor.id !== null) ids.delete(actor.id);
    // Whoever sits in the chat reads it there.
    if (facts['channel'] !== 'chat') return ids;
    return new Set([...ids].filter((id) => !isInSight(workspaceId, ticketId ?? '', id)));
  }

  async function tell(tx: Tx, event: FollowedEvent, matter: { readonly priority: string } | null, { kind, to, facts, unlessTold }: Concern): Promise<void> {
    const { workspaceId } = event;
    const ids = await concerned(tx, event, to, facts);
    const standIns = await standInsOf(tx, event, kind, ids);
    if (ids.size === 0) return;
    if (unlessTold) {
      const { metric } = facts;
      const same = { kinds: unlessTold, ticketId: event.ticketId, metric: typeof metric === 'string' ? metric : null, at: event.at };
      for (const id of await toldOf(tx, workspaceId, [...ids], same)) ids.delete(id);
    }
    await deliver(tx, event, { kind, facts, ids, standIns, urgent: isUrgent(kind, matter) });
  }

  /** To whoever wants it, by the ways they want it. */
  async function deliver(tx: Tx, event: Source, { kind, facts, ids, standIns, urgent }: Delivery): Promise<void> {
    if (ids.size === 0) return;
    const { workspaceId } = event;
    const [preferences, reached, times] = await Promise.all([preferencesOf(tx, workspaceId, [...ids], kind), withDevices(tx, workspaceId, [...ids]), timesOf(tx, workspaceId, [...ids])]);
    const said = new Map(preferences.map((one) => [one.personId, one]));
    const wanted = [...ids].map((personId) => ({ personId, ...(said.get(personId) ?? USUAL[kind]) })).map((one) => ({ ...one, push: one.push && reached.has(one.personId) })).filter(({ bell, mail, push }) => bell || push || mail !== 'off');
    const notices = wanted.map(({ personId, bell, mail, push }) => {
      const own = times.get(personId);
      return {
        push: push && own ? outOfQuiet(own, now(), urgent) : null,
        id: newId(), personId, seq: event.seq, kind, ticketId: event.ticketId, actor: event.actor, data: standIns.has(personId) ? { ...facts, standsInFor: standIns.get(personId) } : facts, createdAt: event.at, bell, urgent,
        mail: mail === 'off' || !own ? null : { pace: mail, at: mailMoment(mail, own, { after: now(), urgent }) },
      };
    });
    const told = await insertNotices(tx, workspaceId, notices);
    await enqueue(tx, workspaceId, notices.flatMap(({ id, personId, push }) => (push === null ? [] : [{ id, personId, due: push }])));
    await emit(tx, workspaceId, ...told.map((personId) => ({ type: 'notice.added', subjectId: personId, actor: { kind: 'system', id: null }, at: now() }) as const));
  }

  /** Whoever is away from now on could not read all that cannot wait: their deputy reads it in their place. */
  async function passOn(tx: Tx, { workspaceId, type, data, at }: FollowedEvent): Promise<void> {
    const { personId, deputyId, sudden, name } = data;
    if (type !== 'absence.planned' || sudden !== true || typeof personId !== 'string' || typeof deputyId !== 'string') return;
    const ids = new Set(await activeOf(tx, workspaceId, [deputyId]));
    const standIns = new Map([[deputyId, typeof name === 'string' ? name : '']]);
    for (const { kind, facts, urgent, ...source } of await unreadOf(tx, workspaceId, personId, [...FOR_DEPUTIES])) await deliver(tx, { workspaceId, at, ...source }, { kind, facts, ids, standIns, urgent });
  }

  return {
    name: 'notifications',
    types: HEARD,
    from: 'now',
    async handle(event) {
      if (!mayConcern(event)) return;
      await db.work(event.workspaceId, async (tx) => {
        const matter = event.ticketId === null ? null : await tickets.find(tx, event.ticketId);
        // What was thrown away concerns nobody any more.
        if (matter?.deletedAt) return;
        for (const concern of concernsOf(event, matter)) await tell(tx, event, matter, concern);
        await passOn(tx, event);
      }, { repeats: true });
    },
  };
}
